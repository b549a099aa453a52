"""What changed between two texts, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

CONTEXT = 2

Change = Literal["same", "added", "removed", "skipped"]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of either text; `skipped` stands for lines that are the same in both."""

    change: Change
    text: str = ""


def changed_lines(before: str, after: str) -> list[Line]:
    """Return what was removed and added, with two lines around; empty for equal texts."""
    old, new = before.splitlines(), after.splitlines()
    lines: list[Line] = []
    for group in SequenceMatcher(None, old, new).get_grouped_opcodes(CONTEXT):
        if group[0][1] > 0:
            lines.append(Line("skipped"))
        for tag, i1, i2, j1, j2 in group:
            lines.extend(_lines(tag, old[i1:i2], new[j1:j2]))
    return lines


def _lines(tag: str, old: list[str], new: list[str]) -> Iterator[Line]:
    if tag == "equal":
        yield from (Line("same", text) for text in old)
        return
    yield from (Line("removed", text) for text in old)
    yield from (Line("added", text) for text in new)
