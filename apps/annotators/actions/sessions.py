"""Sessions, ended: one, all others, or all."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from apps.annotators.models import User
from concord.events.actions import record


@transaction.atomic
def end_session(*, session: UserSession, actor: User) -> None:
    """Log out one browser, which notices with its next request."""
    Session.objects.filter(session_key=session.session_key).delete()
    session.delete()
    record(kind="user.session_ended", actor=actor, subject=session.user)


@transaction.atomic
def end_other_sessions(*, user: User, but: str) -> int:
    """Log `user` out of all browsers but the one with this session; returns of how many."""
    ended = end_sessions(user=user, but=but)
    if ended:
        record(kind="user.sessions_ended", actor=user, subject=user, data={"count": ended})
    return ended


def end_sessions(*, user: User, but: str | None = None) -> int:
    """End the sessions of a person, those that no row tells of, too; returns how many there were.

    After a deactivation nobody could come in by them, but old cookies would work again on the day
    the account is.
    """
    ended = 0
    live = Session.objects.filter(expire_date__gt=timezone.now()).exclude(session_key=but)
    for session in live.iterator():
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            session.delete()
            ended += 1
    UserSession.objects.filter(user=user).exclude(session_key=but).delete()
    return ended
