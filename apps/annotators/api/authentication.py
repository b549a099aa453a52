"""How a request says who sends it: an API token, or the session of a logged-in browser."""

from __future__ import annotations

from typing import cast

from allauth.account.adapter import get_adapter
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request

from apps.annotators.actions.tokens import touch_token
from apps.annotators.models import ApiToken, User
from apps.annotators.queries import find_token
from apps.annotators.sessions import SessionStore
from concord.errors import Forbidden

SCHEME = "bearer"
PAGE_OF = "X-Concord-User"
CHALLENGE = 'Bearer realm="concord"'


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer TOKEN`; a token is never read from the query string or a cookie."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """Return the token's owner, None without a bearer token; raises for one that is not live.

        A secret that nobody was given and one of a deactivated person sound the same; whoever has
        one that was good once hears why it no longer is.
        """
        scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != SCHEME:
            return None
        token = _live(find_token(secret.strip()))
        if token.scope == ApiToken.Scope.READ and request.method not in SAFE_METHODS:
            raise Forbidden("read_only_token", "This token may only read.")
        touch_token(token=token)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:  # noqa: ARG002 (DRF's signature)
        """The challenge of a 401; without one DRF would answer 403."""
        return CHALLENGE


def _live(token: ApiToken | None) -> ApiToken:
    """Return a token that opens the door at this moment; raises AuthenticationFailed."""
    if token is None or not token.user.is_active:
        raise AuthenticationFailed("This token does not open anything.", code="invalid_token")
    if token.revoked_at is not None:
        raise AuthenticationFailed("This token was revoked.", code="token_revoked")
    if token.has_expired(now=timezone.now()):
        raise AuthenticationFailed("This token has expired.", code="token_expired")
    return token


class BrowserSessionAuthentication(SessionAuthentication):
    """The session cookie of a browser that logged in; every write must carry the CSRF token."""

    def authenticate(self, request: Request) -> tuple[User, None] | None:
        """Return the logged-in person, None without one; raises Forbidden `csrf_failed`.

        A page says whose it is. One that somebody else left open is not logged in: what it still
        has to send must not go out under another name.
        """
        user: User | AnonymousUser = request._request.user
        if not isinstance(user, User) or not user.is_active:
            return None
        if request.headers.get(PAGE_OF, str(user.pk)) != str(user.pk):
            return None
        try:
            self.enforce_csrf(request)
        except PermissionDenied as error:
            detail = "The request does not prove to come from our page."
            raise Forbidden("csrf_failed", detail) from error
        session = cast(SessionStore, request._request.session)
        session.note_use(address=get_adapter().get_client_ip(request._request))
        return user, None


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # its __init_subclass__
    """How the OpenAPI document tells of tokens."""

    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:  # noqa: ARG002 (the base's signature)
        """An HTTP bearer scheme."""
        return {"type": "http", "scheme": SCHEME}


class SessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # its __init_subclass__
    """How the OpenAPI document tells of sessions."""

    target_class = BrowserSessionAuthentication
    name = "session"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:  # noqa: ARG002 (the base's signature)
        """A cookie; its name depends on the instance."""
        return {"type": "apiKey", "in": "cookie", "name": "concord-session"}
