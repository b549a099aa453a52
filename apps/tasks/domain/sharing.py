"""How much one person may hold when several want what is left."""

from __future__ import annotations

from collections.abc import Callable


def fair_share(wanted: int, *, others: int, left: Callable[[int], int]) -> int:
    """Return how many tasks a person may hold who wants `wanted`, at least 1.

    That is half of an even share of the slots that are left among those who ask for work, as in
    factoring (Hummel, Schonberg, Flynn: "Factoring: a method for scheduling parallel loops", 1992):
    large batches while there is much, one at a time at the end, so that nobody waits for what
    somebody else has put by. `left(most)` counts the slots, at most `most` of them.
    """
    if not others or wanted <= 1:
        return wanted
    people = 2 * (others + 1)
    return max(1, min(wanted, left(wanted * people) // people))
