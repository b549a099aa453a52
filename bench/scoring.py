"""How close merged boxes come to the truth."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from apps.datasets.domain.iou import box_iou
from bench.scenes import Boxes, FloatArray, Scene

BoolArray = NDArray[np.bool_]
MATCH = 0.5
BINS = 10


@dataclass(frozen=True, slots=True)
class Score:
    """F1 over the boxes of all images together, and the mean IoU of those that match."""

    f1: float
    iou: float
    n: int


def against_truth(
    scenes: Sequence[Scene], found: Iterable[Boxes], *, overlap: float = MATCH
) -> Score:
    """What was found in the first of the scenes, or in all of them."""
    pairs = zip((scene.truth for scene in scenes), found, strict=False)
    return score(pairs, overlap=overlap)


def calibration_error(confidences: FloatArray, right: BoolArray) -> float:
    """The expected calibration error over ten bins of equal width (Guo et al. 2017): the mean gap
    between the confidence and the share that is right, weighted by how many there are."""
    bins = np.minimum((confidences * BINS).astype(np.int64), BINS - 1)
    gaps = np.bincount(bins, confidences - right)
    return float(np.abs(gaps).sum() / confidences.size)


def score(pairs: Iterable[tuple[Boxes, Boxes]], *, overlap: float = MATCH) -> Score:
    """Compare truth and result, image by image.

    Two boxes match from that IoU on with equal labels; each at most once, best pairs first.
    """
    overlaps: list[float] = []
    total = 0
    for truth, found in pairs:
        total += len(truth.labels) + len(found.labels)
        overlaps.extend(_matches(truth, found, overlap))
    mean = float(np.mean(overlaps)) if overlaps else 0.0
    return Score(2 * len(overlaps) / total if total else 0.0, mean, len(overlaps))


def _matches(truth: Boxes, found: Boxes, least: float) -> list[float]:
    overlap = _table(truth, found)
    overlap[truth.labels[:, None] != found.labels[None, :]] = 0.0
    matches: list[float] = []
    while overlap.size and (best := overlap.max()) >= least:
        row, column = np.unravel_index(overlap.argmax(), overlap.shape)
        overlap[row, :] = overlap[:, column] = 0.0
        matches.append(float(best))
    return matches


def _table(truth: Boxes, found: Boxes) -> FloatArray:
    rows, columns = len(truth.labels), len(found.labels)
    left = np.repeat(truth.edges, columns, axis=0)
    return box_iou(left, np.tile(found.edges, (rows, 1))).reshape(rows, columns)
