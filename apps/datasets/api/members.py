"""Members of a dataset, invitations into it, and who I am in all of them, over HTTP."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.annotators.actions.accounts import change_profile
from apps.annotators.api.current import user_of
from apps.annotators.api.doors import BY_LINK
from apps.annotators.api.serializers import EmailReply, NewPersonRequest
from apps.annotators.models import User
from apps.annotators.queries import get_open_invitation
from apps.datasets import queries
from apps.datasets.access import get_dataset_for, get_member_for
from apps.datasets.actions import members
from apps.datasets.api import serializers
from apps.datasets.models import Membership, Role
from apps.datasets.policy import Capability
from concord.errors import NotFound
from concord.http.pagination import page_response
from concord.http.schema import PAGE_PARAMETERS


class MembersView(APIView):
    """The members of a dataset."""

    @extend_schema(parameters=PAGE_PARAMETERS, responses={200: serializers.MemberPageSerializer})
    def get(self, request: Request, dataset: str) -> Response:
        """List members by when they joined; beside them, as `pending`, who was invited."""
        found = get_dataset_for(
            user=user_of(request), id_or_slug=dataset, capability=Capability.SEE_MEMBERS
        )
        response = page_response(
            request,
            queries.members_of(found),
            order=("created_at", "id"),
            render=serializers.render_member,
        )
        waiting = queries.pending_members_of(found)
        response.data["pending"] = [serializers.render_pending(row) for row in waiting]
        return response

    @extend_schema(request=serializers.MemberRequest, responses={201: serializers.MemberSerializer})
    def post(self, request: Request, dataset: str) -> Response:
        """Make somebody a member; who has no account gets an invitation, its link shown once."""
        user = user_of(request)
        found = get_dataset_for(user=user, id_or_slug=dataset, capability=Capability.MANAGE)
        body = serializers.MemberRequest.parse(request.data)
        added = members.add_member(
            dataset=found, actor=user, email=body["email"], role=Role(body["role"])
        )
        if isinstance(added, Membership):
            return Response(serializers.render_member(added), status=201)
        reply = {"email": added.email, "role": added.role, "pending": True}
        return Response({**reply, "invite_url": added.invite_url}, status=201)


class MemberView(APIView):
    """One member, by the id of the account; one who was invited, by e-mail address."""

    @extend_schema(request=serializers.RoleRequest, responses=serializers.MemberSerializer)
    def patch(self, request: Request, dataset: str, member: str) -> Response:
        """Give the member another role."""
        user = user_of(request)
        found = get_dataset_for(user=user, id_or_slug=dataset, capability=Capability.MANAGE)
        row = get_member_for(user=user, dataset=found, member=member)
        role = Role(serializers.RoleRequest.parse(request.data)["role"])
        if not isinstance(row, Membership):
            raise NotFound
        changed = members.change_member(member=row, actor=user, role=role)
        return Response(serializers.render_member(changed))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, dataset: str, member: str) -> Response:
        """End the membership, or take the invitation back. Answers stay."""
        user = user_of(request)
        found = get_dataset_for(user=user, id_or_slug=dataset, capability=Capability.MANAGE)
        row = get_member_for(user=user, dataset=found, member=member)
        if isinstance(row, Membership):
            members.remove_member(member=row, actor=user)
        else:
            members.withdraw_invitation(pending=row, actor=user)
        return Response(status=204)


class AcceptInvitationView(APIView):
    """The door that an invitation opens; knowing its secret is the permission."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    guarded = BY_LINK

    @extend_schema(responses=serializers.InvitationPreview)
    def get(self, request: Request, secret: str) -> Response:  # noqa: ARG002 (by name)
        """Say whom the invitation is for, and into which datasets it leads."""
        invitation = get_open_invitation(secret)
        names = queries.names_of_waiting_datasets(invitation)
        reply = {"email": invitation.email, "datasets": names}
        return Response(serializers.InvitationPreview(reply).data)

    @extend_schema(request=NewPersonRequest, responses={201: EmailReply})
    def post(self, request: Request, secret: str) -> Response:
        """Create the account and its memberships; log in with it afterwards."""
        invitation = get_open_invitation(secret)
        body = NewPersonRequest.parse(request.data)
        user = members.join(invitation=invitation, name=body["name"], password=body["password"])
        return Response({"email": user.email}, status=201)


class MeView(APIView):
    """Who I am."""

    @extend_schema(responses=serializers.MeSerializer)
    def get(self, request: Request) -> Response:
        """Return my account, my memberships, and what I may do in each dataset."""
        return Response(_me(user_of(request)))

    @extend_schema(request=serializers.ProfileRequest, responses=serializers.MeSerializer)
    def patch(self, request: Request) -> Response:
        """Change my name or my preferences."""
        body = serializers.ProfileRequest.parse(request.data)
        return Response(_me(change_profile(user=user_of(request), changes=body)))


def _me(user: User) -> dict[str, Any]:
    return serializers.render_me(
        user, memberships=queries.memberships_of(user), roles=queries.roles_of(user)
    )
