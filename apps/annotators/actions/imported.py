"""Accounts for people whom only a file names: who answered in another tool."""

from __future__ import annotations

import hashlib

from django.contrib.auth.hashers import make_password
from django.db import transaction

from apps.annotators.models import User, normalise_email
from concord.events.actions import record

DOMAIN = "imported.invalid"
"""No mail goes there (RFC 2606), and nobody has an address there."""
DIGITS = 32


@transaction.atomic
def imported_person(*, name: str, actor: User) -> User:
    """Return the account that stands for `name` on this instance; it is made with its first use.

    Nobody can log in to it: it is deactivated, without a password or an address that gets mail. Of
    a name that is an e-mail address, only the part before the @ is shown.
    """
    address = f"{hashlib.sha256(normalise_email(name).encode()).hexdigest()[:DIGITS]}@{DOMAIN}"
    shown = name.partition("@")[0].strip()[:150]
    found, created = User.objects.get_or_create(
        email=address,
        defaults={"name": shown, "is_active": False, "password": make_password(None)},
    )
    if created:
        record(kind="user.created", actor=actor, subject=found, data={"is_admin": False})
    return found
