"""What the caller has already: the version that it changes, or the answer that it asks for."""

import hashlib
import re
from typing import Any

from django.utils.http import parse_etags
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from concord.errors import Invalid, PreconditionRequired

VERSION = re.compile(r'(?:W/)?"(\d{1,18})"')


def etag(version: int) -> str:
    """The ETag of a version, to be sent back in If-Match."""
    return f'"{version}"'


def if_match(request: Request) -> int:
    """The version in If-Match.

    Raises PreconditionRequired (428) without one and Invalid (400) where it is no version. That
    the version is the current one is for the action to check, in the statement that writes.
    """
    sent = request.headers.get("If-Match")
    if sent is None:
        raise PreconditionRequired
    match = VERSION.fullmatch(sent.strip())
    if match is None:
        raise Invalid("bad_if_match", 'If-Match must be one version in quotes, such as "3".')
    return int(match[1])


def unless_unchanged(request: Request, data: Any) -> Response:
    """The answer with an ETag of its content, or 304 to who has it already."""
    tag = f'"{hashlib.sha256(JSONRenderer().render(data)).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if tag in parse_etags(request.headers.get("If-None-Match", "")):
        return Response(status=304, headers=headers)
    return Response(data, headers=headers)
