"""What reading a list yields: one outcome per line, good or bad."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Payload = dict[str, Any]
"""What a line says beyond its image: any of `spans`, `options`, `tiles`, `label`, `accept`, `meta`,
`priority`, `score` and `extra`, the last holding the keys that we do not know. Absent parts are
left out.

Files of other tools say besides: `answers` (`domain/answers.py`), `suggestions` of models (each
with `version`, `score`, `spans`, `accept`), the `size` of the image that they were made for, as
`relative` that coordinates are parts of its sides, and as `adds` that all this is for the image,
even if it is here already.

`tiles` are options that are images: `image` is the address, `upload` the SHA-256 of bytes that came
with the list, and `option` all else that the line says of it."""

Loads = Callable[[str], Any]
"""Parses one JSON text strictly; raises ValueError with a sentence about what is wrong."""


@dataclass(frozen=True, slots=True)
class RowRead:
    """A line that names an image, or as `tiles` several, of which `url` is the first.

    `line` counts from 1; in a JSON array it counts elements. `keys` are those of its JSON object,
    and `key` the one of them that holds the address. A line without an address says how its image
    is `named`: it is looked for among those that came with the list, or that the dataset has. One
    that came in the same archive is its `member`.
    """

    line: int
    url: str
    payload: Payload = field(default_factory=dict)
    key: str = ""
    keys: tuple[str, ...] = ()
    named: str = ""
    member: str = ""

    @property
    def addresses(self) -> list[str]:
        """What the line names, by which two lines are the same."""
        return [tile["image"] for tile in self.payload.get("tiles", [])] or [self.url]


@dataclass(frozen=True, slots=True)
class RowRefused:
    """A line that cannot be used, a stable code and a sentence that says why.

    `payload` is what else the line says, so that it can be corrected.
    """

    line: int
    code: str
    reason: str
    url: str = ""
    keys: tuple[str, ...] = ()
    payload: Payload = field(default_factory=dict)


Row = RowRead | RowRefused


class ListRefused(ValueError):
    """The list as a whole cannot be read. `columns` are those found, where none could be chosen."""

    def __init__(self, code: str, reason: str, *, columns: tuple[str, ...] = ()) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason
        self.columns = columns


class RowError(ValueError):
    """One line is wrong; the reader turns it into a RowRefused with the line's number.

    `shown` is what stood where the address should be, as far as it may be shown.
    """

    def __init__(self, code: str, reason: str, *, shown: str = "") -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason
        self.shown = shown
