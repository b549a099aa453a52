"""What somebody wants of an export, and in which part of the data an image falls."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Which = Literal["final", "answers", "both"]

SPLITS = ("train", "val", "test")
HASHES = 1 << 64


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """A `format` of `formats.FORMATS` and `which` answers; with the bytes of the `images`, told
    apart into `splits` (shares by name, together 1), with people's e-mail addresses as `names`."""

    format: str
    which: Which = "final"
    images: bool = False
    splits: Mapping[str, float] | None = None
    names: bool = False

    @property
    def finals(self) -> bool:
        return self.which != "answers"

    @property
    def answers(self) -> bool:
        return self.which != "final"


def are_splits(splits: Mapping[str, float]) -> bool:
    """Whether these are shares that make a whole, of parts that training code knows."""
    shares = splits.values()
    known = all(name in SPLITS for name in splits)
    return known and all(share > 0 for share in shares) and math.isclose(sum(shares), 1)


def split_of(sha256: str, splits: Mapping[str, float] | None) -> str:
    """The part in which an image is: the same one whenever its bytes are the same, whatever else
    the dataset holds. Empty where there are no parts.

    The first 64 bits of the hash, as a fraction of 1, fall into one of the shares in their order.
    """
    if splits is None:
        return ""
    named = [name for name in SPLITS if name in splits]
    place, end = int(sha256[:16], 16) / HASHES, 0.0
    for name in named:
        end += splits[name]
        if place < end:
            return name
    return named[-1]
