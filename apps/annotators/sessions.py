"""Whose browser it is: Django's sessions and their people, read by one plain statement each.

Every request of a browser begins with these two.
"""

from __future__ import annotations

import uuid

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session

from apps.annotators.models import User
from concord.rows import Columns, first_row, select

SESSION = Columns(Session, "s")
PERSON = Columns(User, "u")

FIND_SESSION = f"""{select(SESSION)}
  FROM django_session s WHERE s.session_key = %s AND s.expire_date > now()
"""
FIND_PERSON = f"{select(PERSON)} FROM annotators_user u WHERE u.id = %s AND u.is_active"


class SessionStore(db.SessionStore):
    """Sessions in the database."""

    def _get_session_from_db(self) -> Session | None:
        row = first_row(FIND_SESSION, [self.session_key])
        if row is None:
            self._session_key = None
            return None
        return SESSION.read(row)


class Backend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """allauth's login by e-mail."""

    def get_user(self, user_id: uuid.UUID) -> User | None:
        """Return the active person whom a session names."""
        row = first_row(FIND_PERSON, [user_id])
        return None if row is None else PERSON.read(row)
