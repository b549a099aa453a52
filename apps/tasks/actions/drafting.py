"""Drafts and skips: work begun, and work given back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from apps.annotators.models import User
from apps.tasks.actions.leasing import release_leases
from apps.tasks.models import Draft, Pass, Slot, SlotState, Task
from concord.errors import Conflict
from concord.events.actions import record

PASS_TERM = timedelta(hours=1)


@transaction.atomic
def save_draft(*, user: User, task: Task, body: dict[str, Any]) -> Draft:
    """Keep what `user` has begun on a task; the last one saved wins."""
    draft, _ = Draft.objects.update_or_create(
        task=task, user=user, defaults={"dataset_id": task.dataset_id, "body": body}
    )
    return draft


@transaction.atomic
def skip_task(*, user: User, task: Task, reason: str, comment: str) -> Pass:
    """Give the slot back without an answer; the task goes to others, and to `user` after a while.

    Raises Conflict `lease_lost` when `user` does not hold the task.
    """
    held = Slot.objects.filter(task=task, user=user, state=SlotState.LEASED)
    if not held.exists():
        raise Conflict("lease_lost", "This task went back to the pool already.")
    release_leases(user=user, dataset=task.dataset, tasks=[task])
    Draft.objects.filter(task=task, user=user).delete()
    given_back = Pass.objects.create(
        task=task,
        dataset_id=task.dataset_id,
        user=user,
        reason=reason,
        comment=comment,
        until=Now() + PASS_TERM,
    )
    record(
        kind="task.skipped",
        actor=user,
        dataset_id=task.dataset_id,
        subject=task,
        data={"reason": reason, "comment": comment},
    )
    return given_back
