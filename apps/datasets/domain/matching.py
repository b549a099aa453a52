"""Which shapes of two answers are the same object."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from apps.datasets.domain.iou import box_iou, polygon_iou, to_polygons
from apps.datasets.domain.shapes import Shape

Labelled = tuple[str, Shape]
SAME_OBJECT = 0.5
"""The overlap (IoU) from which two shapes of one label are the same object."""


def same_objects(first: Sequence[Labelled], second: Sequence[Labelled]) -> list[tuple[int, int]]:
    """The places of those that are the same: the best pairs are joined first, and nothing twice."""
    taken: tuple[set[int], set[int]] = (set(), set())
    same = []
    for _, one, other in sorted(_pairs(first, second), reverse=True):
        if one not in taken[0] and other not in taken[1]:
            taken[0].add(one)
            taken[1].add(other)
            same.append((one, other))
    return same


def _pairs(
    first: Sequence[Labelled], second: Sequence[Labelled]
) -> Iterable[tuple[float, int, int]]:
    """Pairs of one label that overlap by SAME_OBJECT, row by row: the table may be large."""
    for label in {label for label, _ in first}:
        others = [place for place, (name, _) in enumerate(second) if name == label]
        if not others:
            continue
        shapes = [second[place][1] for place in others]
        for place, (name, shape) in enumerate(first):
            if name == label:
                for near, overlap in _overlaps(shape, shapes):
                    yield overlap, place, others[near]


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
