"""Doing a thing once however often it is asked for.

The answer is kept in the transaction of the deed, so after a crash either both are there or
neither. Only successes are kept: a refused request changed nothing, and asking again is how a
client finds out whether the reason has gone.
"""

import functools
import hashlib
import json
import uuid
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.db import connection, transaction
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from rest_framework.exceptions import NotAuthenticated
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from concord.errors import InFlight, Invalid, Unprocessable
from concord.failpoints import reach
from concord.http.models import IdempotencyRecord

MAX_KEY_LENGTH = 128
KEPT_HEADERS = ("Location", "ETag")

View = TypeVar("View")
P = ParamSpec("P")
Method = Callable[Concatenate[View, Request, P], HttpResponseBase]


def idempotent(
    method: Callable[Concatenate[View, Request, P], Response],
) -> Method[View, P]:
    """Make a view's method answer a repeated `Idempotency-Key` with its first response.

    The method runs in one transaction with the record of its answer. Per user and key: the same
    request gets the same answer, another request 422 `idempotency_key_reused`, and a request
    whose twin is still being served 409 `idempotency_in_flight`; no key is 400.
    """

    @functools.wraps(method)
    def once(
        view: View, request: Request, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        user_id, key = _user_id_of(request), key_of(request)
        fingerprint = fingerprint_of(request)
        with transaction.atomic():
            _hold(user_id, key)
            record = IdempotencyRecord.objects.filter(user_id=user_id, key=key).first()
            if record is not None:
                return _replay(record, fingerprint)
            response = method(view, request, *args, **kwargs)
            _keep(user_id, key, fingerprint, response)
        reach("request.committed")
        return response

    return once


def idempotent_with_key(
    method: Callable[Concatenate[View, Request, P], Response],
) -> Method[View, P]:
    """Like `idempotent`, for what is safe to repeat anyway: a request without a key is served."""
    keyed = idempotent(method)

    @functools.wraps(method)
    def once(
        view: View, request: Request, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        serve = keyed if "Idempotency-Key" in request.headers else method
        return serve(view, request, *args, **kwargs)

    return once


def _user_id_of(request: Request) -> uuid.UUID:
    if request.user.pk is None:
        raise NotAuthenticated
    return request.user.pk


def key_of(request: Request) -> str:
    """The Idempotency-Key of a request; raises Invalid without a usable one."""
    key = request.headers.get("Idempotency-Key", "")
    if not key:
        raise Invalid("idempotency_key_required", "Send an Idempotency-Key, such as a new UUID.")
    if len(key) > MAX_KEY_LENGTH or not key.isascii() or not key.isprintable():
        raise Invalid(
            "bad_idempotency_key", f"An Idempotency-Key is 1 to {MAX_KEY_LENGTH} ASCII characters."
        )
    return key


def _hold(user_id: uuid.UUID, key: str) -> None:
    """Take the key until the transaction ends. An advisory lock, not a row: a crash leaves
    nothing behind that would block the retry."""
    digest = hashlib.sha256(f"{user_id}:{key}".encode()).digest()
    with connection.cursor() as cursor:
        number = int.from_bytes(digest[:8], "big", signed=True)
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
        row = cursor.fetchone()
    if row is None or not row[0]:
        raise InFlight("idempotency_in_flight", "The first request with this key is not done yet.")


def fingerprint_of(request: Request) -> bytes:
    """What makes two requests the same: method, path, fields and the bytes of files. Not the raw
    body, in which a multipart boundary or the order of keys may differ."""
    digest = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    fields: Any = request.data
    if hasattr(fields, "lists"):
        fields = [[name, [str(v) for v in values]] for name, values in fields.lists()]
    digest.update(json.dumps(fields, sort_keys=True).encode())
    for name, files in request.FILES.lists():
        for file in files:
            digest.update(json.dumps([name, file.name, file.size]).encode())
            for chunk in file.chunks():
                digest.update(chunk)
            file.seek(0)
    return digest.digest()


def _replay(record: IdempotencyRecord, fingerprint: bytes) -> HttpResponse:
    if bytes(record.request_hash) != fingerprint:
        raise Unprocessable(
            "idempotency_key_reused", "This Idempotency-Key was used for another request."
        )
    response = HttpResponse(
        record.body, status=record.status, content_type="application/json", headers=record.headers
    )
    response["Idempotent-Replay"] = "true"
    return response


def _keep(user_id: uuid.UUID, key: str, fingerprint: bytes, response: Response) -> None:
    body: Any = response.data
    IdempotencyRecord.objects.create(
        user_id=user_id,
        key=key,
        request_hash=fingerprint,
        status=response.status_code,
        headers={name: response[name] for name in KEPT_HEADERS if name in response},
        body="" if body is None else JSONRenderer().render(body).decode(),
    )
