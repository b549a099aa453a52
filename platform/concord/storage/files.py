"""Our own files, named by the SHA-256 of their bytes: in a local folder, or in a bucket.

A name that exists has all its bytes: a file appears under it only when complete. Write the row
that refers to a file after the file; a file without a row is harmless, the reverse is not.
"""

from __future__ import annotations

import functools
import io
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from concord.failpoints import reach
from concord.storage.contents import (
    FileStore,
    Stored,
    checked,
    copy_hashed,
    full_disk_named,
    is_name,
)


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

    def names(self) -> Iterator[str]:
        return (path.name for path in self._root.glob("??/??/*") if is_name(path.name))

    def delete(self, sha256: str) -> None:
        self.path(sha256).unlink(missing_ok=True)

    def link(self, sha256: str, *, media_type: str) -> str | None:  # noqa: ARG002 (the protocol's)
        return None

    def handed_over(self, sha256: str, *, media_type: str) -> str:  # noqa: ARG002 (the protocol's)
        path = self.path(sha256)
        if not path.is_file():
            raise FileNotFoundError(sha256)
        return f"/{path.relative_to(self._root)}"

    def origin(self) -> str:
        return ""

    def _publish(self, draft: Path, stored: Stored) -> None:
        """Give a complete draft its name, and make the name survive a power cut."""
        target = self.path(stored.sha256)
        if target.exists() and target.stat().st_size == stored.size:
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        draft.replace(target)
        reach("file.renamed")
        for folder in (target.parent, target.parent.parent, self._root):
            _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
