"""Which settings of gold a dataset accepts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from apps.datasets.config import GoldPolicy
from apps.datasets.setting_values import RuleError, read_each, read_flag, read_part, read_whole

HIGHEST_RATE = 0.5
"""Beyond, people would do more of what is known than of what is not."""
MOST_PER_DAY = 1000


def read_gold(value: Any) -> GoldPolicy:
    """How often people are shown gold, and whether they are told."""
    return GoldPolicy(**read_each(READERS, value))


def _rate(value: Any) -> float:
    rate = read_part(value)
    if rate > HIGHEST_RATE:
        raise RuleError(f"At most {HIGHEST_RATE:g} of the tasks can be gold.")
    return rate


READERS: Mapping[str, Callable[[Any], Any]] = {
    "rate": _rate,
    "per_day": lambda value: read_whole(value, least=1, most=MOST_PER_DAY),
    "feedback": read_flag,
}
