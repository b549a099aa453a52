"""The front end's one page, and errors that never reached a view of the API."""

from __future__ import annotations

import sys

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from concord.errors import Unavailable
from concord.http.errors import as_domain_error, status_of
from concord.http.problem import problem

NOT_BUILT = "The front end is not built. Run `make run`, or `npm ci && npm run build` in frontend/."


@require_safe
@ensure_csrf_cookie
def front_end(_request: HttpRequest) -> HttpResponse:
    """Serve the page for every address that the front end's router knows."""
    index = settings.FRONTEND_DIST / "index.html"
    if not index.is_file():
        return HttpResponse(NOT_BUILT, status=503, content_type="text/plain")
    response = HttpResponse(index.read_bytes(), content_type="text/html; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


def no_such_route(_request: HttpRequest) -> JsonResponse:
    """Answer an API address that does not exist, in the API's own form."""
    return problem(404, "not_found", "There is nothing at this address.")


def bad_request(_request: HttpRequest, exception: Exception) -> JsonResponse:  # noqa: ARG001 (by name)
    """Answer a request that Django refused to read."""
    return problem(400, "bad_request", "The request could not be understood.")


def forbidden(_request: HttpRequest, exception: Exception) -> JsonResponse:  # noqa: ARG001 (by name)
    """Answer a request that Django refused to serve."""
    return problem(403, "forbidden", "You may not do this.")


def csrf_failed(_request: HttpRequest, reason: str = "") -> JsonResponse:
    """Answer a write from a page that does not prove to be ours."""
    return problem(
        403, "csrf_failed", f"The request does not prove to come from our page. {reason}"
    )


def not_found(_request: HttpRequest, exception: Exception) -> JsonResponse:  # noqa: ARG001 (by name)
    """Answer an address that does not exist."""
    return problem(404, "not_found", "There is nothing at this address.")


def server_error(_request: HttpRequest) -> JsonResponse:
    """Answer when the server failed; the cause is in the log under the request's id.

    Django calls this while it handles the exception. A database that went away outside a view of
    the API (a session, a log-in) is no fault of the code and gets the API's 503.
    """
    cause = sys.exc_info()[1]
    known = as_domain_error(cause) if cause else None
    if isinstance(known, Unavailable):
        answer = problem(status_of(known), known.code, known.detail)
        answer["Retry-After"] = str(known.retry_after)
        return answer
    return problem(500, "server_error", "Something went wrong here; nothing of yours was lost.")
