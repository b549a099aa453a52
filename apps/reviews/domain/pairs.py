"""Which boxes of one question overlap, found by a sweep along x instead of by trying all pairs."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from apps.datasets.domain.iou import FloatArray
from apps.reviews.domain.columns import IntArray

CHUNK = 1_000_000
"""Pairs looked at together: a heap of boxes that all overlap in x must not fill the memory."""


def overlapping_pairs(question: IntArray, edges: FloatArray) -> tuple[IntArray, IntArray]:
    """All pairs (i, j), i < j, of rows in one question whose boxes share an area.

    Sorted by (i, j). O(N log N) and the number of pairs that overlap in x.
    """
    order, lengths = _runs_along_x(question, edges)
    top, bottom = edges[:, 1].take(order), edges[:, 3].take(order)
    firsts, seconds = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for low, high in _chunks(lengths):
        sizes = lengths[low:high]
        left, right = runs(np.arange(low, high), sizes)
        meet = np.repeat(top[low:high], sizes) < bottom.take(right)
        meet &= top.take(right) < np.repeat(bottom[low:high], sizes)
        found = np.flatnonzero(meet)
        first, second = order.take(left.take(found)), order.take(right.take(found))
        firsts.append(np.minimum(first, second))
        seconds.append(np.maximum(first, second))
    i, j = np.concatenate(firsts), np.concatenate(seconds)
    by_row = np.lexsort((j, i))
    return i.take(by_row), j.take(by_row)


def runs(starts: IntArray, lengths: IntArray) -> tuple[IntArray, IntArray]:
    """For each start p and its length n the pairs (p, p+1) to (p, p+n), one after the other."""
    left = np.repeat(starts, lengths)
    before = np.repeat(np.cumsum(lengths) - lengths, lengths)
    return left, left + 1 + np.arange(left.size) - before


def _runs_along_x(question: IntArray, edges: FloatArray) -> tuple[IntArray, IntArray]:
    """Rows by (question, left), and for each how many of the next begin before it ends.

    Left and right edges are ranked together. A right edge goes before a left one at the same x:
    boxes that only touch share no area.
    """
    count = question.size
    is_left = np.arange(2 * count) < count
    x = np.concatenate((edges[:, 0], edges[:, 2]))
    ranked = np.lexsort((is_left, x, np.concatenate((question, question))))
    begun = np.cumsum(is_left[ranked])
    order = ranked[is_left[ranked]]
    rights = ranked[~is_left[ranked]] - count
    begun_at_right = np.empty(count, np.int64)
    begun_at_right[rights] = begun[~is_left[ranked]]
    return order, np.maximum(begun_at_right[order] - np.arange(1, count + 1), 0)


def _chunks(lengths: IntArray) -> Iterator[tuple[int, int]]:
    """Ranges of rows whose runs together hold about CHUNK pairs; always at least one row."""
    total = np.cumsum(lengths)
    low = 0
    while low < lengths.size:
        done = int(total[low - 1]) if low else 0
        high = max(int(np.searchsorted(total, done + CHUNK, side="right")), low + 1)
        yield low, high
        low = high
