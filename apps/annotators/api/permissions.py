"""What only a person may do, and none of their scripts."""

from __future__ import annotations

from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from apps.annotators.models import ApiToken
from concord.errors import Forbidden


class TokensByHand(BasePermission):
    """Tokens are made and revoked by people: with a stolen one nobody makes another that outlives
    it, or shuts out its owner's scripts."""

    def has_permission(self, request: Request, view: APIView) -> bool:  # noqa: ARG002 (DRF's signature)
        """Raises Forbidden `not_with_a_token` for a write by token."""
        if isinstance(request.auth, ApiToken) and request.method not in SAFE_METHODS:
            detail = (
                "A token makes and revokes no tokens. Log in, and do that on your account page."
            )
            raise Forbidden("not_with_a_token", detail)
        return True


class ByHand(BasePermission):
    """What belongs to a browser in somebody's hand; no script does it."""

    def has_permission(self, request: Request, view: APIView) -> bool:  # noqa: ARG002 (DRF's signature)
        """Raises Forbidden `not_with_a_token` for any request by token."""
        if isinstance(request.auth, ApiToken):
            raise Forbidden("not_with_a_token", "Log in, and do that on your account page.")
        return True
