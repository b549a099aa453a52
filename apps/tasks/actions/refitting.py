"""Giving tasks the slots that their dataset's settings ask for now."""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from django.db import connection, transaction

from apps.datasets.domain.routing import Audience
from apps.datasets.models import Dataset
from apps.tasks.actions.creating import columns_of, new_slot
from apps.tasks.actions.places import work_appeared
from apps.tasks.actions.planning import Plan
from apps.tasks.domain.fitting import Standing, refit
from apps.tasks.models import Purpose, Slot, SlotState, Task, TaskState

Ids = list[uuid.UUID]
Keys = list[tuple[uuid.UUID, int]]
Turns = list[tuple[uuid.UUID, int, int]]

TURN = """
UPDATE tasks_slot SET order_key = given.turn
  FROM unnest(%s::uuid[], %s::int[], %s::bigint[]) given (task, n, turn)
 WHERE task_id = given.task AND tasks_slot.n = given.n
"""


@dataclass(frozen=True, slots=True)
class Refitted:
    """What is left to do: tasks to be settled anew, and those to be tried again."""

    unsettled: Ids = field(default_factory=list)
    busy: Ids = field(default_factory=list)


@transaction.atomic
def refit_tasks(*, dataset_id: uuid.UUID, tasks: Collection[uuid.UUID], reopen: bool) -> Refitted:
    """Give each task as many slots as it needs, and all of them their turns and their audience.

    Only with `reopen` a task that is complete gets more; one that a reviewer locked never does.
    Locks the tasks, then their slots, but waits for no slot: those who claim wait for one while
    they hold another. A task with a slot that somebody else has locked is `busy`.
    """
    dataset = Dataset.objects.select_for_update(no_key=True).get(pk=dataset_id)
    locked = Task.objects.select_for_update(no_key=True).filter(pk__in=tasks)
    rows = list(locked.order_by("order_key", "id"))
    slots = _lock_slots(rows)
    plan, changes, left = Plan(dataset), _Changes(), Refitted()
    for task in rows:
        if task.id not in slots:
            left.busy.append(task.id)
            continue
        overlap = _fit(task, slots[task.id], plan=plan, reopen=reopen, changes=changes)
        complete = len(_people(slots[task.id])) >= overlap
        if complete == (task.state == TaskState.OPEN) and task.locked_at is None:
            left.unsettled.append(task.id)
    changes.save()
    if changes.appeared:
        work_appeared(dataset_id=dataset_id, turn=min(changes.appeared))
    return left


def _lock_slots(tasks: Sequence[Task]) -> dict[uuid.UUID, list[Slot]]:
    """Return the slots by task, without the tasks that have one in somebody else's hands."""
    rows = Slot.objects.filter(task__in=tasks).order_by("task", "n")
    slots: dict[uuid.UUID, list[Slot]] = defaultdict(list)
    for slot in rows.select_for_update(skip_locked=True):
        slots[slot.task_id].append(slot)
    # Counted after they are locked: from here on no slot of these tasks comes or goes.
    there = Counter(rows.values_list("task_id", flat=True))
    return {task: found for task, found in slots.items() if len(found) == there[task]}


def _fit(task: Task, slots: Sequence[Slot], *, plan: Plan, reopen: bool, changes: _Changes) -> int:
    """Note what a task needs; returns the number of answers that it is to get."""
    work = [slot for slot in slots if slot.purpose != Purpose.GOLD]
    audience = plan.audience(task.meta, task.assigned)
    overlap = plan.overlap(
        digest=task.input_hash,
        audience=audience,
        answered=_people(work),
        extra=sum(slot.purpose == Purpose.EXTRA for slot in work),
    )
    if task.locked_at is not None or not (reopen or task.state == TaskState.OPEN):
        overlap = min(overlap, task.overlap)
    needs = refit(
        [Standing(slot.n, slot.state, slot.surplus) for slot in work],
        overlap=overlap,
        taken={slot.n for slot in slots},
    )
    added = [new_slot(task=task, n=n, plan=plan) for n in needs.add]
    changes.add += added
    changes.appeared += [slot.order_key for slot in added]
    changes.remove += [(task.id, n) for n in needs.remove]
    changes.into_surplus += [(task.id, n) for n in needs.into_surplus]
    changes.out_of_surplus += [(task.id, n) for n in needs.out_of_surplus]
    turns = _turns(task, slots, plan)
    changes.turns += turns
    changes.appeared += [turn for *_, turn in turns]
    if overlap != task.overlap:
        changes.overlaps[overlap].append(task.id)
    columns = columns_of(audience)
    if any({"only": slot.only, "barred": slot.barred} != columns for slot in work):
        changes.audiences[audience].append(task.id)
        changes.appeared += [plan.turn(task, n=slot.n) for slot in work]
    return overlap


def _turns(task: Task, slots: Sequence[Slot], plan: Plan) -> Turns:
    """The turns of a task's slots that are not what they were; an answer has none any more."""
    awaited = (slot for slot in slots if slot.state != SlotState.SUBMITTED)
    turns = ((slot, plan.turn(task, n=slot.n)) for slot in awaited)
    return [(task.id, slot.n, turn) for slot, turn in turns if turn != slot.order_key]


def _people(slots: Iterable[Slot]) -> set[uuid.UUID]:
    """Who has answered through these slots."""
    return {slot.user_id for slot in slots if slot.user_id and slot.state == SlotState.SUBMITTED}


@dataclass(slots=True)
class _Changes:
    """What a chunk comes to, written in one statement per kind of change.

    `appeared` are the turns of the slots that somebody may find for the first time.
    """

    add: list[Slot] = field(default_factory=list)
    remove: Keys = field(default_factory=list)
    into_surplus: Keys = field(default_factory=list)
    out_of_surplus: Keys = field(default_factory=list)
    overlaps: dict[int, Ids] = field(default_factory=lambda: defaultdict(list))
    turns: Turns = field(default_factory=list)
    appeared: list[int] = field(default_factory=list)
    audiences: dict[Audience, Ids] = field(default_factory=lambda: defaultdict(list))

    def save(self) -> None:
        """Write them; the caller holds tasks and slots locked."""
        Slot.objects.filter(pk__in=self.remove).delete()
        Slot.objects.filter(pk__in=self.into_surplus).update(surplus=True)
        Slot.objects.filter(pk__in=self.out_of_surplus).update(surplus=False)
        for audience, tasks in self.audiences.items():
            work = Slot.objects.filter(task__in=tasks).exclude(purpose=Purpose.GOLD)
            work.update(**columns_of(audience))
        if self.turns:
            with connection.cursor() as cursor:
                cursor.execute(TURN, [list(column) for column in zip(*self.turns, strict=True)])
        Slot.objects.bulk_create(self.add)
        for overlap, tasks in self.overlaps.items():
            Task.objects.filter(pk__in=tasks).update(overlap=overlap)
