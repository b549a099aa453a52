"""By how much reviewers move what was merged: step H of the README."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from apps.datasets.domain.iou import box_iou
from apps.datasets.domain.shapes import Shape
from apps.reviews.domain.columns import BoolArray
from apps.reviews.domain.geometry import Edges
from apps.reviews.domain.skills import Shift

LEAST_OBJECTS = 10
PRIOR = 20
MATCH = 0.5


def learn_shift(reviewed: Sequence[tuple[Shape, Shape]]) -> Shift | None:
    """The shift seen in pairs of merged box and what a reviewer made of it; None of too few.

    The merged boxes are to be without a shift. Pairs that overlap by less than half are taken for
    two objects. Each edge's median deviation, as a share of the side, is drawn to 0 by 20 objects.
    """
    boxes = np.array([[*merged.edges, *truth.edges] for merged, truth in reviewed])
    boxes = boxes.reshape(-1, 8)
    merged, truth = boxes[:, :4], boxes[:, 4:]
    matched = box_iou(merged, truth) >= MATCH
    count = int(matched.sum())
    if count < LEAST_OBJECTS:
        return None
    sides = np.tile(merged[:, 2:] - merged[:, :2], 2)
    median = np.median((truth - merged)[matched] / sides[matched], axis=0)
    left, top, right, bottom = (median * count / (count + PRIOR)).tolist()
    return left, top, right, bottom


def shifted(edges: Edges, shift: Shift | None, chosen: BoolArray) -> Edges:
    """The chosen edges moved by a share of the side, but not over the image's left or top."""
    if shift is None:
        return edges
    sides = edges.at[2:] - edges.at[:2]
    moved = edges.at + np.array(shift)[:, None] * np.concatenate((sides, sides))
    moved[:2] = np.maximum(moved[:2], np.minimum(edges.at[:2], 0.0))
    return replace(edges, at=np.where(chosen, moved, edges.at))
