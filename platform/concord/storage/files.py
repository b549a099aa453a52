"""Our own files, named by the SHA-256 of their bytes: in a local folder, or in a bucket.

A name that exists has all its bytes: a file appears under it only when complete. Write the row
that refers to a file after the file; a file without a row is harmless, the reverse is not.
"""

from __future__ import annotations

import errno
import functools
import hashlib
import io
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

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

    def delete(self, sha256: str) -> None:
        """Remove the file, if it is there."""

    def link(self, sha256: str, *, media_type: str) -> str | None:
        """A URL that a browser may use for at most a minute; None if we must send the bytes."""


@functools.cache
def store() -> FileStore:
    """The store that CONCORD_STORAGE_URL names."""
    return open_store(settings.STORAGE_URL)


def open_store(url: str) -> FileStore:
    """A store by its URL: `file:///folder` or `s3://KEY:SECRET@host:port/bucket/prefix?...`."""
    parts = urlsplit(url)
    if parts.scheme == "file" and not parts.netloc and parts.path:
        return LocalStore(Path(unquote(parts.path)))
    if parts.scheme == "s3":
        from concord.storage.bucket import BucketStore  # noqa: PLC0415 (boto3 loads slowly)

        return BucketStore.from_url(url)
    raise ImproperlyConfigured("CONCORD_STORAGE_URL must begin with file:/// or s3://.")


class LocalStore:
    """A folder on this machine, or a volume that all machines share."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put_bytes(self, data: bytes) -> Stored:
        return self.put_stream(io.BytesIO(data))

    def put_stream(self, stream: BinaryIO) -> Stored:
        with full_disk_named():
            incoming = self._root / "incoming"
            incoming.mkdir(parents=True, exist_ok=True)
            descriptor, name = tempfile.mkstemp(dir=incoming)
            draft = Path(name)
            try:
                with os.fdopen(descriptor, "wb") as file:
                    stored = copy_hashed(stream, file)
                    file.flush()
                    os.fsync(file.fileno())
                self._publish(draft, stored)
            finally:
                draft.unlink(missing_ok=True)
        return stored

    def path(self, sha256: str) -> Path:
        """Where the file is, for a front server that sends it itself."""
        return self._root / sha256[:2] / sha256[2:4] / checked(sha256)

    def open(self, sha256: str) -> BinaryIO:
        return self.path(sha256).open("rb")

    def exists(self, sha256: str) -> bool:
        return self.path(sha256).is_file()

    def delete(self, sha256: str) -> None:
        self.path(sha256).unlink(missing_ok=True)

    def link(self, sha256: str, *, media_type: str) -> str | None:  # noqa: ARG002 (the protocol's)
        return None

    def _publish(self, draft: Path, stored: Stored) -> None:
        """Give a complete draft its name, and make the name survive a power cut."""
        target = self.path(stored.sha256)
        if target.exists() and target.stat().st_size == stored.size:
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        draft.replace(target)
        for folder in (target.parent, target.parent.parent, self._root):
            _sync_folder(folder)


def copy_hashed(source: BinaryIO, target: BinaryIO) -> Stored:
    """Copy to the end, and say what was copied."""
    digest = hashlib.sha256()
    size = 0
    while chunk := source.read(CHUNK):
        digest.update(chunk)
        target.write(chunk)
        size += len(chunk)
    return Stored(digest.hexdigest(), size)


def checked(sha256: str) -> str:
    """The name, if it is one: it becomes part of a path."""
    if not SHA256.fullmatch(sha256):
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


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
