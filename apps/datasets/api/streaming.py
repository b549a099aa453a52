"""Sending a stored file: whole, in part, or as a link to where it lies."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable, Iterator
from typing import BinaryIO

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from rest_framework.request import Request

from concord.errors import Conflict
from concord.storage.files import store

CHUNK = 64 * 1024
RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
LOCKED_DOWN = "default-src 'none'; sandbox"
"""The policy of bytes that strangers made: even opened as a page they may do nothing."""

KEPT = "private, max-age=31536000, immutable"
LINK_KEPT = "private, max-age=30"


def serve_file(
    request: Request, *, sha256: str, media_type: str, name: str = ""
) -> HttpResponseBase:
    """Answer with a stored file; the caller has checked that the reader may have it.

    One byte range is served; a store elsewhere answers with a link that lives a minute at most,
    and where a front server was told of (CONCORD_ACCEL_PREFIX), that one sends what we name.
    `name` stands for the digest in the ETag. Raises Conflict `bytes_not_here` for a file that is
    not kept.
    """
    tag = f'"{name or sha256}"'
    if _has(request, tag):
        return _headed(HttpResponse(status=304), tag)
    try:
        if settings.ACCEL_PREFIX:
            return _handed_over(sha256, tag=tag, media_type=media_type)
        link = store().link(sha256, media_type=media_type)
        if link is not None:
            return HttpResponseRedirect(link, headers={"Cache-Control": LINK_KEPT})
        file = store().open(sha256)
    except FileNotFoundError as error:
        raise Conflict("bytes_not_here", "The bytes of this image are not kept here.") from error
    return _sent(request, file, tag=tag, media_type=media_type)


def serve_made(
    request: Request, *, tag: str, media_type: str, make: Callable[[], bytes]
) -> HttpResponseBase:
    """Answer in the same way with bytes that are made for whoever does not have them yet."""
    tag = f'"{tag}"'
    if _has(request, tag):
        return _headed(HttpResponse(status=304), tag)
    return _sent(request, io.BytesIO(make()), tag=tag, media_type=media_type)


def _handed_over(sha256: str, *, tag: str, media_type: str) -> HttpResponseBase:
    """An empty answer that tells nginx which file to put in its place."""
    place = settings.ACCEL_PREFIX + store().handed_over(sha256, media_type=media_type)
    headers = {"X-Accel-Redirect": place}
    return _headed(HttpResponse(content_type=media_type, headers=headers), tag)


def _has(request: Request, tag: str) -> bool:
    return request.headers.get("If-None-Match") == tag


def _sent(request: Request, file: BinaryIO, *, tag: str, media_type: str) -> HttpResponseBase:
    size = file.seek(0, os.SEEK_END)
    wanted = _range_of(request, tag)
    if wanted is None:
        return _headed(_part(file, 0, size, media_type, status=200), tag)
    first, last = _bounds(*wanted, size)
    if first > last:
        file.close()
        headers = {"Content-Range": f"bytes */{size}"}
        return _headed(HttpResponse(status=416, headers=headers), tag)
    response = _part(file, first, last + 1, media_type, status=206)
    response["Content-Range"] = f"bytes {first}-{last}/{size}"
    return _headed(response, tag)


def _headed(response: HttpResponseBase, tag: str) -> HttpResponseBase:
    response["ETag"] = tag
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = KEPT
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = LOCKED_DOWN
    return response


def _range_of(request: Request, tag: str) -> tuple[str, str] | None:
    """The one range that is asked for, as it is written; None for all other wishes, which RFC 9110
    (14.2) lets a server ignore."""
    match = RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    stale = request.headers.get("If-Range", tag) != tag
    if match is None or stale or match.groups() == ("", ""):
        return None
    first, last = match[1], match[2]
    backwards = first and last and int(last) < int(first)
    return None if backwards else (first, last)


def _bounds(first: str, last: str, size: int) -> tuple[int, int]:
    """First and last byte, both included; first > last if the file has none of them."""
    if not first:
        return (max(0, size - int(last)), size - 1) if int(last) else (size, size - 1)
    return int(first), min(int(last), size - 1) if last else size - 1


def _part(
    file: BinaryIO, start: int, end: int, media_type: str, *, status: int
) -> StreamingHttpResponse:
    response = StreamingHttpResponse(
        _chunks(file, start, end), status=status, content_type=media_type
    )
    response["Content-Length"] = str(end - start)
    return response


def _chunks(file: BinaryIO, start: int, end: int) -> Iterator[bytes]:
    with file:
        file.seek(start)
        left = end - start
        while left > 0 and (chunk := file.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
