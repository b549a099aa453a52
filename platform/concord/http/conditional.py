"""Optimistic locking over HTTP: the caller names the version that it changes."""

import re

from rest_framework.request import Request

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
