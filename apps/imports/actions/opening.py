"""A kept list, opened for reading: by the import itself and by its preview."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from apps.imports.domain.encodings import Encoding, find_encoding
from apps.imports.domain.readers import ReadList, read_list
from apps.imports.domain.unpacking import text_bytes
from concord.http.strictjson import loads_strict
from concord.storage.files import store

CHUNK = 1 << 20


def encoding_of(sha256: str, *, name: str) -> Encoding:
    """Find out how a list was saved, by reading all of it once. Raises ListRefused."""
    with store().open(sha256) as stored:
        return find_encoding(text_bytes(_chunks(stored), name=name))


@contextmanager
def opened_list(
    sha256: str, *, name: str, url_field: str, encoding: Encoding
) -> Iterator[ReadList]:
    """Open a list; its rows are read as they are asked for. Raises ListRefused, also then."""
    with store().open(sha256) as stored:
        yield read_list(
            _chunks(stored),
            name=name,
            loads=lambda text: loads_strict(text.encode()),
            url_field=url_field,
            encoding=encoding,
        )


def _chunks(stored: BinaryIO) -> Iterator[bytes]:
    return iter(lambda: stored.read(CHUNK), b"")
