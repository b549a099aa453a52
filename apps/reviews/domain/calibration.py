"""How often objects with a given confidence are right, learnt from those that a reviewer looked at.

What a merge thinks of itself is too high: people who share an error agree on it. A small logistic
regression on reviewed objects corrects it, and knows about extent, of which the raw figure says
nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import Any, Self

import numpy as np

from apps.datasets.domain.iou import FloatArray, shape_iou
from apps.datasets.domain.shapes import Shape
from apps.reviews.domain.results import MergedObject

LEAST_REVIEWED = 30
FOLDS = 5
RIDGE = 1.0
STEPS = 30
SURE = 1e-6
"""Probabilities are taken to lie at least so far from 0 and 1."""

Features = tuple[float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A merged object that somebody looked at, by its features, and whether it was right."""

    image: str
    features: Features
    right: bool


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic curve over standardised features. `right_iou` is part of what it tells: the
    overlap with the truth from which an object is right."""

    right_iou: float
    reviewed: int
    means: Features
    scales: Features
    weights: Features
    constant: float

    def confidence(self, features: Features) -> float:
        """The probability that an object with these features is right."""
        (confidence,) = self._confidences(np.array([features])).tolist()
        return float(confidence)

    def _confidences(self, table: FloatArray) -> FloatArray:
        standard = (table - np.array(self.means)) / np.array(self.scales)
        return _logistic(standard @ np.array(self.weights) + self.constant)

    def as_dict(self) -> dict[str, Any]:
        """JSON for storage."""
        return {
            "right_iou": self.right_iou,
            "reviewed": self.reviewed,
            "means": list(self.means),
            "scales": list(self.scales),
            "weights": list(self.weights),
            "constant": self.constant,
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        """What `as_dict` wrote; raises ValueError or KeyError for anything else."""
        numbers = np.array([data["means"], data["scales"], data["weights"]], np.float64)
        if numbers.shape != (3, 5) or not np.isfinite(numbers).all() or (numbers[1] <= 0).any():
            raise ValueError("this is no calibration")
        means, scales, weights = (_five(row) for row in numbers)
        return cls(
            right_iou=float(data["right_iou"]),
            reviewed=int(data["reviewed"]),
            means=means,
            scales=scales,
            weights=weights,
            constant=float(data["constant"]),
        )


def features_of(merged: MergedObject) -> Features:
    """What the confidence of an object is made of."""
    probability = min(max(merged.confidence, SURE), 1 - SURE)
    width, height = max(merged.shape.width, 1.0), max(merged.shape.height, 1.0)
    left, top, right, bottom = merged.edge_sd
    worst = max(left / width, right / width, top / height, bottom / height, SURE)
    return (
        log(probability / (1 - probability)),
        merged.votes / merged.of,
        float(merged.votes == 1),
        log(worst),
        log(width * height) / 2,
    )


def is_right(
    merged: MergedObject, truth: Shape | None, label: str | None, *, right_iou: float
) -> bool:
    """Whether a merged object is what a reviewer made of it; None where it was deleted."""
    if truth is None:
        return False
    likely = merged.label_posterior[0][0] if merged.label_posterior else None
    return likely == label and shape_iou(merged.shape, truth) >= right_iou


def calibrate(reviewed: Sequence[Reviewed], *, right_iou: float) -> Calibration | None:
    """The curve that fits what was reviewed; None of fewer than 30 objects.

    Half an object that was right and half a one that was not, both in the middle, keep the
    constant finite where nothing was wrong.
    """
    if len(reviewed) < LEAST_REVIEWED:
        return None
    table = np.array([each.features for each in reviewed])
    means, scales = table.mean(axis=0), table.std(axis=0)
    scales = np.where(scales > 0, scales, 1.0)
    middle = np.zeros((2, table.shape[1]))
    rows = np.vstack(((table - means) / scales, middle))
    right = np.array([*(float(each.right) for each in reviewed), 1.0, 0.0])
    counts = np.r_[np.ones(len(reviewed)), 0.5, 0.5]
    constant, *weights = _fitted(rows, right, counts).tolist()
    return Calibration(
        right_iou, len(reviewed), _five(means), _five(scales), _five(weights), constant
    )


def out_of_fold(reviewed: Sequence[Reviewed], *, right_iou: float) -> list[float] | None:
    """The confidence of each reviewed object by a curve that saw none of its image.

    An audit must not be of objects that the curve was fitted to. None of too few objects.
    """
    place = {image: n for n, image in enumerate(sorted({each.image for each in reviewed}))}
    folds = [place[each.image] % FOLDS for each in reviewed]
    confidences = [0.0] * len(reviewed)
    for fold in set(folds):
        others = [each for each, its in zip(reviewed, folds, strict=True) if its != fold]
        curve = calibrate(others, right_iou=right_iou)
        if curve is None:
            return None
        for n, each in enumerate(reviewed):
            if folds[n] == fold:
                confidences[n] = curve.confidence(each.features)
    return confidences


def _fitted(rows: FloatArray, right: FloatArray, counts: FloatArray) -> FloatArray:
    """Constant and weights of a ridge logistic regression, by Newton's method; the constant is not
    drawn to 0."""
    design = np.hstack((np.ones((len(rows), 1)), rows))
    ridge = RIDGE * np.diag([0.0, *np.ones(rows.shape[1])])
    fitted = np.zeros(design.shape[1])
    for _ in range(STEPS):
        chance = _logistic(design @ fitted)
        slope = design.T @ (counts * (right - chance)) - ridge @ fitted
        curvature = (design.T * (counts * np.maximum(chance * (1 - chance), SURE))) @ design + ridge
        step = np.linalg.solve(curvature, slope)
        fitted = fitted + step / max(1.0, float(np.abs(step).max()) / 4)
        if np.abs(step).max() < SURE:
            break
    return fitted


def _logistic(values: FloatArray) -> FloatArray:
    return np.asarray(1 / (1 + np.exp(-np.clip(values, -30, 30))))


def _five(values: Sequence[float] | FloatArray) -> Features:
    first, second, third, fourth, fifth = map(float, values)
    return first, second, third, fourth, fifth
