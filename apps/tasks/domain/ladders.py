"""How scores are spread, in even steps, so that a task can stand among the others at random."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

STEPS = 100
SHIFTED = 0.05
"""From so large a part of the tasks on that stands elsewhere, a new ladder is worth its moves."""

Ladder = list[float | None]
INFINITE = float("inf")


def ladder_of(scores: Sequence[float], *, unscored: int) -> Ladder:
    """Return the scores in the middles of STEPS even steps, lowest first, None for tasks without.

    Of no scores at all an empty one.
    """
    if not scores:
        return []
    ranked: Ladder = [*sorted(scores), *[None] * unscored]
    return [ranked[(2 * step + 1) * len(ranked) // (2 * STEPS)] for step in range(STEPS)]


def has_shifted(old: Ladder, new: Ladder) -> bool:
    """Whether tasks drawn by the old ladder would no longer stand evenly among the others."""
    if not old or not new:
        return old != new
    before, now = ([INFINITE if s is None else s for s in each] for each in (old, new))
    return any(
        abs(bisect_right(before, score) - bisect_right(now, score)) > SHIFTED * STEPS
        for score in (*before, *now)
    )
