"""Which slots a task needs when the number of answers that it is to get has changed."""

from __future__ import annotations

from collections.abc import Collection
from itertools import count, islice


def unused_numbers(taken: Collection[int], wanted: int) -> list[int]:
    """Return the `wanted` lowest slot numbers that are not taken."""
    return list(islice((n for n in count() if n not in taken), wanted))
