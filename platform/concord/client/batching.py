"""A stream in parts that a request may hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")


def batches(
    items: Iterable[Item], *, size_of: Callable[[Item], int], most: int, most_bytes: int
) -> Iterator[list[Item]]:
    """The items in the same order, as many at once as fit; one that alone is too large goes alone.

    Takes from `items` no more than it gives, and one.
    """
    batch: list[Item] = []
    size = 0
    for item in items:
        weight = size_of(item)
        if batch and (len(batch) == most or size + weight > most_bytes):
            yield batch
            batch, size = [], 0
        batch.append(item)
        size += weight
    if batch:
        yield batch
