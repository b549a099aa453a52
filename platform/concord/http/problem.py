"""The one shape of an error on the wire: problem+json (RFC 9457) with a stable code."""

from typing import Any

from django.http import JsonResponse

CONTENT_TYPE = "application/problem+json"

TITLES = {
    400: "Bad request",
    401: "Not logged in",
    403: "Not allowed",
    404: "Not found",
    405: "Method not allowed",
    406: "Not acceptable",
    409: "Conflict",
    412: "Out of date",
    413: "Too large",
    415: "Unsupported media type",
    422: "Contradiction",
    428: "Precondition required",
    429: "Too many requests",
    500: "Server error",
    502: "Another server failed",
    503: "Unavailable",
    504: "Another server took too long",
    507: "Storage full",
}


def problem_body(status: int, code: str, detail: str, **extra: Any) -> dict[str, Any]:
    """The members of a problem; `extra` may add others but not replace these."""
    title = TITLES.get(status, "Error")
    return {
        **extra,
        "type": "about:blank",
        "title": title,
        "status": status,
        "code": code,
        "detail": detail,
    }


def problem(status: int, code: str, detail: str) -> JsonResponse:
    """A problem as an answer, for places that no view of the API reaches."""
    body = problem_body(status, code, detail)
    return JsonResponse(body, status=status, content_type=CONTENT_TYPE)
