"""What a store of our own files is, whatever it is made of, and what all of them need."""

from __future__ import annotations

import errno
import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from concord.errors import StorageFull

SHA256 = re.compile(r"[0-9a-f]{64}")
CHUNK = 1 << 20
NO_ROOM = {errno.ENOSPC, errno.EDQUOT}
LINK_SECONDS = 60


@dataclass(frozen=True)
class Stored:
    """A file that is safely in the store."""

    sha256: str
    size: int


class FileStore(Protocol):
    """What both backends do. Putting what is there already is harmless and cheap."""

    def put_stream(self, stream: BinaryIO) -> Stored:
        """Store what is left to read of `stream`; StorageFull if there is no room."""

    def put_bytes(self, data: bytes) -> Stored:
        """Store `data`; StorageFull if there is no room."""

    def open(self, sha256: str) -> BinaryIO:
        """The file for reading; FileNotFoundError if it is not there."""

    def exists(self, sha256: str) -> bool:
        """Whether the whole file is there."""

    def names(self) -> Iterator[str]:
        """The SHA-256 of every file, in no order."""

    def delete(self, sha256: str) -> None:
        """Remove the file, if it is there."""

    def link(self, sha256: str, *, media_type: str) -> str | None:
        """A URL that a browser may use for at most a minute; None if we must send the bytes."""

    def handed_over(self, sha256: str, *, media_type: str) -> str:
        """What follows CONCORD_ACCEL_PREFIX in the address at which the front server finds the
        file; FileNotFoundError if it is known not to be there."""

    def origin(self) -> str:
        """Where `link` leads, as `https://host:port`; empty where it never does."""


def copy_hashed(source: BinaryIO, target: BinaryIO) -> Stored:
    """Copy to the end, and say what was copied."""
    digest = hashlib.sha256()
    size = 0
    while chunk := source.read(CHUNK):
        digest.update(chunk)
        target.write(chunk)
        size += len(chunk)
    return Stored(digest.hexdigest(), size)


def is_name(text: str) -> bool:
    """Whether this is the name of a file of ours: other things may lie beside them."""
    return SHA256.fullmatch(text) is not None


def checked(sha256: str) -> str:
    """The name, if it is one: it becomes part of a path."""
    if not is_name(sha256):
        raise ValueError("not a SHA-256 in lower-case hex")
    return sha256


@contextmanager
def full_disk_named() -> Iterator[None]:
    """Turn "no space left" into the domain's word for it."""
    try:
        yield
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise
        detail = "The server has no room for more files; work goes on once there is."
        raise StorageFull("storage_full", detail, retry_after=60) from error
