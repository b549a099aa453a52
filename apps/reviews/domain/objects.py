"""From clusters to objects: one shape and one label for each, and what is in dispute about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from apps.datasets.domain.iou import FloatArray
from apps.datasets.domain.shapes import Shape, rectangle
from apps.reviews.domain.answers import AnnotatorAnswer
from apps.reviews.domain.clusters import Clusters, cluster
from apps.reviews.domain.columns import Columns, IntArray, to_columns
from apps.reviews.domain.extras import shared_extra
from apps.reviews.domain.pairs import runs
from apps.reviews.domain.results import Dispute, Member, MergedObject

BATCH = 3_000
"""Shapes clustered together: enough to amortise numpy's calls, few enough to stay in cache."""
EXTENT_IOU = 0.6
EXTENT_SD = 0.05
"""Extent is in dispute below this overlap of two members, or above this share of the side as the
standard deviation of an edge."""


def merge_objects(
    questions: Sequence[Sequence[AnnotatorAnswer]],
) -> list[tuple[MergedObject, ...]]:
    """The objects of each question, merged from the shapes of its answers, one per annotator.

    An answer without shapes counts: its annotator saw nothing. Objects come in the canonical order
    of their first member, so the order of the input does not matter.
    """
    merged: list[tuple[MergedObject, ...]] = []
    for batch in _batches(questions):
        found: list[list[MergedObject]] = [[] for _ in batch]
        columns = to_columns(batch)
        if columns.marks:
            groups = _Groups.of(columns, cluster(columns))
            for n, question in enumerate(columns.question[groups.heads].tolist()):
                found[question].append(groups.object(n))
        merged.extend(tuple(objects) for objects in found)
    return merged


def _batches(
    questions: Sequence[Sequence[AnnotatorAnswer]],
) -> Iterator[Sequence[Sequence[AnnotatorAnswer]]]:
    low, load = 0, 0
    for n, answers in enumerate(questions):
        load += sum(len(answer.marks) for answer in answers)
        if load >= BATCH:
            yield questions[low : n + 1]
            low, load = n + 1, 0
    yield questions[low:]


@dataclass(frozen=True, slots=True)
class _Groups:
    """M groups of shapes: `rows[starts[n] : starts[n] + sizes[n]]` are those of object n.

    `edges` is (M, 4): the median of each edge, which for two is their mean. `sd` is (M, 4) too.
    """

    columns: Columns
    duplicates: dict[int, list[int]]
    rows: IntArray
    starts: IntArray
    sizes: IntArray
    edges: FloatArray
    sd: FloatArray
    pair_iou: FloatArray
    pair_starts: IntArray

    @property
    def heads(self) -> IntArray:
        """The first row of each object."""
        return self.rows[self.starts]

    @classmethod
    def of(cls, columns: Columns, clusters: Clusters) -> _Groups:
        kept = np.flatnonzero(clusters.successor < 0)
        rows = kept[np.argsort(clusters.head[kept], kind="stable")]
        head = clusters.head[rows]
        starts = np.flatnonzero(np.r_[True, head[1:] != head[:-1]])
        sizes = np.diff(np.r_[starts, rows.size])
        place = np.arange(rows.size) - np.repeat(starts, sizes)
        left, right = runs(np.arange(rows.size), np.repeat(sizes, sizes) - place - 1)
        pairs = sizes * (sizes - 1) // 2
        edges, sd = _edges(columns.edges[rows], starts, sizes)
        return cls(
            columns=columns,
            duplicates=_duplicates(clusters.successor),
            rows=rows,
            starts=starts,
            sizes=sizes,
            edges=edges,
            sd=sd,
            pair_iou=columns.overlap(rows[left], rows[right]),
            pair_starts=np.cumsum(pairs) - pairs,
        )

    def object(self, n: int) -> MergedObject:
        """Object n as others see it."""
        columns = self.columns
        size = int(self.sizes[n])
        rows: list[int] = self.rows[self.starts[n] : self.starts[n] + size].tolist()
        marks = [columns.marks[row] for row in rows]
        labels = Counter(mark.label for mark in marks if mark.label is not None)
        label_votes = tuple(sorted(labels.items(), key=lambda item: (-item[1], item[0])))
        leading = label_votes[0][1] if label_votes else size
        tied = len(label_votes) > 1 and label_votes[1][1] == leading
        of = int(columns.team[rows[0]])
        duplicates = tuple(
            self.member(row) for each in rows for row in self.duplicates.get(each, ())
        )
        return MergedObject(
            shape=self.shape(n, rows),
            label=label_votes[0][0] if label_votes and not tied else None,
            label_votes=label_votes,
            votes=size,
            of=of,
            confidence=leading / of,
            disputed=self.disputed(n, rows, of=of, labels=len(labels), doubled=bool(duplicates)),
            members=tuple(self.member(row) for row in rows),
            duplicates=duplicates,
            min_iou=float(self.ious(n).min()) if size > 1 else None,
            edge_sd=_four(self.sd[n]) if size > 1 else None,
            extra=shared_extra([mark.extra for mark in marks]),
        )

    def member(self, row: int) -> Member:
        return Member(self.columns.names[row], self.columns.marks[row].id)

    def ious(self, n: int) -> FloatArray:
        """The overlaps of all pairs of members, in the order (0, 1), (0, 2), ... (1, 2), ..."""
        size = int(self.sizes[n])
        start = int(self.pair_starts[n])
        return self.pair_iou[start : start + size * (size - 1) // 2]

    def shape(self, n: int, rows: list[int]) -> Shape:
        """Boxes merge edge by edge; as soon as an outline takes part, the medoid stands for all."""
        if self.columns.outlined[rows].any():
            return self.columns.marks[rows[_medoid(len(rows), self.ious(n))]].shape
        first = self.columns.marks[rows[0]].shape
        left, top, right, bottom = _four(self.edges[n])
        # Not rebuilt from its edges, or rounding would move the box that all agree on.
        if (left, top, right, bottom) == first.edges:
            return first
        return rectangle(left, top, right - left, bottom - top)

    def disputed(
        self, n: int, rows: list[int], *, of: int, labels: int, doubled: bool
    ) -> tuple[Dispute, ...]:
        findings: tuple[tuple[Dispute, bool], ...] = (
            ("existence", len(rows) < of),
            ("label", labels > 1),
            ("extent", self.extent_disputed(n, rows)),
            ("duplicate", doubled),
        )
        return tuple(dispute for dispute, found in findings if found)

    def extent_disputed(self, n: int, rows: list[int]) -> bool:
        if len(rows) == 1:
            return False
        if self.ious(n).min() < EXTENT_IOU:
            return True
        left, top, right, bottom = self.edges[n]
        sides = np.array([right - left, bottom - top, right - left, bottom - top])
        boxes = not self.columns.outlined[rows].any()
        return boxes and bool((self.sd[n] > EXTENT_SD * sides).any())


def _four(row: FloatArray) -> tuple[float, float, float, float]:
    left, top, right, bottom = row.tolist()
    return left, top, right, bottom


def _edges(edges: FloatArray, starts: IntArray, sizes: IntArray) -> tuple[FloatArray, FloatArray]:
    """Median and standard deviation of each edge of each group; edges is (rows, 4) by group."""
    group = np.repeat(np.arange(sizes.size), sizes)
    low, high = starts + (sizes - 1) // 2, starts + sizes // 2
    median = np.empty((sizes.size, 4))
    for edge in range(4):
        ranked = edges[np.lexsort((edges[:, edge], group)), edge]
        median[:, edge] = (ranked[low] + ranked[high]) / 2
    mean = np.add.reduceat(edges, starts, axis=0) / sizes[:, None]
    variance = np.add.reduceat((edges - mean[group]) ** 2, starts, axis=0) / sizes[:, None]
    return median, np.sqrt(variance)


def _medoid(size: int, ious: FloatArray) -> int:
    """The member that overlaps the others best; the first of equally good ones."""
    first, second = runs(np.arange(size), size - 1 - np.arange(size))
    total = np.bincount(first, ious, size) + np.bincount(second, ious, size)
    return int(np.argmax(np.round(total, 9)))


def _duplicates(successor: IntArray) -> dict[int, list[int]]:
    """For each shape that stays, those that it replaces."""
    replaced: dict[int, list[int]] = {}
    for row in np.flatnonzero(successor >= 0).tolist():
        stays = row
        while successor[stays] >= 0:
            stays = int(successor[stays])
        replaced.setdefault(stays, []).append(row)
    return replaced
