"""Archives of annotations, with or without their images, looked into under caps.

A name within is a name: it is compared and shown, and nothing is ever written under it.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import BinaryIO

from apps.imports.domain.rows import ListRefused, RowError

ZIP = (b"PK\x03\x04", b"PK\x05\x06")
MOST_ENTRIES = 200_000
MOST_DIRECTORY = 64 * 1024 * 1024
MOST_TEXT = 256 * 1024 * 1024
MOST_IMAGE = 50_000_000
MOST_UNPACKED = 8 * 1024**3
MOST_RATIO = 250
RATIO_FROM = 64 * 1024 * 1024
END_RECORD = b"PK\x05\x06"
LONGEST_END = 65_535 + 22
PIECE = 1024 * 1024
IMAGES = (".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff", ".gif", ".avif", ".heic")
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
"""What zipfile raises for an entry: also NotImplementedError for a way of compressing that it does
not know, and RuntimeError for what is encrypted."""
DAMAGED = "The archive is damaged. Pack it once more as .zip."


class Bundle:
    """A zip file that is open. Raises ListRefused for one that is damaged, encrypted or a bomb."""

    def __init__(self, file: BinaryIO) -> None:
        _check_directory(file)
        try:
            self._zip = zipfile.ZipFile(file)
        # NotImplementedError is zipfile's for a later version of the format.
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            raise ListRefused("bad_archive", DAMAGED) from None
        entries = [entry for entry in self._zip.infolist() if not entry.is_dir()]
        _check_entries(entries)
        shown = {entry.filename: entry for entry in entries if not _is_hidden(entry.filename)}
        self._entries = {name: shown[name] for name in sorted(shown)}
        self._images = _by_last_part(name for name in self._entries if is_image(name))

    @property
    def names(self) -> list[str]:
        """All names of files, in their order."""
        return list(self._entries)

    def text(self, name: str, *, most: int = MOST_TEXT) -> Iterator[bytes]:
        """Yield the bytes of an annotation file. Raises ListRefused."""
        if self._entries[name].file_size > most:
            raise ListRefused("too_large", f"{name[:200]} is larger than {most >> 20} MB.")
        try:
            with self._zip.open(name) as file:
                yield from iter(lambda: file.read(PIECE), b"")
        except UNREADABLE:
            raise ListRefused("bad_archive", DAMAGED) from None

    def image(self, name: str) -> bytes:
        """Return the bytes of an image. Raises RowError."""
        if self._entries[name].file_size > MOST_IMAGE:
            raise RowError("too_large", f"The file is larger than {MOST_IMAGE} bytes.")
        try:
            return self._zip.read(name)
        except UNREADABLE:
            raise RowError("damaged_image", "The image is damaged within the archive.") from None

    def find_image(self, name: str) -> str:
        """The image here that a file means by a name: that of this path, else one that ends in it,
        else the only one with its last part. Its ending may be missing. Empty without one."""
        if name in self._entries and is_image(name):
            return name
        plain = name.replace("\\", "/").lstrip("./")
        last = PurePosixPath(plain).name
        found = self._images.get(last) or self._images.get(PurePosixPath(last).stem, [])
        ending = [each for each in found if _ends_in(each, plain)]
        best = ending if len(ending) == 1 else found
        return best[0] if len(best) == 1 else ""


def is_image(name: str) -> bool:
    """Whether a file is called like an image."""
    return name.lower().endswith(IMAGES)


def _ends_in(path: str, name: str) -> bool:
    return f"/{path}".endswith(f"/{name}") or f"/{PurePosixPath(path).with_suffix('')}".endswith(
        f"/{name}"
    )


def _is_hidden(name: str) -> bool:
    """Whether it is what a system left there by itself."""
    return name.startswith("__MACOSX/") or PurePosixPath(name).name.startswith(".")


def _by_last_part(names: Iterator[str]) -> Mapping[str, list[str]]:
    """Paths by the last part, with and without its ending."""
    found: dict[str, list[str]] = {}
    for name in names:
        path = PurePosixPath(name)
        for key in {path.name, path.stem}:
            found.setdefault(key, []).append(name)
    return found


def _check_directory(file: BinaryIO) -> None:
    """Read the end of the archive before its directory is, which may be larger than the memory."""
    size = file.seek(0, 2)
    file.seek(max(0, size - LONGEST_END))
    tail = file.read()
    at = tail.rfind(END_RECORD)
    if at < 0 or len(tail) < at + 22:
        raise ListRefused("bad_archive", DAMAGED)
    # Zip64 keeps larger numbers elsewhere; the zip file itself is then larger than its directory.
    directory = int.from_bytes(tail[at + 12 : at + 16], "little")
    if min(directory, size) > MOST_DIRECTORY:
        raise ListRefused("too_many_files", f"The archive has more than {MOST_ENTRIES} files.")
    file.seek(0)


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_ENTRIES:
        raise ListRefused("too_many_files", f"The archive has more than {MOST_ENTRIES} files.")
    if len({entry.filename for entry in entries}) < len(entries):
        raise ListRefused("bad_archive", "The archive has two files of one name.")
    if any(entry.flag_bits & 1 for entry in entries):
        raise ListRefused("encrypted_archive", "The archive is encrypted. Pack it without that.")
    packed = sum(entry.compress_size for entry in entries)
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MOST_UNPACKED:
        reason = f"The archive unpacks to more than {MOST_UNPACKED >> 30} GB."
        raise ListRefused("too_large", reason)
    if unpacked > RATIO_FROM and unpacked > packed * MOST_RATIO:
        reason = f"The archive unpacks to more than {MOST_RATIO} times its size, as no data does."
        raise ListRefused("too_large", reason)
