"""What can be done to many tasks, a chunk or a task at a time.

A deed takes the ids of tasks and says for each what it was `before`, or the code for which it was
left out. They are done in the caller's transaction: of a chunk, or, by those which take one task,
of that alone, because they lock what others wait for. These raise what stands in the way.
"""

from __future__ import annotations

import hashlib
import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from apps.datasets.models import Interface
from apps.desk.models import Act
from apps.imports.actions.taking_down import take_down
from apps.reviews.models import ReviewLease, TaskFacts
from apps.tasks.actions.answering import Submission, submit_answer
from apps.tasks.actions.claiming_one import claim_one
from apps.tasks.actions.planning import Plan
from apps.tasks.actions.removing import hold_tasks, remove_tasks, withdraw_tasks
from apps.tasks.actions.requeueing import requeue
from apps.tasks.actions.transitions import hold_task
from apps.tasks.checking import check_response
from apps.tasks.models import Slot, SlotState, Task, TaskImage, TaskState
from concord.errors import Conflict, InFlight
from concord.rows import run

OPEN = TaskState.OPEN
MOST_TAGS = 20
"""That a task may have."""


@dataclass(frozen=True, slots=True)
class Came:
    """What became of a task: left out for the reason in `code`, or done, and how it was before."""

    code: str = ""
    before: Any = None


Ids = Collection[uuid.UUID]
Outcome = dict[uuid.UUID, Came]

RETAG = """
UPDATE reviews_taskfacts SET tags = ARRAY(
       SELECT DISTINCT tag FROM unnest(tags || %(add)s::varchar[]) tag
        WHERE tag <> ALL(%(remove)s::varchar[]) ORDER BY tag)
 WHERE task_id = ANY(%(tasks)s)
"""


def tag(act: Act, tasks: Ids) -> Outcome:
    """Give tags and take them; what a task would have too many of is left out."""
    add, remove = act.saying["add"], act.saying["remove"]
    rows = TaskFacts.objects.filter(pk__in=tasks, dataset=act.dataset, withdrawn=False)
    came: Outcome = {}
    for pk, tags in rows.order_by("pk").select_for_update().values_list("pk", "tags"):
        full = len({*tags, *add} - {*remove}) > MOST_TAGS
        came[pk] = Came("too_many_tags") if full else Came(before=tags)
    done = [pk for pk, each in came.items() if not each.code]
    run(RETAG, {"tasks": done, "add": add, "remove": remove})
    return came


def untag(act: Act, before: Mapping[uuid.UUID, Any]) -> None:
    """Give back what the act took and take what it gave; what others did since stays."""
    rows = TaskFacts.objects.filter(pk__in=before).order_by("pk").select_for_update()
    for pk, tags in rows.values_list("pk", "tags"):
        given = {*act.saying["add"]} - {*before[pk]}
        taken = {*act.saying["remove"]} & {*before[pk]}
        TaskFacts.objects.filter(pk=pk).update(tags=sorted(({*tags} - given) | taken))


def prioritise(act: Act, tasks: Ids) -> Outcome:
    """Give tasks a priority; the caller gives their slots their turns."""
    rows = Task.objects.filter(pk__in=tasks, dataset=act.dataset).order_by("pk")
    held = rows.select_for_update(no_key=True).values_list("pk", "priority")
    came = {pk: Came(before=priority) for pk, priority in held}
    Task.objects.filter(pk__in=came).update(priority=act.saying["priority"], updated_at=Now())
    return came


def give_back_priority(act: Act, before: Mapping[uuid.UUID, Any]) -> None:
    """Give each task the priority that it had, unless somebody gave it another since."""
    for pk in sorted(before):
        same = Task.objects.filter(pk=pk, priority=act.saying["priority"])
        same.update(priority=before[pk], updated_at=Now())


def assign(act: Act, tasks: Ids) -> Outcome:
    """Let tasks go to some people alone, or to whom the settings say where these are nobody; what
    has its answers is left out. The caller gives their slots to these people."""
    rows = Task.objects.filter(pk__in=tasks, dataset=act.dataset).order_by("pk")
    people = [uuid.UUID(person) for person in act.saying["people"]] or None
    held = list(rows.select_for_update(no_key=True))
    given = _answered([task.pk for task in held])  # nobody answers them any more
    came: Outcome = {}
    for task in held:
        before = None if task.assigned is None else [str(pk) for pk in task.assigned]
        code = "" if task.state == OPEN else "not_open"
        if not code and people and given[task.pk].issuperset(people):
            code = "nobody_left"
        came[task.pk] = Came(code, before=before)
    done = [pk for pk, each in came.items() if not each.code]
    Task.objects.filter(pk__in=done).update(assigned=people, updated_at=Now())
    return came


def _answered(tasks: Ids) -> Mapping[uuid.UUID, set[uuid.UUID | None]]:
    """Who has answered each of the tasks."""
    found: defaultdict[uuid.UUID, set[uuid.UUID | None]] = defaultdict(set)
    slots = Slot.objects.filter(task__in=tasks, state=SlotState.SUBMITTED)
    for task, user in slots.values_list("task", "user"):
        found[task].add(user)
    return found


def give_back_people(act: Act, before: Mapping[uuid.UUID, Any]) -> None:
    """Let each task go to whom it went before, unless somebody assigned it anew since."""
    people = act.saying["people"] or None
    for pk in sorted(before):
        same = Task.objects.filter(pk=pk, assigned=people)
        same.update(assigned=before[pk], updated_at=Now())


def ask_another(act: Act, task: Task) -> None:
    """Open one task for another answer; a reviewer who has it open goes on undisturbed."""
    held = hold_task(task=task)
    if ReviewLease.objects.filter(task=held, expires_at__gt=Now()).exists():
        raise Conflict("under_review", "A reviewer has this open at the moment.")
    requeue(task=held, plan=Plan(held.dataset), actor=act.user, reason=act.saying["reason"])


def delete(act: Act, task: Task) -> None:
    """Take a task out of the work: its image goes with it, if that is asked about nowhere else."""
    if act.dataset.interface in (Interface.IMAGE, Interface.IMAGE_CHOICE):
        _withdraw(act, task)
        return
    shown = TaskImage.objects.select_related("image__dataset").get(task=task, n=0)
    others = TaskImage.objects.filter(image=shown.image_id, task__withdrawn_at=None)
    if others.exclude(task=task).exists():
        raise Conflict("image_shared", "Another task asks about the same image.")
    take_down(image=shown.image, actor=act.user, withdraw=True)


@transaction.atomic
def _withdraw(act: Act, task: Task) -> None:
    held = hold_tasks(tasks=[task.pk])
    if task.pk in held.free:
        remove_tasks(tasks=[task.pk])
    elif task.pk in held.whole:
        withdraw_tasks(tasks=[task.pk], actor=act.user)
    else:
        raise InFlight("busy", "Somebody is working on this task at the moment.")


def answer(act: Act, task: Task) -> None:
    """Answer a task as the person who acts: claimed and submitted as any answer is."""
    if act.dataset.archived_at is not None:
        raise Conflict("dataset_archived", "Nothing is answered in an archived dataset.")
    held = hold_task(task=task)
    response = check_response(task=held, data=act.saying)
    key = f"{act.pk}:{task.pk}"
    submission = Submission(
        key=key,
        request_hash=hashlib.sha256(key.encode()).hexdigest(),
        lease=claim_one(user=act.user, task=held),
        base=0,
    )
    submit_answer(user=act.user, task=held, response=response, submission=submission)
