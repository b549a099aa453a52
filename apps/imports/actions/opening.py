"""A kept list, opened for reading: by the import itself and by its preview."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, cast

from apps.imports.domain.bundles import ZIP, Bundle
from apps.imports.domain.encodings import Encoding, find_encoding, first_bytes
from apps.imports.domain.readers import Reading, ReadList, read_archive, read_list
from apps.imports.domain.rows import ListRefused
from apps.imports.domain.unpacking import WORKBOOK, WORKBOOKS, text_bytes
from concord.http.strictjson import loads_strict
from concord.storage.files import store

CHUNK = 1 << 20


def encoding_of(sha256: str, *, name: str) -> Encoding:
    """Find out how a list was saved, by reading all of it once; files in an archive tell it one by
    one. Raises ListRefused."""
    with store().open(sha256) as stored:
        first, chunks = first_bytes(_chunks(stored), len(ZIP[0]))
        return (
            Encoding.UTF_8
            if first.startswith(ZIP)
            else find_encoding(text_bytes(chunks, name=name))
        )


@contextmanager
def opened_list(
    sha256: str, *, name: str, reading: Reading, encoding: Encoding
) -> Iterator[ReadList]:
    """Open a list; its rows are read as they are asked for. Raises ListRefused, also then."""
    with store().open(sha256) as stored:
        first, chunks = first_bytes(_chunks(stored), len(ZIP[0]))
        if first.startswith(ZIP):
            if name.lower().endswith(WORKBOOKS):
                raise ListRefused("not_a_list", WORKBOOK)
            with _seekable(stored, chunks) as file:
                yield read_archive(Bundle(file), loads=_loads, reading=reading)
        else:
            yield read_list(chunks, name=name, loads=_loads, reading=reading, encoding=encoding)


@contextmanager
def _seekable(stored: BinaryIO, chunks: Iterator[bytes]) -> Iterator[BinaryIO]:
    """The file itself, or a copy on the disk of one in a bucket, which gives it in one go only."""
    if stored.seekable():
        yield stored
        return
    with tempfile.TemporaryFile() as copy:
        copy.writelines(chunks)
        yield cast(BinaryIO, copy)


def _loads(text: str) -> Any:
    return loads_strict(text.encode())


def _chunks(stored: BinaryIO) -> Iterator[bytes]:
    return iter(lambda: stored.read(CHUNK), b"")
