"""What somebody changed between two versions of their answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from apps.datasets.domain.iou import shape_iou
from apps.datasets.domain.parsing import parse_shape

Span = Mapping[str, Any]
Kind = Literal["added", "removed", "moved", "relabelled", "described", "answer", "chosen", "said"]

SAME_PLACE = 0.5
"""Shapes whose ids tell nothing are one when they overlap by so much."""

GEOMETRY = ("type", "points")


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. Of shapes `before` and `after` are spans, None where there was none or is
    none any more; of the answer, the chosen options and what was said beside it, its values."""

    kind: Kind
    before: Any
    after: Any


def changes_between(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """Return what differs between two answers as bodies: `answer`, `spans`, `accept`, `attributes`.

    Shapes first, in the order of `before`, then those that are new.
    """
    found = [*_of_spans(before["spans"], after["spans"])]
    for kind, key in (("answer", "answer"), ("chosen", "accept"), ("said", "attributes")):
        if before[key] != after[key]:
            found.append(Change(kind, before[key], after[key]))  # type: ignore[arg-type]  # a Kind
    return found


def _of_spans(before: Sequence[Span], after: Sequence[Span]) -> Iterator[Change]:
    pairs = _pairs(before, after)
    for old in before:
        new = pairs.get(old["id"])
        if new is None:
            yield Change("removed", old, None)
            continue
        if old.get("label") != new.get("label"):
            yield Change("relabelled", old, new)
        if any(old.get(key) != new.get(key) for key in GEOMETRY):
            yield Change("moved", old, new)
        if (old.get("attributes") or {}) != (new.get("attributes") or {}):
            yield Change("described", old, new)
    kept = {id(new) for new in pairs.values()}
    for new in after:
        if id(new) not in kept:
            yield Change("added", None, new)


def _pairs(before: Sequence[Span], after: Sequence[Span]) -> dict[str, Span]:
    """Map ids of old spans to the new ones: by id, the others by where they lie, best first."""
    by_id = {new["id"]: new for new in after}
    pairs = {old["id"]: by_id[old["id"]] for old in before if old["id"] in by_id}
    left = [old for old in before if old["id"] not in pairs]
    free = [new for new in after if new["id"] not in pairs]
    near = sorted(
        (-share, m, n)
        for m, old in enumerate(left)
        for n, new in enumerate(free)
        if _meet(old, new) and (share := _overlap(old, new)) >= SAME_PLACE
    )
    taken: set[int] = set()
    for _, m, n in near:
        if left[m]["id"] not in pairs and n not in taken:
            pairs[left[m]["id"]] = free[n]
            taken.add(n)
    return pairs


def _meet(one: Span, other: Span) -> bool:
    """Whether the rectangles around two shapes touch; much cheaper than how much they share."""
    return all(
        one[at] < other[at] + other[size] and other[at] < one[at] + one[size]
        for at, size in (("x", "width"), ("y", "height"))
    )


def _overlap(one: Span, other: Span) -> float:
    return shape_iou(parse_shape(one, index=0), parse_shape(other, index=0))
