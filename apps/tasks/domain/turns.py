"""When a slot is handed out: every slot has a turn, and lower turns come first.

A turn is `layer << 56 | key`. Where each task is to be finished first, all slots are in layer 0;
where answers are spread first, slot n is in layer n, so that slots 0 of all tasks go out before any
slot 1. The key, of 56 bits, orders the tasks within a layer. Slots of one turn go in the order of
their tasks' ids, which is that in which they were made.

Where scores decide, what a model looks at is what people would see; so a fixed share of the tasks,
drawn by their ids, stands where a score drawn from all scores would put them (`Mix`).
"""

from __future__ import annotations

import hashlib
import struct
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from apps.datasets.domain.orders import BY_SCORE, Order, Spread
from apps.tasks.domain.identity import is_drawn

KEY_BITS = 56
LAST_KEY = (1 << KEY_BITS) - 1
LAST_LAYER = (1 << 63 - KEY_BITS) - 1
HIGHEST_PRIORITY = 32_767
HIGHEST_SCORE = 1e308
SIGN = 1 << 63


class Ranked(Protocol):
    """What of a task decides when it is handed out."""

    @property
    def id(self) -> uuid.UUID: ...

    @property
    def order_key(self) -> int:
        """Its place in the order of imports and lines, below 2**56."""

    @property
    def priority(self) -> int:
        """From -HIGHEST_PRIORITY to HIGHEST_PRIORITY."""

    @property
    def score(self) -> float | None:
        """From -HIGHEST_SCORE to HIGHEST_SCORE, or none."""


@dataclass(frozen=True, slots=True)
class Mix:
    """Which `share` of the tasks is drawn at random where scores decide, and from which scores:
    `ladder` are those of the tasks in question at even steps, sorted, tasks without one last.
    """

    share: float = 0.0
    ladder: Sequence[float | None] = ()


NO_MIX = Mix()


def turn_of(task: Ranked, *, n: int, order: Order, spread: Spread, mix: Mix = NO_MIX) -> int:
    """Return the turn of the n-th slot of a task, a number from 0 to 2**63 - 1."""
    layer = min(n, LAST_LAYER) if spread == "spread_first" else 0
    return layer << KEY_BITS | _key(task, order, mix)


def comes_at_random(task_id: uuid.UUID, share: float) -> bool:
    """Whether a task is among those that come at random where scores decide; always the same."""
    return is_drawn("order", task_id, share)


def _key(task: Ranked, order: Order, mix: Mix) -> int:
    if order == "random":
        return _shuffled(task.id)
    if order == "priority":
        return (HIGHEST_PRIORITY - task.priority) << KEY_BITS - 16
    if order not in BY_SCORE:
        return task.order_key
    if not comes_at_random(task.id, mix.share):
        return _by_score(task.score, order)
    if not mix.ladder:
        return _shuffled(task.id)
    return _by_score(mix.ladder[_shuffled(task.id) * len(mix.ladder) >> KEY_BITS], order)


def _by_score(score: float | None, order: Order) -> int:
    """A model is least sure of what it gives 0.5."""
    if score is not None and order == "uncertain":
        return _falling(-abs(score - 0.5))
    return _falling(score)


def _shuffled(task_id: uuid.UUID) -> int:
    # Of the id alone, so that it stays the same however often turns are given anew.
    return int.from_bytes(hashlib.blake2b(task_id.bytes, digest_size=KEY_BITS // 8).digest())


def _falling(score: float | None) -> int:
    """Smaller for higher scores; tasks without one come last.

    The bits of IEEE 754 numbers, read as whole numbers, rise with the absolute value. The last
    eight of 52 bits of the fraction are cut off.
    """
    if score is None:
        return LAST_KEY
    bits: int = struct.unpack(">Q", struct.pack(">d", score + 0.0))[0]  # -0.0 is 0.0
    rising = bits ^ (2 * SIGN - 1 if bits & SIGN else SIGN)
    return LAST_KEY - (rising >> 64 - KEY_BITS)
