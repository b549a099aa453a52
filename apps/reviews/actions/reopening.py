"""Opening a decided task again: by a manager with a reason, or by who closed it just now."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from apps.annotators.models import User
from apps.reviews.actions.calling_back import call_back
from apps.reviews.actions.leasing import lease_again
from apps.reviews.actions.looking_again import open_again
from apps.reviews.actions.settling import store_facts
from apps.reviews.actions.tickets import ReviewTicket
from apps.reviews.actions.verdicts import Verdict, record_verdict
from apps.reviews.models import Conflict, Decision, Final, SecondLook
from apps.reviews.queries import decisions_in_force
from apps.tasks.actions.gold import retire_gold
from apps.tasks.actions.transitions import hold_task, unlock_task
from apps.tasks.models import Gold, Task, TaskState
from apps.tasks.ports import Outcome
from concord.errors import Conflict as WrongState
from concord.events.actions import record

SESSION = timedelta(hours=12)
"""So long a reviewer may take back by themselves what they closed."""


@transaction.atomic
def unlock(*, user: User, task: Task, reason: str) -> Task:
    """Open a decided task again, for edits and for another decision; who and why is recorded.

    All its conflicts are open again, nothing of what reviewers said holds any more, and its
    annotators may edit their answers. Gold that somebody doubts is gold no more.
    """
    task = hold_task(task=task)
    if task.locked_at is None:
        raise WrongState("not_locked", "This task is not locked.")
    # Whatever was said of the task as a whole, a rejection say, must not outlive its conflicts'.
    whole = Verdict(action=Decision.Action.RESET, reason=reason)
    record_verdict(user=user, task=task, verdict=whole)
    _conflicts(task).update(state=Conflict.State.OPEN)
    retire_gold(task=task, actor=user)
    task = _open(task)
    record(
        kind="task.unlocked",
        actor=user,
        dataset_id=task.dataset_id,
        subject=task,
        data={"reason": reason},
    )
    return task


@transaction.atomic
def take_back(*, user: User, task: Task) -> ReviewTicket:
    """Open a task that `user` has closed, or call back what they sent back, and hand it to them
    again, its conflicts as decided.

    What was said of the task as a whole (a rejection, shapes added) holds no more. Raises Conflict
    `not_yours_any_more`, `too_late`, `seen_already` (see `call_back`) and, once people are measured
    by the answer, `built_on`; TakenDown when its image went meanwhile.
    """
    task = hold_task(task=task)
    look = SecondLook.objects.filter(task=task, user=user, closed_at__isnull=False).first()
    if look is not None and task.locked_at is not None:
        return open_again(user=user, look=look)
    if task.sent_back:
        return call_back(user=user, task=task)
    _check(user=user, task=task)
    record_verdict(user=user, task=task, verdict=Verdict(action=Decision.Action.RESET))
    decided = [row.conflict_id for row in decisions_in_force(task) if row.conflict]
    _conflicts(task).exclude(pk__in=decided).update(state=Conflict.State.OPEN)
    task = _open(task)
    record(kind="task.taken_back", actor=user, dataset_id=task.dataset_id, subject=task)
    return lease_again(user=user, task=task)


def _check(*, user: User, task: Task) -> None:
    final = Final.objects.filter(task=task).first()
    if task.locked_at is None or final is None or final.decided_by_id != user.pk:
        raise WrongState(
            "not_yours_any_more",
            "Somebody has opened or decided this again since you closed it, so it stays as it is.",
        )
    if Gold.objects.filter(task=task, retired_at=None).exists():
        raise WrongState(
            "built_on",
            "People are measured by this answer since you closed it. A manager can unlock it.",
        )
    if final.created_at < timezone.now() - SESSION:
        raise WrongState(
            "too_late", "You closed this too long ago to take it back. A manager can unlock it."
        )


def _conflicts(task: Task) -> QuerySet[Conflict]:
    return Conflict.objects.filter(task=task).exclude(state=Conflict.State.SUPERSEDED)


def _open(task: Task) -> Task:
    state = TaskState.CONFLICTED if _conflicts(task).exists() else TaskState.ANSWERED
    Final.objects.filter(task=task).delete()
    task = unlock_task(task=task, outcome=Outcome(state))
    store_facts(task=task, state=state)
    return task
