"""Removing tasks that nobody has worked on.

Whoever claims locks a slot, whoever answers the task, and whatever else is said of a task refers to
its row and is checked when that transaction ends. So a task whose row and slots are locked changes
for nobody: what is found of it then is all there is, and what comes later finds it gone. Nothing is
waited for, because who claims waits for one slot while they hold another.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

from apps.datasets.models import Dataset
from apps.tasks.models import Place, Slot, Task
from apps.tasks.untouched import WHY_KEPT, Kept
from concord.rows import all_rows

WHY = f"SELECT t.id, {WHY_KEPT} FROM tasks_task t WHERE t.id = ANY(%s)"  # noqa: S608 (constants)


@dataclass(frozen=True, slots=True)
class Held:
    """What may be done to tasks until the transaction ends: those that are `free` to go, why others
    are `kept`, and those which are `busy`, in somebody else's hands at this moment."""

    free: set[uuid.UUID] = field(default_factory=set)
    kept: dict[uuid.UUID, Kept] = field(default_factory=dict)
    busy: set[uuid.UUID] = field(default_factory=set)


def hold_tasks(*, tasks: Collection[uuid.UUID]) -> Held:
    """Lock those of `tasks` that nobody has worked on, and say of the others why they stay.

    Call it in a transaction. Tasks that are gone already are in none of the three.
    """
    wanted = list(tasks)
    rows = Task.everything.filter(pk__in=wanted).order_by("pk")
    locked = set(rows.select_for_update(skip_locked=True, of=["self"]).values_list("pk", flat=True))
    slots = Slot.objects.filter(task__in=locked).order_by("task", "n")
    mine = Counter(slots.select_for_update(skip_locked=True).values_list("task_id", flat=True))
    there = Counter(slots.values_list("task_id", flat=True))
    held = Held()
    for task, why in all_rows(WHY, [wanted]):
        if why is not None:
            held.kept[task] = Kept(why)
        elif task in locked and mine[task] == there[task]:
            held.free.add(task)
        else:
            held.busy.add(task)
    return held


def remove_tasks(*, tasks: Collection[uuid.UUID]) -> None:
    """Remove tasks that `hold_tasks` found free, with their slots and suggestions."""
    Task.everything.filter(pk__in=tasks).delete()


def count_anew(*, dataset: Dataset) -> None:
    """Let nobody be told how many tasks were left for them before some were removed."""
    Place.objects.filter(dataset=dataset).update(free=None, counted_at=None)
