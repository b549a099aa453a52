"""How long what is left takes, if it goes on as it lately did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import ceil, sqrt
from statistics import fmean, stdev

ACTIVE_DAYS = 7
FEWEST_DAYS = 3
LONGEST = 3 * 365
"""Beyond three years nobody can tell."""

# Student's t at 80 %, two-sided, for one to six degrees of freedom.
T80 = (3.078, 1.886, 1.638, 1.533, 1.476, 1.440)


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """`per_day` tasks got all their answers on each of the last `active` days with work.

    `until` is when the last one has them, `soonest` and `latest` with 80 % certainty, as far as
    the days were alike; `latest` is None where it is out of sight.
    """

    active: int
    per_day: float
    until: date
    soonest: date
    latest: date | None


def time_left(*, left: int, done: Mapping[date, int], today: date) -> TimeLeft | None:
    """Return when `left` tasks have their answers; None where that cannot be told.

    `done` says by day how many tasks came to have all their answers; days without work are left
    out of the pace, and counted again as the days between: 7 days of work in 14 take twice as long.
    Today is not over, so it does not count.
    """
    days = sorted(day for day, n in done.items() if n > 0 and day < today)[-ACTIVE_DAYS:]
    if len(days) < FEWEST_DAYS or left <= 0:
        return None
    counts = [done[day] for day in days]
    rest = ((today - days[0]).days) / len(days)
    mean = fmean(counts)
    margin = T80[len(days) - 2] * stdev(counts) / sqrt(len(days))
    until = _day_after(today, left / mean * rest)
    if until is None:
        return None
    slow = mean - margin
    return TimeLeft(
        active=len(days),
        per_day=mean,
        until=until,
        soonest=_day_after(today, left / (mean + margin) * rest) or until,
        latest=_day_after(today, left / slow * rest) if slow > 0 else None,
    )


def _day_after(today: date, days: float) -> date | None:
    return today + timedelta(days=ceil(days)) if days <= LONGEST else None


def steps(ends: Sequence[tuple[date, int]]) -> dict[date, int]:
    """Return by how much a count grew on each day, given what it was at the end of each."""
    return {day: count - before for (_, before), (day, count) in pairwise(ends)}
