"""Second factors, as an admin sees them: taken away from somebody who lost theirs."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db import transaction

from apps.annotators.models import User
from concord.events.actions import record


@transaction.atomic
def reset_second_factor(*, user: User, actor: User) -> None:
    """Let `user` log in with the password alone again; nothing if they do already."""
    deleted, _ = Authenticator.objects.filter(user=user).delete()
    if deleted:
        record(kind="user.second_factor_reset", actor=actor, subject=user)
