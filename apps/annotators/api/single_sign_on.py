"""Single sign-on over HTTP: the way to the provider, and the way back."""

from __future__ import annotations

import secrets
from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.stagekit import get_pending_stage
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from drf_spectacular.utils import extend_schema
from requests import RequestException
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.annotators.api.doors import BY_PROVIDER
from apps.annotators.single_sign_on import StrictAdapter, is_configured, provider_id
from concord.errors import NotFound, PeerFailed
from concord.http.serializers import StrictSerializer

GOES_TO = "concord.after_sign_on"
STRANGE = (RequestException, OAuth2Error, KeyError, ValueError, TypeError, RecursionError)
"""What a provider that is down or says nonsense ends in."""


class BeginSignOnRequest(StrictSerializer):
    """Where to go afterwards: a path of this site."""

    next = serializers.RegexField(r"^/(?![/\\])", max_length=2000, default="/")


class BeginSignOnReply(serializers.Serializer[Any]):
    """Where the browser goes now."""

    url = serializers.CharField()


class BeginSignOnView(APIView):
    """The way to the provider of single sign-on."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    guarded = BY_PROVIDER

    @extend_schema(request=BeginSignOnRequest, responses=BeginSignOnReply)
    def post(self, request: Request) -> Response:
        """Begin to sign in: the reply says where at the provider that goes on."""
        if not is_configured():
            raise NotFound
        body = BeginSignOnRequest.parse(request.data)
        url = _way_to_provider(request._request)
        request._request.session[GOES_TO] = body["next"]
        return Response(BeginSignOnReply({"url": url}).data)


def _way_to_provider(request: HttpRequest) -> str:
    provider = get_adapter(request).get_provider(request, provider_id())
    provider.oauth2_adapter_class = lambda asked, _: StrictAdapter(asked)
    nonce = secrets.token_urlsafe(24)
    try:
        reply = provider.redirect(
            request,
            AuthProcess.LOGIN,
            next_url="/login",
            auth_params={"nonce": nonce},
            nonce=nonce,
            headless=True,
        )
        return str(reply.url)
    except STRANGE as error:
        detail = "The server that signs people in cannot be reached. Try again in a moment."
        raise PeerFailed("provider_down", detail) from error


class _Callback(OAuth2CallbackView):  # type: ignore[misc]  # allauth has no types
    """allauth's, which tells our adapter what was asked."""

    def _get_state(self, request: HttpRequest, provider: object) -> Any:
        state, refusal = super()._get_state(request, provider)
        self.adapter.nonce = (state or {}).get("nonce", "")
        return state, refusal


@require_safe
def come_back(request: HttpRequest) -> HttpResponseBase:
    """Let in whom the provider sends, to where they wanted to go; others learn why not."""
    if not is_configured():
        return HttpResponseRedirect("/login")
    try:
        reply: HttpResponseBase = _Callback.adapter_view(StrictAdapter(request))(request)
    except STRANGE:
        return HttpResponseRedirect("/login?sso=provider_down")
    goes_to = str(request.session.get(GOES_TO, "/"))
    way = reply.headers.get("Location", "")
    if way != "/login":
        return HttpResponseRedirect(f"{way}&{urlencode({'next': goes_to})}")
    if get_pending_stage(request) is not None:
        return HttpResponseRedirect("/login?" + urlencode({"code": 1, "next": goes_to}))
    return HttpResponseRedirect(goes_to)
