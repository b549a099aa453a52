"""The one door through which this app calls a higher one.

Completing a task must merge its answers in the same transaction, and merging belongs to
`apps.reviews`, which imports this app. So reviews binds `settle` here when it starts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from apps.tasks.models import Task, TaskState


@dataclass(frozen=True, slots=True)
class Outcome:
    """What settling a task came to: its new state, and how many more answers it asks for."""

    state: TaskState
    extra_slots: int = 0


Settle = Callable[[Task], Outcome]

_bound: list[Settle] = []


def bind_settle(settle: Settle) -> None:
    """Name the implementation; called once, by `apps.reviews` when it is ready."""
    if _bound:
        raise RuntimeError("settle is bound already")
    _bound.append(settle)


def settle(task: Task) -> Outcome:
    """Merge the answers of `task`, whose row the caller holds locked, inside its transaction.

    With fewer answers than its overlap it is open, and has no final answer.
    """
    (implementation,) = _bound
    return implementation(task)
