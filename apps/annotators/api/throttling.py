"""How often somebody unknown may try a door. Counted in the database's cache, by address."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView


class DoorThrottle(SimpleRateThrottle):
    """Thirty tries a minute from one address; then 429 with Retry-After."""

    scope = "door"
    rate = "30/min"

    def get_cache_key(self, request: Request, view: APIView) -> str:  # noqa: ARG002 (the base's signature)
        """One count per address, as allauth sees it: a header cannot claim another one."""
        return f"door:{get_adapter().get_client_ip(request._request)}"
