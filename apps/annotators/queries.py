"""Reads of accounts, tokens and invitations."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.utils import timezone

from apps.annotators.models import ApiToken, Invitation, User, normalise_email
from apps.annotators.secrets import digest_of
from concord.errors import NotFound


def find_user(email: str) -> User | None:
    """Return the account of an e-mail address, however it is typed."""
    return User.objects.filter(email=normalise_email(email)).first()


def find_live_token(secret: str) -> ApiToken | None:
    """Return the token with this secret if it and its owner are active, with the owner loaded."""
    found = ApiToken.objects.select_related("user").filter(digest=digest_of(secret)).first()
    if found is None or not found.user.is_active or not found.is_live(now=timezone.now()):
        return None
    return found


def get_open_invitation(secret: str) -> Invitation:
    """Return the unused, unexpired invitation with this secret; raises NotFound."""
    found = Invitation.objects.filter(
        digest=digest_of(secret), accepted_at=None, expires_at__gt=timezone.now()
    ).first()
    if found is None:
        raise NotFound
    return found


def needs_first_run() -> bool:
    """Whether nobody has an account yet."""
    return not User.objects.exists()


def demo_accounts() -> list[dict[str, Any]]:
    """Return the demo's accounts with their passwords; empty where there is no demo.

    `settings.DEMO` is true only for a server that nobody but this machine can reach.
    """
    path = settings.DATA_DIR / "demo.json"
    if not settings.DEMO or not path.is_file():
        return []
    accounts: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return accounts
