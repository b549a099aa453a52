"""API tokens: made, used, taken back."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from apps.annotators.models import ApiToken, User
from apps.annotators.secrets import digest_of, new_secret
from concord.events.actions import record

PREFIX = "concord_"
"""Lets people and secret scanners recognise a leaked token."""

SHOWN = len(PREFIX) + 4
"""So many letters of a secret stay visible; 232 of its 256 random bits do not."""

USE_NOTED_EVERY = timedelta(minutes=1)


@transaction.atomic
def create_token(
    *, user: User, name: str, scope: ApiToken.Scope, days: int | None = None
) -> tuple[ApiToken, str]:
    """Return a new token and its secret, which is not kept. Without `days` it does not expire."""
    secret = new_secret(PREFIX)
    token = ApiToken.objects.create(
        user=user,
        name=name,
        scope=scope,
        digest=digest_of(secret),
        prefix=secret[:SHOWN],
        expires_at=None if days is None else timezone.now() + timedelta(days=days),
    )
    record(kind="token.created", actor=user, subject=token, data={"name": name, "scope": scope})
    return token, secret


@transaction.atomic
def revoke_token(*, token: ApiToken, actor: User) -> ApiToken:
    """Close the door that a token opens; a token already revoked stays as it is."""
    if token.revoked_at is None:
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])
        record(kind="token.revoked", actor=actor, subject=token, data={"name": token.name})
    return token


def touch_token(*, token: ApiToken) -> None:
    """Note that a token was used, at most once a minute: one write per request would be a queue."""
    now = timezone.now()
    stale = Q(last_used_at=None) | Q(last_used_at__lt=now - USE_NOTED_EVERY)
    if token.last_used_at is None or token.last_used_at < now - USE_NOTED_EVERY:
        ApiToken.objects.filter(stale, pk=token.pk).update(last_used_at=now)
