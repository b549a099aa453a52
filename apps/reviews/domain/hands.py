"""How precisely and how far off people draw, learnt without anybody's truth: step F of the README.

Everybody is measured against a mean of the others: a residual against a mean that contains one's
own edge says that whoever weighs most errs least.
"""

from __future__ import annotations

import numpy as np

from apps.datasets.domain.iou import FloatArray
from apps.reviews.domain.columns import BoolArray, run_sizes, run_starts, totals
from apps.reviews.domain.geometry import (
    OFFSET,
    VARIANCE,
    Drawn,
    Hands,
    medians,
    scales,
    t_weight,
    unknown_hands,
)

OFFSETS = (5.0, 10.0, 20.0, 40.0, 80.0, 160.0)
FEW = 30
ROUNDS, UNBIASED_ROUNDS = 12, 2
LEAST_VARIANCE = 0.004**2
POOL, POOL_PRIOR = 8.0, 30.0
BIAS_VARIANCE, LEAST_BIAS_VARIANCE, MOST_BIAS_VARIANCE = 0.02**2, 1e-6, 0.01
STEP = 0.5
LEAST_OTHERS = 0.2


def learn_hands(drawn: Drawn, people: int, z: FloatArray, whole: BoolArray) -> Hands:
    """How people draw, from objects that are probably real (`z`), are `whole` (made of boxes alone)
    and were drawn by at least two."""
    good = ((z > 0.5) & (drawn.sizes >= 2) & whole)[drawn.object]
    drawn = _only(drawn, good)
    if not drawn.person.size:
        return unknown_hands(people)
    return _Learning(drawn, people).run()


def _only(drawn: Drawn, kept: BoolArray) -> Drawn:
    """The members that are kept: always all of an object or none."""
    owner = drawn.object[kept]
    starts = run_starts(owner)
    sizes = run_sizes(starts, owner.size)
    return Drawn(
        edges=np.ascontiguousarray(drawn.edges[:, kept]),
        person=drawn.person[kept],
        object=np.repeat(np.arange(starts.size), sizes),
        starts=starts,
        sizes=sizes,
    )


class _Learning:
    """The state of step F between its rounds; arrays are (4, N), (4, M) or (4, A)."""

    def __init__(self, drawn: Drawn, people: int) -> None:
        self.drawn, self.people = drawn, people
        self.boxes = np.bincount(drawn.person, minlength=people)
        self.at = medians(drawn)
        self.offset = _best_offset(drawn, self.at)
        self.bias = np.zeros((4, people))
        self.bias_variance = np.full((4, 1), BIAS_VARIANCE)
        self.variance = np.full((4, people), VARIANCE)
        self.pooled = np.full(4, VARIANCE)
        self.weight = np.ones_like(drawn.edges)

    def run(self) -> Hands:
        for n in range(ROUNDS):
            self._round(with_bias=n >= UNBIASED_ROUNDS)
        return Hands(self.offset, self.bias.T.copy(), self.variance.T.copy(), self.pooled)

    def _round(self, *, with_bias: bool) -> None:
        drawn, person = self.drawn, self.drawn.person
        scale = drawn.spread(scales(self.at, self.offset))
        off = (drawn.edges - drawn.spread(self.at)) / scale
        variance = self.variance.take(person, axis=1)
        weight = self.weight / variance
        total = drawn.spread(drawn.sum(weight))
        bias = self.bias.take(person, axis=1)
        if with_bias:
            self._learn_bias(bias, off - bias, variance, weight / total)
            bias = self.bias.take(person, axis=1)
        residual = off - bias
        self._learn_variance(residual**2 + 1 / total, variance)
        variance = self.variance.take(person, axis=1)
        self.weight = t_weight(residual**2, variance)
        weight = self.weight / variance
        corrected = drawn.edges - bias * scale
        self.at = drawn.sum(weight * corrected) / drawn.sum(weight)

    def _learn_bias(
        self, bias: FloatArray, residual: FloatArray, variance: FloatArray, share: FloatArray
    ) -> None:
        """Only the residual is divided by the others' share, never the bias: dividing both lets it
        grow without end."""
        others = np.clip(1 - share, LEAST_OTHERS, 1)
        residual, variance = residual / others, variance / others
        precision = t_weight(residual**2, variance) / variance
        sums = self._by_person(precision)
        target = self._by_person(precision * (bias + residual))
        shrunk = sums + 1 / self.bias_variance
        new = target / shrunk
        drew = self.boxes > 0
        spread = (new**2 + 1 / shrunk)[:, drew].mean(axis=1, keepdims=True)
        self.bias_variance = np.clip(spread, LEAST_BIAS_VARIANCE, MOST_BIAS_VARIANCE)
        self.bias = self.bias + STEP * (new - self.bias)
        centre = (sums * self.bias).sum(axis=1, keepdims=True) / sums.sum(axis=1, keepdims=True)
        self.bias = self.bias - centre

    def _learn_variance(self, squared: FloatArray, variance: FloatArray) -> None:
        sums = self._by_person(squared * t_weight(squared, variance))
        self.pooled = (sums.sum(axis=1) + POOL_PRIOR * VARIANCE) / (self.boxes.sum() + POOL_PRIOR)
        shrunk = (sums + POOL * self.pooled[:, None]) / (self.boxes + POOL)
        self.variance = np.maximum(shrunk, LEAST_VARIANCE)

    def _by_person(self, values: FloatArray) -> FloatArray:
        person = self.drawn.person
        return np.stack([totals(person, edge, self.people) for edge in values])


def _best_offset(drawn: Drawn, at: FloatArray) -> float:
    """The offset with which deviations from the median look most alike for all sizes (Laplace)."""
    if drawn.person.size < FEW:
        return OFFSET
    deviation = np.abs(drawn.edges - drawn.spread(at))
    return max(OFFSETS, key=lambda offset: _likelihood(drawn, deviation, at, offset))


def _likelihood(drawn: Drawn, deviation: FloatArray, at: FloatArray, offset: float) -> float:
    scale = drawn.spread(scales(at, offset))
    width = np.maximum((deviation / scale).mean(axis=1, keepdims=True), 1e-12)
    return float(-np.log(scale * width).sum())
