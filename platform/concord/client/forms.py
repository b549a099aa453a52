"""Image files as one form that is written while it is read: of each file, a piece is in memory."""

from __future__ import annotations

import itertools
import os
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

PIECE = 256 * 1024


@dataclass(frozen=True, slots=True)
class FileToSend:
    """A file of `size` bytes, and its name: where it lay in a folder that is sent, as
    `street/wall/1.jpg`, or no more than `1.jpg`."""

    path: Path
    name: str
    size: int


class Changed(Exception):
    """A file is no longer what it was when it was found."""

    def __init__(self, file: FileToSend) -> None:
        super().__init__(file.name)
        self.file = file


class FileForm:
    """The body of one request: files under one name, and other fields before them. Iterating
    raises Changed."""

    def __init__(
        self,
        files: Sequence[FileToSend],
        *,
        name: str = "files",
        fields: Mapping[str, str] | None = None,
        on_sent: Callable[[int], None] = lambda _: None,
    ) -> None:
        self._boundary = secrets.token_hex(16)
        self._name = name
        self._files = [(file, self._head(file)) for file in files]
        self._on_sent = on_sent
        in_folders = any("/" in file.name for file in files)
        said = b"".join(itertools.starmap(self._field, (fields or {}).items()))
        self._said = said + (b"".join(map(self._path, files)) if in_folders else b"")
        self._end = f"--{self._boundary}--\r\n".encode()

    @property
    def headers(self) -> dict[str, str]:
        """What has to be said of the body."""
        length = len(self._said) + len(self._end)
        length += sum(len(head) + file.size + 2 for file, head in self._files)
        return {
            "Content-Type": f"multipart/form-data; boundary={self._boundary}",
            "Content-Length": str(length),
        }

    def __iter__(self) -> Iterator[bytes]:
        yield self._said
        sent = 0
        for file, head in self._files:
            yield head
            for piece in _pieces(file):
                yield piece
                sent += len(piece)
                self._on_sent(sent)
            yield b"\r\n"
        yield self._end

    def _path(self, file: FileToSend) -> bytes:
        return self._field("paths", file.name if "/" in file.name else "")

    def _field(self, name: str, value: str) -> bytes:
        return self._part(f'name="{name}"') + value.encode() + b"\r\n"

    def _head(self, file: FileToSend) -> bytes:
        # Percent signs (RFC 5987) bring any letter through, and the server unescapes HTML in names.
        name = quote(_bare(file.name).replace("&", "&amp;"), safe="")
        return self._part(f"name=\"{self._name}\"; filename*=UTF-8''{name}")

    def _part(self, disposition: str) -> bytes:
        return (
            f"--{self._boundary}\r\nContent-Disposition: form-data; {disposition}\r\n\r\n".encode()
        )


def _bare(name: str) -> str:
    """The name without its folders, and without what the server takes out of names: where it finds
    no name in the end, it drops the file."""
    shown = "".join(letter for letter in name.rpartition("/")[2] if letter.isprintable())
    return shown.replace("\\", "_") if shown.strip(". ") else "image"


def _pieces(file: FileToSend) -> Iterator[bytes]:
    """The bytes of a file, exactly `size` of them, or Changed."""
    try:
        with file.path.open("rb") as opened:
            if os.fstat(opened.fileno()).st_size != file.size:
                raise Changed(file)
            left = file.size
            while piece := opened.read(min(PIECE, left)):
                left -= len(piece)
                yield piece
            if left or opened.read(1):
                raise Changed(file)
    except OSError as error:
        raise Changed(file) from error
