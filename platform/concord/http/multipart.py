"""Forms with files, whole ones only.

A connection that breaks looks to the framework like the end of the body, and it takes what has come
of the last file for all of it: a list of a million lines would become one of a hundred thousand
without a word.
"""

from collections.abc import Mapping
from typing import IO, Any, cast

from django.utils.http import parse_header_parameters
from rest_framework.parsers import MultiPartParser

from concord.errors import Invalid

TAIL = 256
"""More than the last boundary takes: it has at most 70 letters."""


class WholeMultiPartParser(MultiPartParser):
    """DRF's parser, which also sees to it that the form came to its end."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Return the parsed form; raise Invalid `cut_short` for a part of one."""
        watched = Watched(stream)
        parsed = super().parse(cast(IO[Any], watched), media_type, parser_context)
        boundary = parse_header_parameters(media_type or "")[1].get("boundary", "")
        if not watched.tail.rstrip().endswith(f"--{boundary}--".encode()):
            raise Invalid("cut_short", "The upload broke off. Send it again.")
        return parsed


class Watched:
    """A stream that remembers the last bytes that were read of it."""

    def __init__(self, stream: IO[Any]) -> None:
        self._stream = stream
        self.tail = b""

    def read(self, size: int = -1) -> bytes:
        data: bytes = self._stream.read(size)
        self.tail = (self.tail + data)[-TAIL:] if data else self.tail
        return data
