"""How scores are spread, in even steps, so that a task can stand among the others at random."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

STEPS = 100
MIDDLES = [(2 * step + 1) / (2 * STEPS) for step in range(STEPS)]
"""Which part of all tasks has at most the score of each step, lowest first."""
SHIFTED = 0.05
"""From so large a part of the tasks on that stands elsewhere, a new ladder is worth its moves."""

Ladder = Sequence[float | None]
"""The scores in the middles of STEPS even steps, lowest first, None for tasks without; of no scores
at all an empty one."""
INFINITE = float("inf")


def has_shifted(old: Ladder, new: Ladder) -> bool:
    """Whether tasks drawn by the old ladder would no longer stand evenly among the others."""
    if not old or not new:
        return bool(old or new)
    before, now = ([INFINITE if s is None else s for s in each] for each in (old, new))
    return any(
        abs(bisect_right(before, score) - bisect_right(now, score)) > SHIFTED * STEPS
        for score in (*before, *now)
    )
