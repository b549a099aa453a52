"""Figures with what they rest on: bootstrap intervals over items, and shares of few cases."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
Band = Literal["good", "tentative", "fix_guideline"]

ROUNDS = 1000
LEVEL = (0.025, 0.975)
Z = 1.959964
"""The 97.5 % point of the normal distribution."""
FEW = 20
GOOD, TENTATIVE = 0.8, 2 / 3
FEW_KINDS = 10
"""Kinds are few if there are so many items of each."""
_AT_ONCE = 2_000_000
"""Numbers drawn together, to bound the memory."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure from `n` items and its 95 % interval, which always holds it.

    None where it is not defined: nobody answered the same item, or nothing varies.
    """

    value: float | None
    low: float | None
    high: float | None
    n: int

    @property
    def band(self) -> Band | None:
        """What Krippendorff advises on reading it as an alpha: advice, not truth."""
        if self.value is None:
            return None
        if self.value >= GOOD:
            return "good"
        return "tentative" if self.value >= TENTATIVE else "fix_guideline"


@dataclass(frozen=True, slots=True)
class Share:
    """`hits` of `n` cases with Wilson's 95 % interval; None without a case."""

    hits: int
    n: int
    value: float | None
    low: float | None
    high: float | None

    @property
    def few(self) -> bool:
        """Whether there are too few cases to say anything of anybody."""
        return self.n < FEW


def share(hits: int, n: int) -> Share:
    """The share with its interval (Wilson, JASA 22, 1927), which stays within 0 and 1."""
    if not n:
        return Share(hits, n, None, None, None)
    part, spread = hits / n, Z * Z / n
    centre = (part + spread / 2) / (1 + spread)
    half = Z / (1 + spread) * math.sqrt(part * (1 - part) / n + spread / (4 * n))
    # Rounding would else put an end that is 0 or 1 beside it.
    return Share(
        hits, n, part, min(part, max(0.0, centre - half)), max(part, min(1.0, centre + half))
    )


@dataclass(frozen=True, slots=True, eq=False)
class Draws:
    """Sums over `n` items, (features,), and over as many drawn again and again, (rounds, features),
    with replacement."""

    n: int
    sums: FloatArray
    replicates: FloatArray

    def estimate(
        self, figure: Callable[[FloatArray], FloatArray], n: int | None = None
    ) -> Estimate:
        """A figure made of the sums, with its interval; `n` where not all items count.

        `figure` works along the last axis and gives NaN where it is undefined.
        """
        n = self.n if n is None else n
        value = float(figure(self.sums))
        if math.isnan(value):
            return Estimate(None, None, None, n)
        drawn = figure(self.replicates)
        drawn = drawn[~np.isnan(drawn)]
        if not drawn.size:
            return Estimate(value, None, None, n)
        low, high = np.quantile(drawn, LEVEL).tolist()
        return Estimate(value, min(low, value), max(high, value), n)


def draw(rows: FloatArray, rng: np.random.Generator, rounds: int = ROUNDS) -> Draws:
    """Bootstrap over items (Efron, 1979); rows is (items, features).

    Items that look alike are one kind, so the order of the items changes no bit.
    """
    if not len(rows):
        nothing = np.zeros((rounds, rows.shape[1]))
        return Draws(0, nothing[0], nothing)
    kinds, times = np.unique(rows, axis=0, return_counts=True)
    part = max(1, _AT_ONCE // len(rows))
    replicates = [
        _drawn(times, rng, min(part, rounds - done)).astype(np.float64).dot(kinds)
        for done in range(0, rounds, part)
    ]
    sums = (kinds * times[:, None]).sum(axis=0)
    return Draws(len(rows), sums, np.concatenate(replicates))


def _drawn(times: IntArray, rng: np.random.Generator, rounds: int) -> IntArray:
    """(rounds, kinds): how often each kind is drawn. Of few kinds their numbers are drawn, which
    costs the same for a million items; of many the items, which is ten times faster there."""
    items, kinds = int(times.sum()), times.size
    if items > FEW_KINDS * kinds:
        return rng.multinomial(items, times / items, size=rounds)
    kind = np.repeat(np.arange(kinds), times).take(rng.integers(0, items, (rounds, items)))
    kind += kinds * np.arange(rounds)[:, None]
    return np.bincount(kind.ravel(), minlength=rounds * kinds).reshape(rounds, kinds)


def ratio(above: FloatArray, below: FloatArray) -> FloatArray:
    """`above / below`; NaN where there is nothing below."""
    result = np.full(np.shape(below), np.nan)
    np.divide(above, below, out=result, where=np.abs(below) > 1e-12)
    return result
