"""How long to wait before something is tried again."""

from __future__ import annotations

import random

LONGEST_PAUSE = 60.0


def pause_after(attempts: int, asked: float | None) -> float:
    """Return 2, 4, 8, ... seconds, spread so that what failed together does not return together;
    longer where the peer asked for it, up to a minute."""
    spread = 2.0**attempts * random.uniform(0.75, 1.25)  # noqa: S311 (no secret)
    return min(LONGEST_PAUSE, max(spread, asked or 0))
