"""Single sign-on: what allauth must do our way when a provider says who somebody is.

allauth keeps state and PKCE, and exchanges the code. It believes what a provider says over TLS;
here the signature, who says it, for whom, until when and in answer to what are checked as well
(OpenID Connect Core 1.0, 3.1.3.7), and nobody is taken for somebody by an address that nobody
verified.
"""

from __future__ import annotations

import hashlib
from typing import Any

import jwt
import structlog
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponseRedirect
from requests import RequestException

from apps.annotators.actions.signing_in import sign_on_refused
from apps.annotators.actions.single_sign_on import admit
from apps.annotators.models import User
from concord.errors import Forbidden
from concord.storage.addresses import AddressPolicy
from concord.storage.peer import PeerSession

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA")
CLOCKS_APART = 60
KEPT_FOR = 300
CALLBACK = "/sso/callback/"
DEMANDED = ("iss", "sub", "aud", "exp", "iat", "nonce")

log = structlog.get_logger()


def is_configured() -> bool:
    """Whether this instance has a provider."""
    return bool(settings.SSO_ISSUER)


def provider_id() -> str:
    """Return what allauth keeps links under: another issuer's people are other people."""
    return "sso-" + hashlib.sha256(settings.SSO_ISSUER.encode()).hexdigest()[:32]


def refused(code: str) -> ImmediateHttpResponse:
    """Return the way back to the log-in page, which says why in words."""
    return ImmediateHttpResponse(HttpResponseRedirect(f"/login?sso={code}"))


class StrictAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth has no types
    """One conversation with the provider. `nonce` is what the browser was sent there with."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request, provider_id())
        self.nonce = ""

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the provider says of itself, at most minutes ago, if it is the one asked for."""
        kept = f"{provider_id()}:says"
        config: dict[str, Any] | None = cache.get(kept)
        if config is None:
            config = dict(super().openid_config)
            if str(config.get("issuer", "")).rstrip("/") != settings.SSO_ISSUER:
                raise OAuth2Error("The provider says to be another one.")
            cache.set(kept, config, KEPT_FOR)
        return config

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:  # noqa: ARG002 (allauth's signature)
        """Return our address as people know it, whatever host the request names."""
        return f"{settings.PUBLIC_URL}{CALLBACK}"

    def complete_login(
        self,
        request: HttpRequest,
        app: SocialApp,  # noqa: ARG002 (allauth's signature)
        token: Any,
        **more: Any,
    ) -> SocialLogin:
        """Return who the provider says it is. Raises OAuth2Error, RequestException."""
        claims = self._claims(str(more["response"].get("id_token", "")))
        said = claims
        if "email" not in claims and "userinfo_endpoint" in self.openid_config:
            said = self._fetch_user_info(token.token)
            if said.get("sub") != claims["sub"]:
                raise OAuth2Error("The provider told of somebody else.")
        verified = said.get("email_verified") in (True, "true")
        person = {
            "sub": claims["sub"],
            "email": said.get("email"),
            "email_verified": verified,
            "name": said.get("name"),
        }
        return self.get_provider().sociallogin_from_response(request, person)

    def _claims(self, id_token: str) -> dict[str, Any]:
        try:
            claims: dict[str, Any] = jwt.decode(
                id_token,
                self._key(id_token),
                algorithms=ALGORITHMS,
                audience=settings.SSO_CLIENT_ID,
                issuer=self.openid_config["issuer"],
                leeway=CLOCKS_APART,
                options={"require": list(DEMANDED)},
            )
        except (jwt.PyJWTError, KeyError) as error:
            raise OAuth2Error(f"The provider's token does not hold: {error}") from error
        if not self.nonce or claims["nonce"] != self.nonce:
            raise OAuth2Error("The provider's token answers another question.")
        if claims.get("azp", settings.SSO_CLIENT_ID) != settings.SSO_CLIENT_ID:
            raise OAuth2Error("The provider's token was made for somebody else.")
        return claims

    def _key(self, id_token: str) -> jwt.PyJWK:
        """The key that the token says to be signed with. Raises KeyError, jwt.PyJWTError."""
        wanted = jwt.get_unverified_header(id_token).get("kid")
        with Adapter(self.request).get_requests_session() as session:
            reply = session.get(self.openid_config["jwks_uri"])
            reply.raise_for_status()
        keys = jwt.PyJWKSet.from_dict(reply.json()).keys
        fitting = [key for key in keys if wanted in (None, key.key_id)]
        if len(fitting) != 1:
            raise KeyError("no such key")
        return fitting[0]


class Adapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """One provider, from the environment; who may come in by it is decided in `actions`."""

    def get_app(
        self,
        request: HttpRequest,  # noqa: ARG002 (allauth's signature)
        provider: str,
        client_id: str | None = None,  # noqa: ARG002 (as above)
    ) -> SocialApp:
        """Return what is configured, for the one provider that there is."""
        if not is_configured() or provider not in {provider_id(), "openid_connect"}:
            raise SocialApp.DoesNotExist
        return SocialApp(
            provider="openid_connect",
            provider_id=provider_id(),
            name=settings.SSO_NAME,
            client_id=settings.SSO_CLIENT_ID,
            secret=settings.SSO_CLIENT_SECRET,
            settings={"server_url": settings.SSO_ISSUER, "oauth_pkce_enabled": True},
        )

    def get_requests_session(self) -> PeerSession:
        """Return a session that the provider leads nowhere else by."""
        return PeerSession(settings.SSO_ISSUER, AddressPolicy.parse(settings.FETCH_ALLOW))

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find whose account it is, or link it; otherwise lead back to the log-in page."""
        person = sociallogin.account.extra_data
        sociallogin.account.extra_data = {}  # what the provider knows of people is not kept
        if sociallogin.is_existing:
            sociallogin.account.save(update_fields=["extra_data"])
            if not sociallogin.user.is_active:
                email = sociallogin.user.email
                sign_on_refused(request=request, email=email, code="deactivated")
                raise refused("deactivated")
            return
        email = person["email"] if person["email_verified"] else ""
        try:
            user: User = admit(email=str(email or ""), name=str(person["name"] or ""))
        except Forbidden as error:
            sign_on_refused(request=request, email=str(email or ""), code=error.code)
            raise refused(error.code) from error
        sociallogin.connect(request, user)

    def on_authentication_error(
        self,
        request: HttpRequest,  # noqa: ARG002 (allauth's signature)
        provider: object,  # noqa: ARG002 (as above)
        error: str | None = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,  # noqa: ARG002 (as above)
    ) -> None:
        """Lead back to the log-in page; the log says what was wrong."""
        if error == "cancelled":
            raise refused("cancelled")
        log.warning("sso.failed", error=str(exception or error))
        raise refused("provider_down" if isinstance(exception, RequestException) else "not_proven")
