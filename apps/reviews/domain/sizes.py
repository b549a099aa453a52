"""How large shapes are, as the data browser filters by it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any


def sizes_of(spans: Iterable[Mapping[str, Any]]) -> list[float]:
    """Return the square roots of the shapes' areas in pixels, smallest first.

    `reviews_size` in the database says the same of one shape.
    """
    return sorted(math.sqrt(_area(span)) for span in spans)


def _area(span: Mapping[str, Any]) -> float:
    if span["type"] == "rect":
        return float(span["width"] * span["height"])
    points: Sequence[Sequence[float]] = span["points"]
    # The shoelace formula, https://en.wikipedia.org/wiki/Shoelace_formula.
    edges = pairwise([*points, points[0]])
    return abs(sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in edges)) / 2
