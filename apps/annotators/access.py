"""Who may reach accounts and tokens; absent and foreign look the same."""

from __future__ import annotations

import uuid

from allauth.usersessions.models import UserSession

from apps.annotators.models import ApiToken, Invitation, User
from apps.annotators.queries import open_invitations
from concord.errors import Forbidden, NotFound


def require_admin(user: User) -> None:
    """Raise Forbidden unless `user` administers the instance."""
    if not user.is_admin:
        raise Forbidden("admins_only", "Only an admin of this instance may do this.")


def get_user_for(*, actor: User, user_id: uuid.UUID) -> User:
    """Return an account for an admin. Others may not learn which ids exist: NotFound."""
    found = User.objects.filter(pk=user_id).first() if actor.is_admin else None
    if found is None:
        raise NotFound
    return found


def get_invitation_for(*, actor: User, invitation_id: uuid.UUID) -> Invitation:
    """Return an open invitation for an admin; raises NotFound."""
    found = open_invitations().filter(pk=invitation_id).first() if actor.is_admin else None
    if found is None:
        raise NotFound
    return found


def get_token_for(*, user: User, token_id: uuid.UUID) -> ApiToken:
    """Return a token of `user` that is not revoked; raises NotFound."""
    found = ApiToken.objects.filter(pk=token_id, user=user, revoked_at=None).first()
    if found is None:
        raise NotFound
    return found


def get_session_for(*, user: User, session_id: int) -> UserSession:
    """Return one of the sessions of `user`; raises NotFound."""
    found: UserSession | None = UserSession.objects.filter(pk=session_id, user=user).first()
    if found is None:
        raise NotFound
    return found
