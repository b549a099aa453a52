"""Which shapes of every two annotators lie in the same place, for many images at once.

Labels play no part: whether people drew the same things and what they call them are two questions.
(`apps.datasets.domain.matching` is for two answers, and wants equal labels.)
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from apps.reviews.domain.columns import Columns, IntArray
from apps.reviews.domain.estimates import FloatArray
from apps.reviews.domain.pairs import overlapping_pairs

SAME_PLACE = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class BoxMatches:
    """Pairs of rows of the columns, by two annotators of one question, that overlap by SAME_PLACE.

    The annotator of `first` comes first in the canonical order. A shape is in at most one pair with
    each other annotator: the best pairs are joined first.
    """

    first: IntArray
    second: IntArray
    iou: FloatArray

    def __len__(self) -> int:
        return self.first.size


def match_boxes(columns: Columns) -> BoxMatches:
    """All matches, best first."""
    first, second = overlapping_pairs(columns.question, columns.edges)
    others = columns.annotator[first] != columns.annotator[second]
    first, second = first[others], second[others]
    iou = columns.overlap(first, second)
    same = iou >= SAME_PLACE
    first, second, iou = first[same], second[same], iou[same]
    order = np.lexsort((second, first, -iou))
    first, second, iou = first[order], second[order], iou[order]
    chosen = _one_to_one(*_ends(columns, first, second))
    return BoxMatches(first[chosen], second[chosen], iou[chosen])


def _ends(columns: Columns, first: IntArray, second: IntArray) -> tuple[IntArray, IntArray]:
    """The two things that a pair uses up: each shape as far as the other's annotator goes."""
    people = int(columns.annotator.max(initial=0)) + 1
    ends = (
        first * people + columns.annotator[second],
        second * people + columns.annotator[first],
    )
    compact = np.unique(np.concatenate(ends), return_inverse=True)[1]
    return compact[: first.size], compact[first.size :]


def _one_to_one(one: IntArray, other: IntArray) -> IntArray:
    """The pairs, by place, that are left when the best is taken again and again and each end only
    once; pairs come best first. Those that are best for both their ends are taken together."""
    count = int(max(one.max(initial=-1), other.max(initial=-1))) + 1
    open_pairs = np.arange(one.size)
    taken: list[IntArray] = []
    while open_pairs.size:
        best = np.full(count, one.size)
        np.minimum.at(best, one[open_pairs], open_pairs)
        np.minimum.at(best, other[open_pairs], open_pairs)
        mutual = (best[one[open_pairs]] == open_pairs) & (best[other[open_pairs]] == open_pairs)
        chosen = open_pairs[mutual]
        taken.append(chosen)
        used = np.zeros(count, np.bool_)
        used[one[chosen]] = used[other[chosen]] = True
        open_pairs = open_pairs[~used[one[open_pairs]] & ~used[other[open_pairs]]]
    return np.sort(np.concatenate([np.empty(0, np.int64), *taken]))
