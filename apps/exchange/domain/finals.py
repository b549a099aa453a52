"""The content hash of final answers.

Each final is the line that `jsonl` has of it, without `_review`, as canonical JSON: the names of
an object in the order of their characters, no blanks, UTF-8, numbers in the shortest form that
reads back the same. Its digest is the SHA-256 of that, and the hash of many finals the SHA-256 of
their digests, in the order of the digests. So the same finals have the same hash, in whatever order
they are read and however they came about; none at all have that of nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from apps.exchange.domain.prodigy import final_line
from apps.exchange.domain.records import Asked, Entry, Settled

Line = Mapping[str, Any]
HOW = "_review"
"""The key under which a line tells how a final came about, which is no part of what it is."""

_encoder = msgspec.json.Encoder(order="sorted")


@dataclass(frozen=True, slots=True)
class FinalRow:
    """One final on its way through a comparison: where its task stands, what it is, and how to
    get its line."""

    place: tuple[int, str]
    digest: str
    line: Callable[[], Line]


def line_of(asked: Asked, settled: Settled) -> dict[str, Any]:
    """What a final is: its line without how it came about."""
    return without_review(final_line(asked, settled))


def without_review(line: Line) -> dict[str, Any]:
    """A line of `jsonl` as it is hashed and compared."""
    return {key: value for key, value in line.items() if key != HOW}


def digest_of(line: Line) -> str:
    """The hash of one final, given as `line_of` does, in lower-case hex."""
    return hashlib.sha256(_encoder.encode(line)).hexdigest()


def row_of(entry: Entry) -> FinalRow | None:
    """The final of a task; None where there is none."""
    if entry.settled is None:
        return None
    line = line_of(entry.asked, entry.settled)
    return FinalRow((entry.asked.order_key, entry.asked.id), digest_of(line), lambda: line)


@dataclass(slots=True)
class ContentHash:
    """Takes up finals one by one; it keeps 32 bytes of each."""

    _digests: list[bytes] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self._digests)

    def add(self, digest: str) -> None:
        """Take up a final by its digest."""
        self._digests.append(bytes.fromhex(digest))

    def hexdigest(self) -> str:
        """The hash of all that were taken up."""
        return hashlib.sha256(b"".join(sorted(self._digests))).hexdigest()


def hash_of(lines: Iterator[Line]) -> str:
    """The content hash of finals given as `line_of` does."""
    found = ContentHash()
    for line in lines:
        found.add(digest_of(line))
    return found.hexdigest()
