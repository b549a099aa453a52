"""Headers that every answer carries."""

from __future__ import annotations

import functools
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from concord.storage.files import store


@functools.cache
def page_policy() -> str:
    """The policy of pages. Images come from here, or from the bucket that our answers link to."""
    here = f"'self' {'' if settings.ACCEL_PREFIX else store().origin()}".rstrip()
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            # The component library writes <style> elements while it runs.
            "style-src 'self' 'unsafe-inline'",
            f"img-src {here} blob: data:",
            "font-src 'self'",
            f"connect-src {here}",
            "manifest-src 'self'",
            "worker-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )


class ContentSecurityPolicyMiddleware:
    """Sets the policy of pages; a view that sets a stricter one of its own keeps it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", page_policy())
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=()"
        )
        return response
