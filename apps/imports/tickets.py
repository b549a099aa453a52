"""A kept list named to a client, so that a list that was looked at need not be sent again.

Files lie in the store by their hash, lists beside images, and whoever could name a hash could read
any of them. So a ticket is signed, for one person and one dataset, and ends after a day.
"""

from __future__ import annotations

from django.core import signing

from apps.annotators.models import User
from apps.datasets.models import Dataset
from apps.imports.actions.blobs import order_drop_of_list
from apps.imports.actions.lists import KeptList
from concord.errors import Invalid
from concord.storage.files import store

SALT = "concord.imports.list"
SECONDS = 24 * 3600
MARGIN = 3600


def ticket_for(kept: KeptList, *, user: User, dataset: Dataset) -> str:
    """Return the ticket of a list. When it has run out, the list is removed unless it came in."""
    order_drop_of_list(dataset=dataset, sha256=kept.sha256, seconds=SECONDS + MARGIN)
    return signing.dumps([str(user.pk), str(dataset.pk), kept.sha256, kept.name], salt=SALT)


def list_of(ticket: str, *, user: User, dataset: Dataset) -> KeptList:
    """Return the list of a ticket. Raises Invalid `list_gone` for an old, wrong or foreign one."""
    try:
        for_user, for_dataset, sha256, name = signing.loads(ticket, salt=SALT, max_age=SECONDS)
    except (signing.BadSignature, ValueError):
        raise _gone() from None
    if (for_user, for_dataset) != (str(user.pk), str(dataset.pk)) or not store().exists(sha256):
        raise _gone()
    return KeptList(name, sha256)


def _gone() -> Invalid:
    return Invalid("list_gone", "The list is not kept any more. Send it again.")
