"""The front end's one page, and errors that never reached a view of the API."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

NOT_BUILT = "The front end is not built. Run `make run`, or `npm ci && npm run build` in frontend/."


def problem(status: int, code: str, title: str, detail: str) -> JsonResponse:
    """Return a problem+json answer (RFC 9457)."""
    return JsonResponse(
        {"type": "about:blank", "title": title, "status": status, "code": code, "detail": detail},
        status=status,
        content_type="application/problem+json",
    )


@require_safe
@ensure_csrf_cookie
def front_end(request: HttpRequest) -> HttpResponse:
    """Serve the page for every address that the front end's router knows."""
    index = settings.FRONTEND_DIST / "index.html"
    if not index.is_file():
        return HttpResponse(NOT_BUILT, status=503, content_type="text/plain")
    response = HttpResponse(index.read_bytes(), content_type="text/html; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


def no_such_route(request: HttpRequest) -> JsonResponse:
    """Answer an API address that does not exist, in the API's own form."""
    return problem(404, "not_found", "Not found", "There is nothing at this address.")


def bad_request(request: HttpRequest, exception: Any = None) -> JsonResponse:
    """Answer a request that Django refused to read."""
    return problem(400, "bad_request", "Bad request", "The request could not be understood.")


def forbidden(request: HttpRequest, exception: Any = None) -> JsonResponse:
    """Answer a request that Django refused to serve."""
    return problem(403, "forbidden", "Forbidden", "You may not do this.")


def not_found(request: HttpRequest, exception: Any = None) -> JsonResponse:
    """Answer an address that does not exist."""
    return problem(404, "not_found", "Not found", "There is nothing at this address.")


def server_error(request: HttpRequest) -> JsonResponse:
    """Answer when the server failed; the cause is in the log under the request's id."""
    return problem(
        500, "server_error", "Server error", "Something went wrong here; nothing of yours was lost."
    )
