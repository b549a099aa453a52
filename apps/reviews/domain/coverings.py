"""Where somebody drew one box over what others drew as several objects."""

from __future__ import annotations

import numpy as np

from apps.datasets.domain.iou import FloatArray
from apps.reviews.domain.clusters import Clusters
from apps.reviews.domain.columns import BoolArray, Columns, IntArray

COVERED = 0.7
"""A box covers another from this share of the other's area on; an object, from this mean of its
boxes' shares on."""


def covering(
    columns: Columns, clusters: Clusters, object_of: IntArray, sizes: IntArray
) -> tuple[IntArray, IntArray]:
    """Rows of boxes that cover at least two objects, and those objects, one pair for each.

    Whoever drew an object too did not take it for a part of the larger one: things nested in each
    other stay apart. `object_of` is the object of each row, -1 for duplicates.
    """
    share = _shared(columns, clusters.large, clusters.small)
    apart = object_of[clusters.large] != object_of[clusters.small]
    candidates = apart & (share > 0) & ~columns.outlined[clusters.large]
    large, small = clusters.large[candidates], object_of[clusters.small[candidates]]
    order = np.lexsort((small, large))
    large, small, share = large[order], small[order], share[candidates][order]
    new = np.r_[True, (large[1:] != large[:-1]) | (small[1:] != small[:-1])][: large.size]
    starts = np.flatnonzero(new)
    if not starts.size:
        return starts, starts
    large, small = large[starts], small[starts]
    covered = np.add.reduceat(share, starts) / sizes[small] >= COVERED - 1e-9
    covered[covered] = ~_drew(columns, object_of, large[covered], small[covered])
    large, small = large[covered], small[covered]
    several = np.bincount(large, minlength=columns.question.size)[large] >= 2
    return large[several], small[several]


def _shared(columns: Columns, large: IntArray, small: IntArray) -> FloatArray:
    """The share of each small box that lies in the large one."""
    one, other = columns.edges[large], columns.edges[small]
    sides = np.minimum(one[:, 2:], other[:, 2:]) - np.maximum(one[:, :2], other[:, :2])
    areas = np.prod(other[:, 2:] - other[:, :2], axis=1)
    shared = np.prod(np.maximum(sides, 0.0), axis=1)
    share: FloatArray = np.zeros(shared.size)
    np.divide(shared, areas, out=share, where=areas > 0)
    return share


def _drew(columns: Columns, object_of: IntArray, row: IntArray, thing: IntArray) -> BoolArray:
    """Whether whoever drew the row also drew a member of the object."""
    people = len(columns.people)
    drawn = object_of * people + columns.person
    return np.isin(thing * people + columns.person[row], drawn)
