"""Which slots a task needs when the number of answers that it is to get has changed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import count, islice

# In this order slots are kept: nobody loses what they hold before a free one is gone.
KEPT_FIRST = ("leased", "withheld", "free")


@dataclass(frozen=True, slots=True)
class Standing:
    """A slot as it is: its number, its state, and whether it is in surplus."""

    n: int
    state: str
    surplus: bool = False


@dataclass(frozen=True, slots=True)
class Refit:
    """What to do to a task's slots, by their numbers."""

    add: tuple[int, ...] = ()
    remove: tuple[int, ...] = ()
    into_surplus: tuple[int, ...] = ()
    out_of_surplus: tuple[int, ...] = ()


def refit(slots: Sequence[Standing], *, overlap: int, taken: Collection[int]) -> Refit:
    """Return how a task comes to `overlap` slots, or to as many as have answers if those are more.

    A lease stays whatever happens; what is beyond the overlap is in surplus, and its slot goes away
    when it is given back. Numbers in `taken` are in use, by slots for another purpose too.
    """
    awaited = [slot for slot in slots if slot.state != "submitted"]
    awaited.sort(key=lambda slot: (KEPT_FIRST.index(slot.state), slot.surplus, slot.n))
    room = max(0, overlap - (len(slots) - len(awaited)))
    beyond = awaited[room:]
    surplus = {slot.n for slot in beyond if slot.state == "leased"}
    return Refit(
        add=tuple(unused_numbers(taken, room - len(awaited))),
        remove=tuple(slot.n for slot in beyond if slot.n not in surplus),
        into_surplus=tuple(slot.n for slot in beyond if slot.n in surplus and not slot.surplus),
        out_of_surplus=tuple(slot.n for slot in slots if slot.surplus and slot.n not in surplus),
    )


def unused_numbers(taken: Collection[int], wanted: int) -> list[int]:
    """Return the `wanted` lowest slot numbers that are not taken; none for less than 1."""
    return list(islice((n for n in count() if n not in taken), max(0, wanted)))
