"""The door through which this app calls a higher one.

Completing a task must merge its answers in the same transaction, and merging belongs to
`apps.reviews`, which imports this app. So reviews binds `settle` here when it starts.
"""

from __future__ import annotations

from dataclasses import dataclass

from apps.tasks.models import Revision, Task, TaskState
from concord.ports import port


@dataclass(frozen=True, slots=True)
class Outcome:
    """What settling a task came to: its new state, and how many more answers it asks for."""

    state: TaskState
    extra_slots: int = 0


@port
def settle(task: Task, *, newest: Revision | None = None) -> Outcome:
    """Merge the answers of `task`, whose row the caller holds locked, inside its transaction.

    `newest` is a revision that is the head of its answer already, but still to be written itself.
    With fewer answers than its overlap the task is open, and has no final answer.
    """
    raise NotImplementedError
