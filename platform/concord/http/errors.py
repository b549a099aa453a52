"""Turns what went wrong into HTTP; nothing else in the product knows a status code.

An exception that is not listed here becomes a 500 with an empty account of itself
(`concord.http.page.server_error`): its cause is in the log, never in the answer.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any, cast

from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    ValidationError,
)
from django.db import IntegrityError, InterfaceError, OperationalError
from django.http import Http404
from psycopg.errors import ForeignKeyViolation
from rest_framework import exceptions as drf
from rest_framework.response import Response

from concord import errors
from concord.http.problem import CONTENT_TYPE, problem_body

STATUS: Mapping[type[errors.DomainError], int] = {
    errors.Invalid: 400,
    errors.Forbidden: 403,
    errors.NotFound: 404,
    errors.Conflict: 409,
    errors.InFlight: 409,
    errors.Stale: 412,
    errors.TooLarge: 413,
    errors.Unprocessable: 422,
    errors.PreconditionRequired: 428,
    errors.RateLimited: 429,
    errors.PeerFailed: 502,
    errors.Unavailable: 503,
    errors.PeerTimedOut: 504,
    errors.StorageFull: 507,
}
DATABASE_RETRY_AFTER = 5


def exception_handler(exc: Exception, _context: dict[str, Any]) -> Response | None:
    """DRF's hook: the answer to an exception, or None to let it become a 500."""
    if isinstance(exc, drf.APIException):
        return _of_framework(exc)
    domain = as_domain_error(exc)
    return None if domain is None else _of_domain(domain)


def as_domain_error(exc: BaseException) -> errors.DomainError | None:
    """The domain's word for an exception of Django or the database, if it has one."""
    found: errors.DomainError | None = None
    match exc:
        case errors.DomainError():
            found = exc
        case Http404():
            found = errors.NotFound()
        case PermissionDenied():
            found = errors.Forbidden()
        case ValidationError():
            found = errors.Invalid(errors=_messages(exc))
        case RequestDataTooBig():
            found = errors.TooLarge("too_large", "This is more than the server accepts.")
        case SuspiciousOperation():
            found = errors.Invalid("bad_request", "The request could not be understood.")
        case IntegrityError(__cause__=ForeignKeyViolation()):
            # What this was said of was there when the request began, and has been removed since.
            found = errors.NotFound()
        case OperationalError() | InterfaceError():
            found = errors.Unavailable(
                "database_unavailable",
                "The database cannot be reached; nothing was lost. Try again shortly.",
                retry_after=DATABASE_RETRY_AFTER,
            )
    return found


def status_of(error: errors.DomainError) -> int:
    """The HTTP status of a domain error, by the nearest class that has one."""
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


def _of_domain(error: errors.DomainError) -> Response:
    extra = dict(error.extra)
    if isinstance(error, errors.Invalid) and error.errors:
        extra["errors"] = _by_field(error.errors)
    retry_after = error.retry_after if isinstance(error, errors.RetryLater) else None
    return _answer(status_of(error), error.code, error.detail, retry_after, **extra)


def _of_framework(exc: drf.APIException) -> Response:
    status = exc.status_code
    if status == 404:
        return _of_domain(errors.NotFound())
    if isinstance(exc, drf.ValidationError):
        return _of_domain(errors.Invalid(errors=cast(Any, exc.detail)))
    retry_after = 1 if status in {429, 503} else None
    if wait := getattr(exc, "wait", None):
        retry_after = math.ceil(wait)
    detail = exc.detail
    code = getattr(detail, "code", exc.default_code)
    answer = _answer(status, code, str(detail), retry_after)
    if challenge := getattr(exc, "auth_header", None):
        answer["WWW-Authenticate"] = challenge
    return answer


def _answer(status: int, code: str, detail: str, retry_after: int | None, **extra: Any) -> Response:
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    body = problem_body(status, code, detail, **extra)
    return Response(body, status=status, headers=headers, content_type=CONTENT_TYPE)


def _messages(exc: ValidationError) -> errors.FieldErrors | list[str]:
    return exc.message_dict if hasattr(exc, "error_dict") else exc.messages


def _by_field(found: Mapping[str, Any] | Sequence[Any]) -> dict[str, Any]:
    """Errors as an object, whichever form they came in: of fields, of items, or of the whole."""
    if isinstance(found, Mapping):
        return dict(found)
    if all(isinstance(item, str) for item in found):
        return {"non_field_errors": list(found)}
    return {str(index): item for index, item in enumerate(found) if item}
