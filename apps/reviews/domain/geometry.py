"""Where the edges of an object lie, from where people drew them: step F of the README.

Edges are (4, N): left, top, right, bottom of N members. Deviations are in units of the object's
side in that direction plus an offset, so that one figure tells how precise somebody is with small
things and large ones.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from apps.datasets.domain.iou import FloatArray
from apps.reviews.domain.columns import Columns, IntArray, totals
from apps.reviews.domain.groups import Groups

OFFSET = 40.0
LEAST_SIDE = 4.0
VARIANCE = 0.03**2
TAIL = 5.0
"""Degrees of freedom of Student's t: gross errors happen."""
ROUNDS = 5
DECIMALS = 3
"""Merged edges are told to a thousandth of a pixel."""


@dataclass(frozen=True, slots=True)
class Hands:
    """How people draw: `bias` and `variance` of each one's four edges, (A, 4), in units of the side
    plus `offset` pixels. `pooled` is the variance of anybody."""

    offset: float
    bias: FloatArray
    variance: FloatArray
    pooled: FloatArray


@dataclass(frozen=True, slots=True)
class Edges:
    """Merged edges, (4, M), the standard deviation of each in pixels, and how far `apart` those of
    the members are."""

    at: FloatArray
    sd: FloatArray
    apart: FloatArray


@dataclass(frozen=True, slots=True)
class Drawn:
    """Members' edges, (4, N), by object; whose they are; and how objects lie in the arrays."""

    edges: FloatArray
    person: IntArray
    object: IntArray
    starts: IntArray
    sizes: IntArray
    slots: IntArray = field(init=False)
    """The place of each edge of each member among the sums: all four are summed at once."""

    def __post_init__(self) -> None:
        rows = self.starts.size * np.arange(4)[:, None]
        object.__setattr__(self, "slots", (self.object + rows).reshape(-1))

    def sum(self, values: FloatArray) -> FloatArray:
        """Sums over the members of each object, (4, M)."""
        count = self.starts.size
        return totals(self.slots, values.reshape(-1), 4 * count).reshape(4, count)

    def spread(self, values: FloatArray) -> FloatArray:
        """What holds for an object, (4, M), for each of its members, (4, N)."""
        return values.take(self.object, axis=1)


def unknown_hands(people: int) -> Hands:
    """Of people of whom nothing is known."""
    variance = np.full((people, 4), VARIANCE)
    return Hands(OFFSET, np.zeros((people, 4)), variance, np.full(4, VARIANCE))


def drawn_of(columns: Columns, groups: Groups) -> Drawn:
    """The members of all objects."""
    return Drawn(
        edges=np.ascontiguousarray(columns.edges[groups.rows].T),
        person=columns.person[groups.rows],
        object=groups.object,
        starts=groups.starts,
        sizes=groups.sizes,
    )


def settle_edges(drawn: Drawn, hands: Hands) -> Edges:
    """The robust mean of each object's members, each corrected by its hand's bias and weighted by
    its precision.

    It lies between the members' edges, and so is what all members agree on. Equal weights and two
    members give the middle.
    """
    bias = hands.bias.T.take(drawn.person, axis=1)
    variance = hands.variance.T.take(drawn.person, axis=1)
    at = medians(drawn)
    for _ in range(ROUNDS):
        scale = drawn.spread(scales(at, hands.offset))
        corrected = drawn.edges - bias * scale
        residual = (corrected - drawn.spread(at)) / scale
        weight = t_weight(residual**2, variance) / variance
        total = drawn.sum(weight)
        at = drawn.sum(weight * corrected) / total
    lowest = np.minimum.reduceat(drawn.edges, drawn.starts, axis=1)
    highest = np.maximum.reduceat(drawn.edges, drawn.starts, axis=1)
    clamped = np.minimum(np.maximum(at.round(DECIMALS), lowest), highest)
    sd = scales(at, hands.offset) / np.sqrt(total)
    return Edges(_upright(drawn, clamped), sd, highest - lowest)


def _upright(drawn: Drawn, at: FloatArray) -> FloatArray:
    """The edges, or the medians where specks side by side would come out inside out: one may weigh
    more on the left and the other on the right. Medians are in order if those of all members are.
    """
    inverted = at[2:] <= at[:2]
    if not inverted.any():
        return at
    return np.where(np.concatenate((inverted, inverted)), medians(drawn), at)


def scales(at: FloatArray, offset: float) -> FloatArray:
    """The unit of each edge in pixels: its object's side in that direction, at least 4, and the
    offset."""
    sides = np.maximum(at[2:] - at[:2], LEAST_SIDE) + offset
    return np.concatenate((sides, sides))


def t_weight(squared: FloatArray, variance: FloatArray) -> FloatArray:
    """How much a deviation counts under Student's t; 1 for one of a standard deviation."""
    return (TAIL + 1) / (TAIL + squared / variance)


def medians(drawn: Drawn) -> FloatArray:
    """The median of each object's members, edge by edge, (4, M); for two it is their mean."""
    at = np.empty((4, drawn.starts.size))
    for size in sorted(set(drawn.sizes.tolist())):
        chosen = np.flatnonzero(drawn.sizes == size)
        places = drawn.starts[chosen] + np.arange(size)[:, None]
        ranked = drawn.edges.take(places, axis=1)
        if size > 2:
            ranked.sort(axis=1)
        at[:, chosen] = (ranked[:, (size - 1) // 2] + ranked[:, size // 2]) / 2
    return at
