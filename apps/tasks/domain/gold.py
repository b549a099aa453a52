"""How an answer compares with the known truth."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from apps.datasets.domain.iou import box_iou, polygon_iou, to_polygons
from apps.datasets.domain.shapes import Shape

Asks = Literal["verdict", "one", "several", "shapes"]
"""What there is to say beside accept, reject and ignore: one option, several, shapes, nothing."""

Labelled = tuple[str, Shape]
SAME_OBJECT = 0.5
"""The overlap (IoU) from which two shapes of one label are the same object."""


@dataclass(frozen=True, slots=True)
class Said:
    """An answer: its verdict, the options picked, and shapes with the keys of their labels."""

    answer: str
    accept: Sequence[int | str] = ()
    shapes: Sequence[Labelled] = ()


def score_answer(truth: Said, said: Said, *, asks: Asks) -> float:
    """Return how far `said` is the truth, from 0 to 1; 1 is right.

    Another verdict is worth nothing. Only an accepting answer says more than its verdict: one
    option is right or wrong; of several the shared part of all that either picked counts (Jaccard);
    of shapes F1, where a shape is found if one of the same label overlaps it by half or more.
    """
    if said.answer != truth.answer:
        return 0.0
    if truth.answer != "accept" or asks == "verdict":
        return 1.0
    if asks == "shapes":
        return _f1(truth.shapes, said.shapes)
    picked, right = _typed(said.accept), _typed(truth.accept)
    if asks == "one":
        return float(picked == right)
    return len(picked & right) / len(picked | right) if picked | right else 1.0


def _typed(options: Iterable[int | str]) -> set[tuple[type, int | str]]:
    # 1 and "1" are two options.
    return {(type(option), option) for option in options}


def _f1(truth: Sequence[Labelled], said: Sequence[Labelled]) -> float:
    if not truth and not said:
        return 1.0
    return 2 * _found(truth, said) / (len(truth) + len(said))


def _found(truth: Sequence[Labelled], said: Sequence[Labelled]) -> int:
    """How many shapes of the truth have one of their own among those drawn.

    The best pairs are joined first, and nothing twice.
    """
    pairs = sorted(_pairs(truth, said), reverse=True)
    taken: tuple[set[int], set[int]] = (set(), set())
    for _, place, drawn in pairs:
        if place not in taken[0] and drawn not in taken[1]:
            taken[0].add(place)
            taken[1].add(drawn)
    return len(taken[0])


def _pairs(truth: Sequence[Labelled], said: Sequence[Labelled]) -> Iterable[tuple[float, int, int]]:
    """Pairs of one label that overlap by SAME_OBJECT, row by row: the table may be large."""
    for label in {label for label, _ in truth}:
        drawn = [place for place, (name, _) in enumerate(said) if name == label]
        if not drawn:
            continue
        shapes = [said[place][1] for place in drawn]
        for place, (name, shape) in enumerate(truth):
            if name == label:
                for near, overlap in _overlaps(shape, shapes):
                    yield overlap, place, drawn[near]


def _overlaps(shape: Shape, others: Sequence[Shape]) -> Iterable[tuple[int, float]]:
    """The others that are the same object as `shape`, and their overlap.

    Outlines are compared only where the boxes around them meet, since that takes long.
    """
    edges = np.array([other.edges for other in others])
    around = box_iou(np.broadcast_to(np.array(shape.edges), edges.shape), edges)
    for near in map(int, np.flatnonzero(around > 0)):
        overlap = float(around[near])
        if not shape.type == others[near].type == "rect":
            overlap = float(polygon_iou(to_polygons([shape]), to_polygons([others[near]]))[0])
        if overlap >= SAME_OBJECT:
            yield near, overlap
