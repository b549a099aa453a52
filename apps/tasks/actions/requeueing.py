"""Asking one more person about a task that has its answers."""

from __future__ import annotations

from apps.annotators.models import User
from apps.tasks.actions.planning import Plan
from apps.tasks.actions.transitions import apply_outcome
from apps.tasks.models import Answer, Task, TaskState
from apps.tasks.ports import Outcome
from concord.errors import Conflict
from concord.events.actions import record


def requeue(*, task: Task, plan: Plan, actor: User, reason: str) -> Task:
    """Open a task for one more answer: it gets a free slot, which goes out first.

    Its overlap grows with its slots. The caller holds the task. Raises Conflict `open_already`,
    `final`, and `nobody_left` where everybody has answered whose work it is.
    """
    if task.state == TaskState.OPEN:
        raise Conflict("open_already", "This task waits for answers as it is.")
    if task.state == TaskState.FINAL or task.locked_at is not None:
        raise Conflict("final", "This task has its final answer. Unlock it first.")
    given = Answer.objects.filter(task=task).values_list("user", flat=True)
    if not plan.has_others(task, answered=set(given)):
        raise Conflict("nobody_left", "Everybody whose work it is has answered this task.")
    apply_outcome(task=task, outcome=Outcome(TaskState.OPEN, extra_slots=1))
    record(
        kind="task.requeued",
        actor=actor,
        dataset_id=task.dataset_id,
        subject=task,
        data={"reason": reason},
    )
    return task
