"""Whose browser it is: Django's sessions and their people, read by one plain statement each.

Every request of a browser begins with these two. Where a session is used from stands beside it, in
allauth's table; a session that is older than that table has no row there.
"""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from apps.annotators.models import User
from concord.rows import Columns, first_row, run, select

SESSION = Columns(Session, "s")
PERSON = Columns(User, "u")

FIND_SESSION = f"""{select(SESSION, "b.last_seen_at")}
  FROM django_session s LEFT JOIN usersessions_usersession b USING (session_key)
 WHERE s.session_key = %s AND s.expire_date > now()
"""
NOTE_USE = """UPDATE usersessions_usersession SET last_seen_at = now(), ip = %s
 WHERE session_key = %s AND last_seen_at < now() - make_interval(secs => %s)
"""
USE_NOTED_EVERY = timedelta(minutes=5)
FIND_PERSON = f"{select(PERSON)} FROM annotators_user u WHERE u.id = %s AND u.is_active"


class SessionStore(db.SessionStore):
    """Sessions in the database."""

    seen_at: datetime | None = None
    """When it was noted last that it is used."""

    def _get_session_from_db(self) -> Session | None:
        row = first_row(FIND_SESSION, [self.session_key])
        if row is None:
            self._session_key = None
            return None
        self.seen_at = row[-1]
        return SESSION.read(row)

    def note_use(self, *, address: str) -> None:
        """Note that it is used, and from where, every few minutes: one write per request would be
        a queue."""
        if self.seen_at is not None and self.seen_at < timezone.now() - USE_NOTED_EVERY:
            self.seen_at = timezone.now()
            run(NOTE_USE, [address, self.session_key, USE_NOTED_EVERY.total_seconds()])


class Backend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """allauth's login by e-mail."""

    def get_user(self, user_id: uuid.UUID) -> User | None:
        """Return the active person whom a session names."""
        row = first_row(FIND_PERSON, [user_id])
        return None if row is None else PERSON.read(row)
