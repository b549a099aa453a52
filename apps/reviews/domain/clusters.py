"""Which shapes of several annotators are one object: steps A to C of the README.

Labels do not decide, they only break near-ties: two people who disagree on what a thing is have
still seen one thing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from apps.datasets.domain.iou import FloatArray, box_area
from apps.reviews.domain.columns import BoolArray, Columns, IntArray, run_starts
from apps.reviews.domain.pairs import overlapping_pairs

DUPLICATE_IOU = 0.9
GROWTH = 2.0
"""Pixels added to each side before comparing, so that small objects survive a shaky hand."""
MIN_IOU = 0.05
"""A pair below it counts as 0 in every average."""
MIN_MEAN_IOU = 0.4
"""Average linkage stops here."""
LABEL_BONUS = 0.15
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Clusters:
    """Per shape: `head`, the first shape of its cluster, and `successor`, which is -1 or the later
    shape of the same annotator that replaces this one as a duplicate. Shape `large[n]` and shape
    `small[n]`, by two annotators, share a part of the image; duplicates are not among them."""

    head: IntArray
    successor: IntArray
    large: IntArray
    small: IntArray


def cluster(columns: Columns, *, growth: float = GROWTH) -> Clusters:
    """Clusters hold at most one shape of each annotator, and never shapes of two questions."""
    first, second = overlapping_pairs(columns.question, columns.grown(growth))
    same_hand = columns.annotator[first] == columns.annotator[second]
    successor = _successors(columns, first[same_hand], second[same_hand])
    kept = ~same_hand & (successor[first] < 0) & (successor[second] < 0)
    first, second = first[kept], second[kept]
    large, small = _by_size(columns, first, second)
    overlap = columns.overlap(first, second, growth)
    close = overlap >= MIN_IOU
    first, second, overlap = first[close], second[close], overlap[close]
    alike = columns.label[first] == columns.label[second]
    pairs = _Pairs(first, second, overlap, overlap + LABEL_BONUS * alike)
    return Clusters(_average_link(pairs, columns.annotator), successor, large, small)


def _by_size(columns: Columns, first: IntArray, second: IntArray) -> tuple[IntArray, IntArray]:
    areas = box_area(columns.edges)
    larger = areas[first] >= areas[second]
    return np.where(larger, first, second), np.where(larger, second, first)


def _successors(columns: Columns, first: IntArray, second: IntArray) -> IntArray:
    """Step A. Of two like shapes by one hand the later stays; a lone annotator keeps both, since
    nobody else is there to be merged with."""
    candidates = (columns.label[first] == columns.label[second]) & (columns.team[first] > 1)
    first, second = first[candidates], second[candidates]
    doubled = columns.overlap(first, second) >= DUPLICATE_IOU
    successor = np.full(columns.question.size, -1, np.int64)
    successor[first[doubled]] = second[doubled]  # sorted, so the last successor wins
    return successor


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Pairs of clusters, known by their heads, a < b; the sums over their cross pairs of shapes."""

    a: IntArray
    b: IntArray
    overlap: FloatArray
    score: FloatArray

    def where(self, chosen: BoolArray) -> _Pairs:
        places = np.flatnonzero(chosen)
        return _Pairs(
            self.a.take(places),
            self.b.take(places),
            self.overlap.take(places),
            self.score.take(places),
        )

    def and_also(self, other: _Pairs) -> _Pairs:
        return _Pairs(
            np.concatenate((self.a, other.a)),
            np.concatenate((self.b, other.b)),
            np.concatenate((self.overlap, other.overlap)),
            np.concatenate((self.score, other.score)),
        )


def _average_link(pairs: _Pairs, annotator: IntArray) -> IntArray:
    """Step C: rounds in which every two clusters that are each other's best partner merge.

    This is average linkage, which merges the best pair of all again and again, apart from ties and
    from the rare pair that a merge elsewhere lifts over MIN_MEAN_IOU: otherwise no merge makes a
    partner better than the best one was. A round costs a few vector operations for all questions
    at once, and five annotators need about six.
    """
    count = annotator.size
    head, size, members = np.arange(count), np.ones(count, np.int64), _bit_sets(annotator)
    while True:
        room = size[pairs.a] * size[pairs.b]
        allowed = np.flatnonzero(pairs.overlap / room >= MIN_MEAN_IOU - _ROUNDING)
        if not allowed.size:
            return head
        score = (pairs.score[allowed] / room[allowed]).round(9)
        chosen = allowed[_mutual_best(pairs.a[allowed], pairs.b[allowed], score, count)]
        a, b = pairs.a[chosen], pairs.b[chosen]
        parent = np.arange(count)
        parent[b] = a
        head = parent[head]
        size[a] += size[b]
        members[a] |= members[b]
        pairs = _after_merge(pairs, parent, np.concatenate((a, b)), members)


def _bit_sets(annotator: IntArray) -> NDArray[np.uint64]:
    """(N, words): the set that holds this annotator alone, 64 annotators per word."""
    words = int(annotator.max(initial=0)) // 64 + 1
    bits = np.zeros((annotator.size, words), np.uint64)
    bit = np.left_shift(np.uint64(1), (annotator % 64).astype(np.uint64))
    bits[np.arange(annotator.size), annotator // 64] = bit
    return bits


def _mutual_best(a: IntArray, b: IntArray, score: FloatArray, count: int) -> IntArray:
    """The pairs that are best for both ends; of equally good ones the smallest (a, b) is best."""
    order = np.lexsort((b, a, -score))
    rank = np.arange(order.size)
    best = np.full(count, order.size)
    np.minimum.at(best, a[order], rank)
    np.minimum.at(best, b[order], rank)
    mutual = (best[a[order]] == rank) & (best[b[order]] == rank)
    mutual_pairs: IntArray = order[mutual]
    return mutual_pairs


def _after_merge(
    pairs: _Pairs, parent: IntArray, merged: IntArray, members: NDArray[np.uint64]
) -> _Pairs:
    """The pairs between the clusters that are left: sums of pairs that fell together, without
    pairs that now share an annotator. Those that no merge touched stay as they are."""
    changed = np.zeros(parent.size, np.bool_)
    changed[merged] = True
    touched = changed[pairs.a] | changed[pairs.b]
    moved = pairs.where(touched)
    one, other = parent[moved.a], parent[moved.b]
    disjoint = ~(members[one] & members[other]).any(axis=1)
    a, b = np.minimum(one, other)[disjoint], np.maximum(one, other)[disjoint]
    order = np.lexsort((b, a))
    a, b = a[order], b[order]
    starts = run_starts(a, b)
    if not starts.size:
        return pairs.where(~touched)
    overlap = np.add.reduceat(moved.overlap[disjoint][order], starts)
    score = np.add.reduceat(moved.score[disjoint][order], starts)
    return pairs.where(~touched).and_also(_Pairs(a[starts], b[starts], overlap, score))
