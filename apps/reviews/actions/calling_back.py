"""A reviewer takes back what they just sent back."""

from __future__ import annotations

from apps.annotators.models import User
from apps.reviews.actions.leasing import lease_again
from apps.reviews.actions.settling import store_facts
from apps.reviews.actions.tickets import ReviewTicket
from apps.reviews.models import Conflict, Decision
from apps.tasks.actions.sending_back import take_remarks_back
from apps.tasks.models import Return, Task, TaskState
from apps.tasks.ports import Outcome
from concord.errors import Conflict as WrongState
from concord.events.actions import record


def call_back(*, user: User, task: Task) -> ReviewTicket:
    """Undo the send back that was the last word on a task, whose row the caller holds.

    The answers stand as they were, and so do the decisions before. Raises Conflict
    `not_yours_any_more` when something came of it, `seen_already` when an author has got it.
    """
    last = Decision.objects.filter(task=task).order_by("created_at", "id").last()
    if (
        last is None
        or (last.user_id, last.action) != (user.pk, Decision.Action.SEND_BACK)
        or task.version != last.task_version + 1
    ):
        raise WrongState(
            "not_yours_any_more",
            "Something has come of it since you sent it back, so it stays as it is.",
        )
    conflicts = Conflict.objects.filter(task=task).exclude(state=Conflict.State.SUPERSEDED)
    state = TaskState.CONFLICTED if conflicts.exists() else TaskState.ANSWERED
    remarks = Return.objects.filter(task=task, reviewer=user, created_at__gte=last.created_at)
    task = take_remarks_back(task=task, remarks=list(remarks), outcome=Outcome(state))
    store_facts(task=task, state=state)
    record(kind="task.taken_back", actor=user, dataset_id=task.dataset_id, subject=task)
    return lease_again(user=user, task=task)
