"""The one place where a task changes its state.

open -> answered (all answers are in, a reviewer must look) | conflicted (they differ) | final
answered, conflicted -> final (decided) | open (sent back, more answers wanted)
final -> open (reopened) | conflicted (an edit or an unlock made it disputed again)
"""

from __future__ import annotations

from django.db.models.functions import Now

from apps.tasks.actions.creating import add_extra_slots
from apps.tasks.actions.planning import Plan
from apps.tasks.domain.fitting import unused_numbers
from apps.tasks.models import Slot, Task, TaskState
from apps.tasks.ports import Outcome
from concord.errors import TakenDown
from concord.events.actions import record
from concord.rows import update


def hold_task(*, task: Task) -> Task:
    """Lock a task until the caller's transaction ends, and read it anew with its dataset.

    Raises TakenDown when its image was taken down meanwhile.
    """
    rows = Task.objects.select_related("dataset").select_for_update(no_key=True, of=["self"])
    held = rows.filter(pk=task.pk).first()
    if held is None:
        raise TakenDown
    return held


def apply_outcome(*, task: Task, outcome: Outcome | None) -> Task:
    """Move a task, whose row the caller holds locked, to where settling it came out.

    None means that it still waits for answers. Its version grows in any case, so that a page
    with an older picture of the task is told so.
    """
    state = TaskState.OPEN if outcome is None else outcome.state
    if outcome is not None and outcome.extra_slots:
        state = TaskState.OPEN
        taken = set(Slot.objects.filter(task=task).values_list("n", flat=True))
        add_extra_slots(
            task=task,
            numbers=unused_numbers(taken, outcome.extra_slots),
            plan=Plan(task.dataset),
        )
        task.overlap += outcome.extra_slots
    if state != task.state:
        record(
            kind="task.state",
            actor=None,
            dataset_id=task.dataset_id,
            subject=task,
            data={"from": task.state, "to": state},
        )
    task.state = state
    task.version += 1
    task.sent_back = task.sent_back and state == TaskState.OPEN
    update(task, "state", "version", "overlap", "sent_back", "updated_at")
    return task


def lock_task(*, task: Task) -> Task:
    """Close a task to its annotators: a reviewer has decided it. The caller holds its row."""
    Task.objects.filter(pk=task.pk).update(locked_at=Now())
    task.refresh_from_db(fields=["locked_at"])
    return apply_outcome(task=task, outcome=Outcome(TaskState.FINAL))


def unlock_task(*, task: Task, outcome: Outcome) -> Task:
    """Open a decided task to edits again; the caller holds its row and records who and why."""
    task.locked_at = None
    task.reopened = True
    task.save(update_fields=["locked_at", "reopened"])
    return apply_outcome(task=task, outcome=outcome)
