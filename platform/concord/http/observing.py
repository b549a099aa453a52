"""What became of each request, and how long it took: a line in the log, and a histogram.

A route is the pattern, never the path: addresses hold tokens of invitations and ids of people's
work, and there are as many of them as there are objects.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import SimpleLazyObject
from prometheus_client import Histogram

from concord.logs import outlet, quick_log

METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
QUIET = {"healthz", "readyz"}
"""Asked every few seconds by machines, which would fill the log."""

SECONDS = Histogram(
    "concord_request_seconds",
    "Until a request's answer began, by route, method and class of status",
    ["route", "method", "status"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)

log = quick_log(outlet)


class ObservingMiddleware:
    """Stands right inside the one that gives a request its id. Files of the front end, which never
    reach a route, are counted together and not written down."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = time.perf_counter()
        response = self.get_response(request)
        took = time.perf_counter() - began
        route = request.resolver_match.route if request.resolver_match else "none"
        method = request.method if request.method in METHODS else "other"
        status = response.status_code
        SECONDS.labels(route, method, f"{status // 100}xx").observe(took)
        if request.resolver_match and route not in QUIET:
            milliseconds = round(took * 1000, 1)
            log.info(
                "request", route=route, method=method, status=status, ms=milliseconds,
                user=_user_id(request),
            )  # fmt: skip
        return response


def _user_id(request: HttpRequest) -> str | None:
    """Whoever asked, if anything needed to know: this alone is no reason to ask the database."""
    user = request.__dict__.get("user")
    if isinstance(user, SimpleLazyObject):
        user = request.__dict__.get("_cached_user")
    return str(user.pk) if user is not None and user.pk is not None else None
