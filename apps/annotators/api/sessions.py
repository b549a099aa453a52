"""Where I am logged in, over HTTP."""

from __future__ import annotations

from typing import Any

from allauth.usersessions.models import UserSession
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.annotators.access import get_session_for
from apps.annotators.actions.sessions import end_other_sessions, end_session
from apps.annotators.api.current import user_of
from apps.annotators.api.permissions import ByHand
from apps.annotators.queries import sessions_of
from concord.http.pagination import page_response


class SessionSerializer(serializers.Serializer[Any]):
    """A browser that is logged in, and what it says of itself; `current` is this one."""

    id = serializers.IntegerField()
    user_agent = serializers.CharField()
    address = serializers.CharField(source="ip")
    created_at = serializers.DateTimeField()
    last_seen_at = serializers.DateTimeField()
    current = serializers.SerializerMethodField()

    def get_current(self, session: UserSession) -> bool:
        """Whether this is the one that asks."""
        return bool(session.session_key == self.context["key"])


class SessionsView(APIView):
    """The browsers in which I am logged in."""

    permission_classes = (IsAuthenticated, ByHand)

    @extend_schema(responses=SessionSerializer(many=True))
    def get(self, request: Request) -> Response:
        """List them, the one that was used last first."""
        key = _key(request)
        if not UserSession.objects.filter(session_key=key).exists():
            UserSession.objects.create_from_request(request._request)
        return page_response(
            request,
            sessions_of(user_of(request)),
            order=("-last_seen_at", "-id"),
            render=lambda row: SessionSerializer(row, context={"key": key}).data,
        )

    @extend_schema(responses={204: None})
    def delete(self, request: Request) -> Response:
        """Log me out of all but this one."""
        end_other_sessions(user=user_of(request), but=_key(request))
        return Response(status=204)


class SessionView(APIView):
    """One of them."""

    permission_classes = (IsAuthenticated, ByHand)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, session: int) -> Response:
        """Log me out there, with that browser's next request."""
        user = user_of(request)
        end_session(session=get_session_for(user=user, session_id=session), actor=user)
        return Response(status=204)


def _key(request: Request) -> str:
    return request._request.session.session_key or ""
