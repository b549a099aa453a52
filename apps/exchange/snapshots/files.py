"""The file of a snapshot: compressed JSON, one line about the dataset and one for each final.

Lines come in the order of tasks. A line keeps all that writers of formats need, so a file of any
format can be made of it later. The same finals give the same bytes after the first line, which
names the snapshot: no two share a file, so that one can go without the other.
"""

from __future__ import annotations

import gzip
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, BinaryIO

import msgspec

from apps.exchange.domain.finals import ContentHash, FinalRow, digest_of, line_of
from apps.exchange.domain.records import Asked, Category, Entry, Settled
from concord.storage.files import store

LEVEL = 5
"""Of compression: a third of the time of the default, for a twentieth more bytes."""


class Head(msgspec.Struct, frozen=True):
    """What is said of the dataset as a whole."""

    snapshot: str
    name: str
    version: int
    categories: list[Category]


class Line(msgspec.Struct, frozen=True):
    """One final; what it is made of stays unread until somebody asks."""

    place: tuple[int, str]
    digest: str
    entry: msgspec.Raw


class Kept(msgspec.Struct, frozen=True):
    """A task as it was asked, and its final answer."""

    asked: Asked
    settled: Settled


_heads = msgspec.json.Decoder(Head)
_lines = msgspec.json.Decoder(Line)
_entries = msgspec.json.Decoder(Kept)


def write_snapshot(target: BinaryIO, head: Head, entries: Iterable[Entry]) -> ContentHash:
    """Write the finals among `entries`, which come in the order of tasks; return their hash."""
    found = ContentHash()
    encode = msgspec.json.encode
    with gzip.GzipFile("", "wb", LEVEL, target, mtime=0) as file:
        file.write(encode(head) + b"\n")
        for entry in entries:
            if entry.settled is None:
                continue
            digest = digest_of(line_of(entry.asked, entry.settled))
            found.add(digest)
            kept = msgspec.Raw(encode(Kept(entry.asked, entry.settled)))
            place = (entry.asked.order_key, entry.asked.id)
            file.write(encode(Line(place, digest, kept)) + b"\n")
    return found


class SnapshotReader:
    """Reads the file of one snapshot, once."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = gzip.GzipFile(fileobj=file)
        self.head = _heads.decode(self._file.readline())

    def rows(self) -> Iterator[FinalRow]:
        """Yield the finals in the order of tasks, none of them unpacked before its line is."""
        for line in self._lines():
            yield FinalRow(line.place, line.digest, partial(_unpacked, line))

    def entries(self, found: ContentHash) -> Iterator[Entry]:
        """Yield what writers make files of; `found` takes up each by the digest that it has."""
        for line in self._lines():
            found.add(line.digest)
            kept = _entries.decode(line.entry)
            yield Entry(kept.asked, kept.settled, given=())

    def _lines(self) -> Iterator[Line]:
        return map(_lines.decode, self._file)


@contextmanager
def open_snapshot(file_sha256: str) -> Iterator[SnapshotReader]:
    """Open the file of a snapshot in the store."""
    with store().open(file_sha256) as file:
        yield SnapshotReader(file)


def head_of(snapshot: uuid.UUID, dataset: Any, categories: list[Category]) -> Head:
    """The first line of the file of a snapshot."""
    return Head(str(snapshot), dataset.name, dataset.config_version, categories)


def _unpacked(line: Line) -> dict[str, Any]:
    kept = _entries.decode(line.entry)
    return line_of(kept.asked, kept.settled)
