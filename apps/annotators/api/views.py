"""Accounts, tokens and invitations over HTTP."""

from __future__ import annotations

import uuid

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.annotators import queries
from apps.annotators.access import get_token_for, get_user_for, require_admin
from apps.annotators.actions import accounts, invitations, tokens
from apps.annotators.api import serializers
from apps.annotators.api.authentication import CHALLENGE
from apps.annotators.api.current import user_of
from apps.annotators.api.doors import BY_LINK, BY_SCRIPT
from apps.annotators.api.login import check_login
from apps.annotators.api.permissions import TokensByHand
from apps.annotators.models import ApiToken
from concord.http.pagination import page_response

LOGIN_TOKEN_DAYS = 30


class PublicView(APIView):
    """What anybody may know."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(responses=serializers.PublicSerializer)
    def get(self, request: Request) -> Response:  # noqa: ARG002 (by name)
        """Say which version this is, which demo accounts it has, whether it has any, and by what
        name it offers single sign-on, if it does."""
        reply = {
            "version": settings.SPECTACULAR_SETTINGS["VERSION"],
            "demo": queries.demo_accounts(),
            "first_run": queries.needs_first_run(),
            "single_sign_on": settings.SSO_NAME if settings.SSO_ISSUER else None,
        }
        return Response(serializers.PublicSerializer(reply).data)


class FirstRunView(APIView):
    """The first account of an instance."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    guarded = BY_LINK

    @extend_schema(request=serializers.FirstRunRequest, responses={201: serializers.EmailReply})
    def post(self, request: Request) -> Response:
        """Create the first admin with the one-time link that the server printed."""
        body = serializers.FirstRunRequest.parse(request.data)
        user = invitations.accept_first_run(
            secret=body["token"],
            email=body["email"],
            name=body["name"],
            password=body["password"],
        )
        return Response({"email": user.email}, status=201)


class UsersView(APIView):
    """All accounts; for instance admins."""

    @extend_schema(
        parameters=[serializers.PeopleSearch], responses=serializers.UserSerializer(many=True)
    )
    def get(self, request: Request) -> Response:
        """List accounts by e-mail address, all or those that are looked for."""
        require_admin(user_of(request))
        return page_response(
            request,
            queries.search_people(**serializers.PeopleSearch.read(request.query_params)),
            order=("email", "id"),
            render=lambda user: serializers.UserSerializer(user).data,
            filters=serializers.PeopleSearch.NAMES,
        )

    @extend_schema(
        request=serializers.CreateUserRequest, responses={201: serializers.UserSerializer}
    )
    def post(self, request: Request) -> Response:
        """Create an account; without a password the reply holds the link to set one."""
        actor = user_of(request)
        require_admin(actor)
        body = serializers.CreateUserRequest.parse(request.data)
        user, url = invitations.create_or_invite(actor=actor, **body)
        reply = dict(serializers.UserSerializer(queries.people().get(pk=user.pk)).data)
        return Response(reply if url is None else {**reply, "invite_url": url}, status=201)


class UserView(APIView):
    """One account; for instance admins."""

    @extend_schema(request=serializers.ChangeUserRequest, responses=serializers.UserSerializer)
    def patch(self, request: Request, user: uuid.UUID) -> Response:
        """Change rights or name; deactivate or reactivate."""
        actor = user_of(request)
        found = get_user_for(actor=actor, user_id=user)
        changes = serializers.ChangeUserRequest.parse(request.data)
        changed = accounts.change_user(user=found, actor=actor, changes=changes)
        return Response(serializers.UserSerializer(queries.people().get(pk=changed.pk)).data)


class LeavingView(APIView):
    """What follows when an account is deactivated; for instance admins."""

    @extend_schema(responses=serializers.LeavingSerializer)
    def get(self, request: Request, user: uuid.UUID) -> Response:
        """Count what would go back to others, and what would end; changes nothing."""
        found = get_user_for(actor=user_of(request), user_id=user)
        return Response(serializers.LeavingSerializer(queries.leaving(found)).data)


class TokensView(APIView):
    """My API tokens."""

    permission_classes = (IsAuthenticated, TokensByHand)

    @extend_schema(responses=serializers.TokenSerializer(many=True))
    def get(self, request: Request) -> Response:
        """List my tokens that are not revoked, newest first."""
        return page_response(
            request,
            queries.tokens_of(user_of(request)),
            order=("-created_at", "-id"),
            render=lambda token: serializers.TokenSerializer(token).data,
        )

    @extend_schema(
        request=serializers.CreateTokenRequest, responses={201: serializers.NewTokenSerializer}
    )
    def post(self, request: Request) -> Response:
        """Make a token; the reply holds its secret once."""
        body = serializers.CreateTokenRequest.parse(request.data)
        token, secret = tokens.create_token(
            user=user_of(request),
            name=body["name"],
            scope=ApiToken.Scope(body["scope"]),
            days=body["days"],
        )
        reply = serializers.TokenSerializer(token).data
        return Response({**reply, "token": secret}, status=201)


class TokenView(APIView):
    """One of my API tokens."""

    permission_classes = (IsAuthenticated, TokensByHand)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, token: uuid.UUID) -> Response:
        """Revoke it; it opens nothing from the next request on."""
        user = user_of(request)
        tokens.revoke_token(token=get_token_for(user=user, token_id=token), actor=user)
        return Response(status=204)


class LoginView(APIView):
    """A log-in for scripts."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    guarded = BY_SCRIPT

    def get_authenticate_header(self, request: Request) -> str:  # noqa: ARG002 (DRF's signature)
        """What a 401 challenges for; DRF would make it a 403 where nobody authenticates."""
        return CHALLENGE

    @extend_schema(request=serializers.LoginRequest, responses=serializers.LoginReply)
    def post(self, request: Request) -> Response:
        """Give a token for 30 days for an e-mail address and a password."""
        body = serializers.LoginRequest.parse(request.data)
        user = check_login(request, **body)
        token, secret = tokens.create_token(
            user=user, name="Log-in by script", scope=ApiToken.Scope.WRITE, days=LOGIN_TOKEN_DAYS
        )
        reply = {"token": secret, "expires_at": token.expires_at}
        return Response(serializers.LoginReply(reply).data)
