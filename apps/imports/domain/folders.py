"""Addresses that name many objects of a bucket: all below a folder, or all that fit a pattern."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from apps.imports.domain.addresses import VERSION

WILDCARD = re.compile(r"[*?]")
SCHEME = "s3://"


@dataclass(frozen=True, slots=True)
class Folder:
    """What `s3://bucket/street/` or `s3://bucket/street/*.jpg` names.

    `text` is all after the bucket, `prefix` what every key begins with. In a pattern `*` stands
    for any letters, slashes too, and `?` for one. Keys may hold both letters as well: an object
    that is called exactly like a pattern without `*` is meant itself.
    """

    bucket: str
    text: str

    @property
    def prefix(self) -> str:
        return WILDCARD.split(self.text, maxsplit=1)[0]

    @property
    def may_be_a_key(self) -> bool:
        return "?" in self.text and "*" not in self.text and not self.text.endswith("/")

    def holds(self, key: str) -> bool:
        """Whether a key that begins with the prefix is one of those named."""
        return self.prefix == self.text or _pattern(self.text).fullmatch(key) is not None

    def address_of(self, key: str) -> str:
        return f"{SCHEME}{self.bucket}/{key}"


def folder_of(address: str) -> Folder | None:
    """The folder or pattern that an address names; None if it names one object, or is another's."""
    if address[: len(SCHEME)].lower() != SCHEME:
        return None
    bucket, _, text = address[len(SCHEME) :].partition("/")
    is_folder = not text or text.endswith("/")
    if is_folder or WILDCARD.search(VERSION.sub("", text)):
        return Folder(bucket, text)
    return None


@functools.lru_cache(maxsize=64)
def _pattern(text: str) -> re.Pattern[str]:
    """The regular expression of a pattern. Each star takes as little as it can and never gives it
    back, which is right where all that follows may stand anywhere, and takes linear time."""
    if text.endswith("/"):
        text += "*"
    first, *others = re.split(r"\*+", text)
    if not others:
        return re.compile(_literal(first), re.DOTALL)
    *middle, last = map(_literal, others)
    stars = "".join(f"(?>.*?{part})" for part in middle)
    return re.compile(f"{_literal(first)}{stars}.*{last}", re.DOTALL)


def _literal(text: str) -> str:
    return ".".join(map(re.escape, text.split("?")))
