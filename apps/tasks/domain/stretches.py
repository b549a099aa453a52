"""The parts of a dataset's queue that a person goes through, one after the other."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from apps.tasks.domain.turns import KEY_BITS, LAST_LAYER

FIRST_TASK = uuid.UUID(int=0)
END = (1 << 63) - 1


@dataclass(frozen=True, slots=True)
class Stretch:
    """Slots from (`turn`, `task`) on whose turn is below `end`."""

    turn: int
    task: uuid.UUID
    end: int


def start_of(*, user: uuid.UUID, dataset: uuid.UUID) -> int:
    """Return the key, of 56 bits, at which a person begins in each layer of turns."""
    digest = hashlib.blake2b(user.bytes + dataset.bytes, digest_size=KEY_BITS // 8).digest()
    return int.from_bytes(digest)


def stretches(*, turn: int, task: uuid.UUID, start: int | None, layers: int) -> Iterator[Stretch]:
    """Yield what lies ahead of a place, as far as `layers` layers of turns go.

    Without a `start` that is everything behind the place in the order of turns. With one, a layer
    begins at `start`, goes on to its end, and comes round from its beginning to `start`.
    """
    if start is None:
        yield Stretch(turn, task, END)
        return
    layer, key = turn >> KEY_BITS, turn & (1 << KEY_BITS) - 1
    if key < start:  # has come round in this layer
        yield Stretch(turn, task, _turn(layer, start))
    else:
        yield Stretch(turn, task, _end_of(layer))
        yield Stretch(_turn(layer, 0), FIRST_TASK, _turn(layer, start))
    for later in range(layer + 1, layers):
        yield Stretch(_turn(later, start), FIRST_TASK, _end_of(later))
        yield Stretch(_turn(later, 0), FIRST_TASK, _turn(later, start))


def _turn(layer: int, key: int) -> int:
    return layer << KEY_BITS | key


def _end_of(layer: int) -> int:
    return END if layer >= LAST_LAYER else _turn(layer + 1, 0)
