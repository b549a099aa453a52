"""Which proposals a reviewer has looked at, and which of them turned out to be right."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from apps.datasets.domain.matching import Labelled, same_objects
from apps.datasets.domain.parsing import parse_shape

Span = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Judged:
    """A merged object as it is stored, and whether the reviewer found it right."""

    merged: Mapping[str, Any]
    right: bool


def judged_objects(
    objects: Sequence[Mapping[str, Any]], *, disputed: Collection[int], truth: Sequence[Span]
) -> list[Judged]:
    """The objects of a reviewed merge on which the reviewer has a word, by their place.

    `truth` are the final spans, their labels given as the merge gives them; an object is right if
    one of the same label overlaps it by half. Where there are conflicts, the reviewer is led from
    one to the next: only the objects in them count. Without any the whole image was looked at.
    """
    shown = [n for n in range(len(objects)) if not disputed or n in disputed]
    proposed = [_labelled(objects[n]["span"]) for n in shown]
    same = same_objects(proposed, [_labelled(span) for span in truth])
    right = {place for place, _ in same}
    return [Judged(objects[n], place in right) for place, n in enumerate(shown)]


def _labelled(span: Span) -> Labelled:
    return str(span.get("label") or ""), parse_shape(span, index=0)
