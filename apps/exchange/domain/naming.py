"""Names for files that any system can bear, whatever the images were called."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath
from posixpath import splitext

UNSAFE = re.compile(
    r'[\x00-\x1f\x7f-\x9f<>:"|?*\\/'
    r"\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+"
)
"""What a path or a command takes for something else, and what hides how a name is read."""

DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)", re.IGNORECASE)
"""Names that Windows keeps for itself, with any ending."""

LONGEST_NAME = 150
MOST_BYTES = 200
"""Most systems take 255 bytes; the rest is for a number and another ending."""

SUFFIXES = {
    "image/jpeg": (".jpg", ".jpeg", ".jpe", ".jfif"),
    "image/png": (".png",),
    "image/webp": (".webp",),
    "image/gif": (".gif",),
}


class FileNames:
    """Gives out names, each unlike all others even where neither case nor the ending counts: a
    file of labels is called as its image. Keeps about 100 bytes for each name."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def give(self, wanted: str, *, number: int) -> str:
        """A name like `wanted`, or with `number` in it, if that is taken."""
        stem, suffix = splitext(safe_name(wanted))
        while (key := _key(stem)) in self._taken:
            stem = f"{stem}-{number}"
        self._taken.add(key)
        return stem + suffix


def safe_name(name: str) -> str:
    """The name as a file of any system can bear it, never a path."""
    plain = UNSAFE.sub("_", unicodedata.normalize("NFC", name)).strip(". ")
    short = plain[-LONGEST_NAME:].encode()[-MOST_BYTES:].decode(errors="ignore").strip(". ")
    return f"_{short}" if DEVICES.match(short) else short or "image"


def with_suffix_of(name: str, media_type: str) -> str:
    """The name with an ending that tells what the bytes are."""
    fitting = SUFFIXES[media_type]
    path = PurePosixPath(name)
    return name if path.suffix.lower() in fitting else f"{path.stem}{fitting[0]}"


def _key(stem: str) -> str:
    """Where file systems tell no case apart, they tell no compatible letters apart either."""
    return unicodedata.normalize("NFKC", stem).casefold()
