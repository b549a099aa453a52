"""Reads of accounts, tokens and invitations."""

from __future__ import annotations

import json
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Greatest
from django.utils import timezone

from apps.annotators.models import ApiToken, Invitation, User, normalise_email
from apps.annotators.ports import count_datasets, count_held
from apps.annotators.secrets import digest_of
from concord.errors import NotFound
from concord.rows import Columns, first_row, select

TOKEN = Columns(ApiToken, "t")
OWNER = Columns(User, "u")

STATES = {
    "active": Q(is_active=True, waits=False),
    "invited": Q(is_active=True, waits=True),
    "deactivated": Q(is_active=False),
}
CREATES = Q(is_admin=True) | Q(may_create_datasets=True)

FIND_TOKEN = f"""{select(TOKEN, OWNER)}
  FROM annotators_apitoken t JOIN annotators_user u ON u.id = t.user_id
 WHERE t.digest = %s
"""


def find_user(email: str) -> User | None:
    """Return the account of an e-mail address, however it is typed."""
    return User.objects.filter(email=normalise_email(email)).first()


def newest_invitation(email: str) -> Invitation | None:
    """Return what was sent to an address last, be it open or not."""
    return Invitation.objects.filter(email=email).order_by("-id").first()


def people() -> QuerySet[User]:
    """Return all accounts. Each knows whether it has a `second_factor`, whether it `waits` for who
    was invited, when it was `seen_at` last (log-in, request or script), and in how many `datasets`
    it has a role."""
    mine = {"user": OuterRef("pk")}
    sessions = UserSession.objects.filter(**mine).order_by("-last_seen_at").values("last_seen_at")
    tokens = ApiToken.objects.filter(**mine, last_used_at__isnull=False).order_by("-last_used_at")
    found = User.objects.annotate(
        second_factor=Exists(Authenticator.objects.filter(**mine)),
        waits=Exists(open_invitations().filter(email=OuterRef("email"))),
        seen_at=Greatest(
            Subquery(sessions[:1]), Subquery(tokens.values("last_used_at")[:1]), F("last_login")
        ),
    )
    return count_datasets(people=found)


def search_people(
    *, text: str = "", state: str = "", role: str = "", factor: str = ""
) -> QuerySet[User]:
    """Return those of `people` whose name or address holds `text`, and who are as the others say.

    `state` is active, invited or deactivated, `role` admin or creator, `factor` on or off.
    """
    found = people()
    if text:
        found = found.filter(Q(name__icontains=text) | Q(email__icontains=text))
    if state:
        found = found.filter(STATES[state])
    if role:
        found = found.filter(is_admin=True) if role == "admin" else found.filter(CREATES)
    if factor:
        has_one = Exists(Authenticator.objects.filter(user=OuterRef("pk")))
        found = found.filter(has_one if factor == "on" else ~has_one)
    return found


def find_token(secret: str) -> ApiToken | None:
    """Return the token with this secret, be it live or not, with its owner loaded."""
    row = first_row(FIND_TOKEN, [digest_of(secret)])
    if row is None:
        return None
    found, found.user = TOKEN.read(row), OWNER.read(row, start=len(TOKEN))
    return found


def get_open_invitation(secret: str, *, first_run: bool = False) -> Invitation:
    """Return the unused, unexpired invitation with this secret; raises NotFound.

    The link of the first run is an invitation that names nobody; it fits no other door.
    """
    found = Invitation.objects.filter(
        digest=digest_of(secret), accepted_at=None, expires_at__gt=timezone.now()
    ).first()
    if found is None or (found.email == "") != first_run:
        raise NotFound
    return found


def open_invitations() -> QuerySet[Invitation]:
    """Return the invitations of people that can still be accepted."""
    return (
        Invitation.objects.filter(accepted_at=None, expires_at__gt=timezone.now())
        .exclude(email="")
        .select_related("invited_by")
    )


def tokens_of(user: User) -> QuerySet[ApiToken]:
    """Return the tokens of `user` that were not revoked; expired ones are among them."""
    return ApiToken.objects.filter(user=user, revoked_at=None)


def leaving(user: User) -> dict[str, int]:
    """Count what ends, and what others get to do, when `user` is deactivated."""
    now = timezone.now()
    tokens = tokens_of(user).filter(Q(expires_at=None) | Q(expires_at__gt=now))
    return {
        **count_held(user=user),
        "sessions": sessions_of(user).count(),
        "tokens": tokens.count(),
    }


def sessions_of(user: User) -> QuerySet[UserSession]:
    """Return the live sessions of `user`."""
    live = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    found: QuerySet[UserSession] = UserSession.objects.filter(user=user, session_key__in=live)
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
