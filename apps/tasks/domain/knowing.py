"""How well somebody tells the images that are to be picked from those that are not."""

from __future__ import annotations

import math
from dataclasses import dataclass

Z = 1.959964  # the standard normal's 97.5 % point


@dataclass(frozen=True, slots=True)
class Share:
    """A part of `of` things, with its 95 % interval (Wilson's, which holds for few, too)."""

    count: int
    of: int

    @property
    def value(self) -> float | None:
        """The share; None of nothing."""
        return self.count / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's score interval (E. B. Wilson, 1927, JASA 22, 209-212)."""
        if not self.of:
            return None
        p, n = self.count / self.of, self.of
        middle = p + Z * Z / (2 * n)
        half = Z * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
        scale = 1 + Z * Z / n
        return max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale)


@dataclass(frozen=True, slots=True)
class Score:
    """What somebody said of known images: `found` of `positives`, `wrong` of `negatives`."""

    positives: int
    found: int
    negatives: int
    wrong: int

    @property
    def recall(self) -> Share:
        """Of what was to be picked, the part that was."""
        return Share(self.found, self.positives)

    @property
    def precision(self) -> Share:
        """Of what was picked, the part that was to be; it says nothing without positives."""
        return Share(self.found, self.found + self.wrong if self.positives else 0)

    @property
    def false_picks(self) -> Share:
        """Of what was not to be picked, the part that was all the same."""
        return Share(self.wrong, self.negatives)
