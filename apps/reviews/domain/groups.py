"""The geometry of clusters: where the edges of their members lie, and how far they agree."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from apps.datasets.domain.iou import FloatArray
from apps.reviews.domain.clusters import Clusters
from apps.reviews.domain.columns import Columns, IntArray
from apps.reviews.domain.pairs import runs

EXTENT_IOU = 0.6
EXTENT_SD = 0.05
"""Extent is in dispute below this overlap of two members, or above this share of the side as the
standard deviation of an edge."""

Edges = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Group:
    """The shapes of one object, by row in canonical order.

    `edges` are the medians of the members' edges, which for two are the means; `sd` their standard
    deviations. `min_iou` is the smallest overlap of two members, 1 for a lone one. `medoid` is the
    row that represents a group with an outline in it, None for a group of boxes alone.
    """

    rows: tuple[int, ...]
    edges: Edges
    sd: Edges
    min_iou: float
    medoid: int | None
    extent_disputed: bool


def to_groups(columns: Columns, clusters: Clusters) -> list[Group]:
    """The groups of at least one shape, in the order of their first rows; duplicates are left out.

    A median lies within its members' range, so the merged edge needs no clamp.
    """
    kept = np.flatnonzero(clusters.successor < 0)
    rows = kept[np.argsort(clusters.head[kept], kind="stable")]
    head = clusters.head[rows]
    starts = np.flatnonzero(np.r_[True, head[1:] != head[:-1]])
    sizes = np.diff(np.r_[starts, rows.size])
    edges, sd = _edges(columns.edges[rows], starts, sizes)
    first, second = _pairs_within(sizes)
    overlap = columns.overlap(rows[first], rows[second])
    min_iou = np.ones(sizes.size)
    group = np.repeat(np.arange(sizes.size), sizes)
    np.minimum.at(min_iou, group[first], overlap)
    outlined = np.logical_or.reduceat(columns.outlined[rows], starts)
    medoids = np.where(outlined, rows[_medoids(first, second, overlap, starts, sizes)], -1)
    sides = np.tile(edges[:, 2:] - edges[:, :2], 2)
    scattered = ~outlined & (sd > EXTENT_SD * sides).any(axis=1)
    return [
        Group(tuple(members), tuple(at), tuple(by), low, None if row < 0 else row, disputed)
        for members, at, by, low, row, disputed in zip(
            (part.tolist() for part in np.split(rows, starts[1:])),
            edges.tolist(),
            sd.tolist(),
            min_iou.tolist(),
            medoids.tolist(),
            ((min_iou < EXTENT_IOU) | scattered).tolist(),
            strict=True,
        )
    ]


def _pairs_within(sizes: IntArray) -> tuple[IntArray, IntArray]:
    """All pairs of positions in the same group, groups following one another with these sizes."""
    ends = np.repeat(np.cumsum(sizes), sizes)
    places = np.arange(ends.size)
    return runs(places, ends - places - 1)


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


def _medoids(
    first: IntArray, second: IntArray, overlap: FloatArray, starts: IntArray, sizes: IntArray
) -> IntArray:
    """The position of each group's member that overlaps the others best; of equals the first."""
    count = int(sizes.sum())
    total = np.bincount(first, overlap, count) + np.bincount(second, overlap, count)
    group = np.repeat(np.arange(sizes.size), sizes)
    medoids: IntArray = np.lexsort((-total.round(9), group))[starts]
    return medoids
