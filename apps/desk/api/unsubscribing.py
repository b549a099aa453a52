"""No more mails of a kind: by the link in a mail, without a log-in."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponseRedirect
from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import FormParser
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.annotators.actions.notifying import stop_mails
from apps.annotators.api.doors import BY_LINK
from apps.annotators.models import Notification
from apps.desk.unsubscribing import read_stop
from concord.http.parsers import StrictJSONParser


class StopSerializer(serializers.Serializer[Any]):
    """The kinds of mails that the link ends."""

    kinds = serializers.ListField(child=serializers.ChoiceField(choices=Notification.Kind.choices))


class UnsubscribeView(APIView):
    """The end of mails of some kinds."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    guarded = BY_LINK
    # Mail programs send a form (RFC 8058). What is in it says nothing that the address does not.
    parser_classes = (StrictJSONParser, FormParser)

    @extend_schema(responses={200: StopSerializer, 302: None})
    def get(self, request: Request, mails: str) -> HttpResponseBase:
        """Say which kinds; changes nothing, since mails are opened by machines, too. A browser
        that follows the mail's header is led to the page."""
        stop = read_stop(mails)
        if "text/html" in request.headers.get("Accept", ""):
            return HttpResponseRedirect(f"/unsubscribe/{mails}")
        return Response(StopSerializer({"kinds": stop.kinds}).data)

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, mails: str) -> Response:  # noqa: ARG002 (by name)
        """Send no more mails of these kinds."""
        stop = read_stop(mails)
        stop_mails(user=stop.user, kinds=stop.kinds)
        return Response(status=204)
