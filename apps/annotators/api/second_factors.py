"""What allauth's own addresses leave out of second factors: a picture to scan, and a way back for
somebody who lost theirs."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import quote

from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import get_totp_secret
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.annotators.access import get_user_for
from apps.annotators.actions.second_factors import reset_second_factor
from apps.annotators.api.current import user_of
from apps.annotators.api.permissions import ByHand
from concord.errors import Forbidden


class NewSecondFactorSerializer(serializers.Serializer[Any]):
    """A key for an app that makes codes: as text, and as a picture (the address of an image)."""

    secret = serializers.CharField()
    picture = serializers.CharField()


class NewSecondFactorView(APIView):
    """A key that nobody uses yet."""

    permission_classes = (IsAuthenticated, ByHand)

    @extend_schema(request=None, responses=NewSecondFactorSerializer)
    def post(self, request: Request) -> Response:
        """Make a key; it counts once a code made with it was sent to the log-in's
        `account/authenticators/totp`. Only right after the password was given again."""
        user = user_of(request)
        if is_reauthentication_required(request._request, app="allauth.mfa"):
            raise Forbidden("password_needed", "Give your password again first.")
        secret = get_totp_secret(regenerate=True)
        adapter = get_adapter()
        drawn = adapter.build_totp_svg(adapter.build_totp_url(user, secret))
        reply = {"secret": secret, "picture": f"data:image/svg+xml,{quote(drawn)}"}
        return Response(NewSecondFactorSerializer(reply).data)


class SecondFactorView(APIView):
    """Somebody's second factor; for instance admins."""

    permission_classes = (IsAuthenticated, ByHand)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, user: uuid.UUID) -> Response:
        """Take it away from somebody who lost it: their password alone lets them in again."""
        actor = user_of(request)
        reset_second_factor(user=get_user_for(actor=actor, user_id=user), actor=actor)
        return Response(status=204)
