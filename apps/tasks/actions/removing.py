"""Removing tasks that nobody has worked on, and withdrawing those that somebody has.

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

from django.db.models import F
from django.db.models.functions import Now

from apps.annotators.models import User
from apps.datasets.models import Dataset
from apps.tasks.actions.gold import retire_gold
from apps.tasks.models import Flag, Place, Slot, SlotState, Task
from apps.tasks.untouched import WHY_KEPT, Kept
from concord.events.actions import record
from concord.rows import all_rows

TAKEN_DOWN = "The image was taken down."
WHY = f"SELECT t.id, {WHY_KEPT} FROM tasks_task t WHERE t.id = ANY(%s)"  # noqa: S608 (constants)


@dataclass(frozen=True, slots=True)
class Held:
    """What may be done to tasks until the transaction ends: those that are `free` to go, why others
    are `kept`, and those which are `busy`, in somebody else's hands at this moment. Of those kept,
    the ones in `whole` are locked with all their slots as well."""

    free: set[uuid.UUID] = field(default_factory=set)
    kept: dict[uuid.UUID, Kept] = field(default_factory=dict)
    busy: set[uuid.UUID] = field(default_factory=set)
    whole: set[uuid.UUID] = field(default_factory=set)


def work_on(*, tasks: Collection[uuid.UUID]) -> Counter[Kept]:
    """Count those of `tasks` that somebody has worked on at this moment, by reason."""
    return Counter(Kept(why) for _, why in all_rows(WHY, [list(tasks)]) if why is not None)


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
        whole = task in locked and mine[task] == there[task]
        if whole:
            held.whole.add(task)
        if why is not None:
            held.kept[task] = Kept(why)
        elif whole:
            held.free.add(task)
        else:
            held.busy.add(task)
    return held


def remove_tasks(*, tasks: Collection[uuid.UUID]) -> None:
    """Remove tasks that `hold_tasks` found free, with their slots and suggestions."""
    Task.everything.filter(pk__in=tasks).delete()


def withdraw_tasks(*, tasks: Collection[uuid.UUID], actor: User) -> None:
    """Take tasks out of the work for good, with their answers; for those that `hold_tasks` has
    locked whole.

    Nobody is given them any more, and what comes of the leases and drafts there are is refused.
    """
    withdrawn = Task.everything.filter(pk__in=tasks)
    withdrawn.update(withdrawn_at=Now(), version=F("version") + 1)
    Slot.objects.filter(task__in=tasks).exclude(state=SlotState.SUBMITTED).delete()
    Flag.objects.filter(task__in=tasks, resolved_at=None).update(
        resolved_at=Now(), resolved_by=actor, resolution=TAKEN_DOWN
    )
    for task in withdrawn.order_by("pk"):
        retire_gold(task=task, actor=actor)
        record(kind="task.withdrawn", actor=actor, dataset_id=task.dataset_id, subject=task)


def count_anew(*, dataset: Dataset) -> None:
    """Let nobody be told how many tasks were left for them before some were removed."""
    Place.objects.filter(dataset=dataset).update(free=None, counted_at=None)
