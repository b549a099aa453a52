"""The shapes that are one object, as columns of numbers: who drew it, and how far they agree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from apps.datasets.domain.iou import FloatArray
from apps.reviews.domain.clusters import Clusters, cluster
from apps.reviews.domain.columns import Columns, IntArray, run_sizes, run_starts
from apps.reviews.domain.coverings import covering
from apps.reviews.domain.pairs import runs

BATCH = 3_000
"""Shapes clustered together: enough to amortise numpy's calls, few enough to stay in cache."""


@dataclass(frozen=True, slots=True)
class Groups:
    """M objects with their N members, in the canonical order of their first members.

    Members of object m are rows `rows[starts[m]:starts[m] + sizes[m]]` of the columns; `object`
    says the same the other way round. `min_iou` is the smallest overlap of two members, 1 for a
    lone one. `medoid` is the row that represents an object with an outline in it, -1 where all are
    boxes. `aside` are rows of duplicates and `stays` the rows that replace them. Box `over[n]`
    covers object `covered[n]`, as `coverings.py` says.
    """

    rows: IntArray
    object: IntArray
    starts: IntArray
    sizes: IntArray
    min_iou: FloatArray
    medoid: IntArray
    aside: IntArray
    stays: IntArray
    over: IntArray
    covered: IntArray

    def sum(self, values: FloatArray) -> FloatArray:
        """Sums over the members of each object; the last axis of `values` is theirs."""
        total: FloatArray = np.add.reduceat(values, self.starts, axis=-1)
        return total


def to_groups(columns: Columns) -> Groups:
    """The objects of all questions: steps A to C of the README."""
    parts = [_part(columns.between(low, high), low) for low, high in _batches(columns.question)]
    if len(parts) == 1:
        return parts[0]
    objects = np.cumsum([0, *(part.starts.size for part in parts)])
    members = np.cumsum([0, *(part.rows.size for part in parts)])
    offset = list(zip(parts, objects.tolist(), members.tolist(), strict=False))

    def joined(arrays: Sequence[IntArray]) -> IntArray:
        return np.concatenate(arrays) if arrays else np.empty(0, np.int64)

    return Groups(
        rows=joined([part.rows for part in parts]),
        object=joined([part.object + before for part, before, _ in offset]),
        starts=joined([part.starts + before for part, _, before in offset]),
        sizes=joined([part.sizes for part in parts]),
        min_iou=np.concatenate([np.empty(0), *(part.min_iou for part in parts)]),
        medoid=joined([part.medoid for part in parts]),
        aside=joined([part.aside for part in parts]),
        stays=joined([part.stays for part in parts]),
        over=joined([part.over for part in parts]),
        covered=joined([part.covered + before for part, before, _ in offset]),
    )


def _batches(question: IntArray) -> Iterator[tuple[int, int]]:
    """Ranges of rows of about BATCH shapes that hold whole questions."""
    low = 0
    while low < question.size:
        last = question[min(low + BATCH, question.size) - 1]
        high = int(np.searchsorted(question, last, side="right"))
        yield low, high
        low = high


def _part(columns: Columns, before: int) -> Groups:
    """The objects of a batch whose first row is row `before` of the whole."""
    clusters = cluster(columns)
    kept = np.flatnonzero(clusters.successor < 0)
    rows = kept[np.argsort(clusters.head[kept], kind="stable")]
    starts = run_starts(clusters.head[rows])
    sizes = run_sizes(starts, rows.size)
    place = np.repeat(np.arange(sizes.size), sizes)
    first, second = _pairs_within(sizes)
    overlap = columns.overlap(rows[first], rows[second])
    min_iou = np.ones(sizes.size)
    np.minimum.at(min_iou, place[first], overlap)
    medoid = np.full(sizes.size, -1)
    if columns.outlined.any():
        outlined = np.logical_or.reduceat(columns.outlined[rows], starts)
        medoids = rows[_medoids(first, second, overlap, starts, sizes)]
        medoid[outlined] = before + medoids[outlined]
    aside, stays = _replaced(clusters)
    object_of = np.full(columns.question.size, -1)
    object_of[rows] = place
    over, covered = covering(columns, clusters, object_of, sizes)
    return Groups(
        rows=rows + before,
        object=place,
        starts=starts,
        sizes=sizes,
        min_iou=min_iou,
        medoid=medoid,
        aside=aside + before,
        stays=stays + before,
        over=over + before,
        covered=covered,
    )


def _pairs_within(sizes: IntArray) -> tuple[IntArray, IntArray]:
    """All pairs of positions in the same group, groups following one another with these sizes."""
    ends = np.repeat(np.cumsum(sizes), sizes)
    places = np.arange(ends.size)
    return runs(places, ends - places - 1)


def _replaced(clusters: Clusters) -> tuple[IntArray, IntArray]:
    """The duplicates, and for each the shape that stays in its place in the end."""
    aside = np.flatnonzero(clusters.successor >= 0)
    stays = clusters.successor[aside]
    while (again := clusters.successor[stays] >= 0).any():
        stays = np.where(again, clusters.successor[stays], stays)
    return aside, stays


def _medoids(
    first: IntArray, second: IntArray, overlap: FloatArray, starts: IntArray, sizes: IntArray
) -> IntArray:
    """The position of each group's member that overlaps the others best; of equals the first."""
    count = int(sizes.sum())
    total = np.bincount(first, overlap, count) + np.bincount(second, overlap, count)
    group = np.repeat(np.arange(sizes.size), sizes)
    medoids: IntArray = np.lexsort((-total.round(9), group))[starts]
    return medoids
