"""Where somebody drew one box over what others drew as several objects."""

from __future__ import annotations

import numpy as np

from apps.datasets.domain.iou import FloatArray, box_area, shared_area
from apps.reviews.domain.clusters import Clusters
from apps.reviews.domain.columns import BoolArray, Columns, IntArray, run_starts

COVERED = 0.7
"""A box covers another from this share of the other's area on; an object, from this mean of its
boxes' shares on."""
LARGER = 0.6
"""A box that is one of an object's covers the others of it if they are smaller than this share of
it: so far apart, they are hardly meant for the same."""


def covering(
    columns: Columns, clusters: Clusters, object_of: IntArray, sizes: IntArray
) -> tuple[IntArray, IntArray]:
    """Rows of boxes that cover at least two objects, and those objects, one pair for each.

    Whoever drew an object too did not take it for a part of the larger one: things nested in each
    other stay apart. `object_of` is the object of each row, -1 for duplicates.
    """
    large, small = clusters.large, clusters.small
    own = object_of[large] == object_of[small]
    if own.all():
        return large[:0], small[:0]
    candidates = ~columns.outlined[large]
    candidates[own] &= _larger(columns, large[own], small[own])
    large, small = large[candidates], small[candidates]
    if not large.size:
        return large, small
    share, thing = _shared(columns, large, small), object_of[small]
    order = np.lexsort((thing, large))
    large, thing, share = large[order], thing[order], share[order]
    starts = run_starts(large, thing)
    large, thing = large[starts], thing[starts]
    own = object_of[large] == thing
    covered = np.add.reduceat(share, starts) / (sizes[thing] - own) >= COVERED - 1e-9
    if np.bincount(large[covered], minlength=1).max() < 2:
        return large[:0], thing[:0]
    covered &= own | ~_drew(columns, object_of, large, thing)
    large, thing = large[covered], thing[covered]
    several = np.bincount(large, minlength=columns.question.size)[large] >= 2
    return large[several], thing[several]


def _shared(columns: Columns, large: IntArray, small: IntArray) -> FloatArray:
    """The share of each small box that lies in the large one."""
    one, other = columns.edges.take(large, axis=0), columns.edges.take(small, axis=0)
    areas = box_area(other)
    share: FloatArray = np.zeros(areas.size)
    np.divide(shared_area(one, other), areas, out=share, where=areas > 0)
    return share


def _larger(columns: Columns, large: IntArray, small: IntArray) -> BoolArray:
    areas = box_area(columns.edges)
    larger: BoolArray = areas[small] <= LARGER * areas[large]
    return larger


def _drew(columns: Columns, object_of: IntArray, row: IntArray, thing: IntArray) -> BoolArray:
    """Whether whoever drew the row also drew a member of the object."""
    people = len(columns.people)
    drawn = object_of * people + columns.person
    return np.isin(thing * people + columns.person[row], drawn)
