"""What must be right before the product starts, said by `manage.py check` and by `migrate`."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, register
from django.core.exceptions import ImproperlyConfigured

from concord.storage.addresses import AddressPolicy
from concord.storage.files import open_store


@register
def storage_and_fetching(**_kwargs: Any) -> list[Error]:
    """CONCORD_FETCH_ALLOW and CONCORD_STORAGE_URL can be read."""
    found = []
    try:
        AddressPolicy.parse(settings.FETCH_ALLOW)
    except ValueError as error:
        found.append(Error(f"CONCORD_FETCH_ALLOW: {error}", id="concord.E001"))
    try:
        open_store(settings.STORAGE_URL)
    except ImproperlyConfigured as error:
        found.append(Error(str(error), id="concord.E002"))
    return found
