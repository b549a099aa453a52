"""Invitations over HTTP, for instance admins; accepting one is the business of `datasets`."""

from __future__ import annotations

import uuid

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.annotators import queries
from apps.annotators.access import get_invitation_for, require_admin
from apps.annotators.actions import invitations
from apps.annotators.api import serializers
from apps.annotators.api.current import user_of
from apps.annotators.models import Invitation
from concord.http.pagination import page_response


class InvitationsView(APIView):
    """Open invitations; for instance admins."""

    @extend_schema(responses=serializers.InvitationSerializer(many=True))
    def get(self, request: Request) -> Response:
        """List the invitations that nobody has used yet, newest first."""
        require_admin(user_of(request))
        return page_response(
            request,
            queries.open_invitations(),
            order=("-created_at", "-id"),
            render=lambda row: serializers.InvitationSerializer(row).data,
        )

    @extend_schema(
        request=serializers.InviteRequest, responses={201: serializers.InvitationSerializer}
    )
    def post(self, request: Request) -> Response:
        """Invite somebody; the reply holds the link once."""
        actor = user_of(request)
        require_admin(actor)
        body = serializers.InviteRequest.parse(request.data)
        invitation, url = invitations.invite(
            email=body["email"], actor=actor, admin=body["is_admin"]
        )
        return _made(invitation, url)


class InvitationView(APIView):
    """One open invitation."""

    @extend_schema(responses={204: None})
    def delete(self, request: Request, invitation: uuid.UUID) -> Response:
        """Withdraw it: its link opens nothing any more."""
        actor = user_of(request)
        found = get_invitation_for(actor=actor, invitation_id=invitation)
        invitations.withdraw(invitation=found, actor=actor)
        return Response(status=204)


class SendAgainView(APIView):
    """One open invitation, anew."""

    @extend_schema(request=None, responses={201: serializers.InvitationSerializer})
    def post(self, request: Request, invitation: uuid.UUID) -> Response:
        """Send a new link, which the reply holds once; the older one dies."""
        actor = user_of(request)
        found = get_invitation_for(actor=actor, invitation_id=invitation)
        return _made(*invitations.send_again(invitation=found, actor=actor))


def _made(invitation: Invitation, url: str) -> Response:
    reply = serializers.InvitationSerializer(invitation).data
    return Response({**reply, "invite_url": url}, status=201)
