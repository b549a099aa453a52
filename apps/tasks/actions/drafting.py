"""Drafts and skips: work begun, and work given back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from apps.annotators.models import User
from apps.datasets.config import DatasetConfig
from apps.tasks.actions.flagging import flag_task
from apps.tasks.actions.leasing import release_leases
from apps.tasks.models import Draft, Flag, Pass, Slot, SlotState, Task
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
    """Give the slot back without an answer; the dataset's `skip_policy` says who gets it next.

    `me_later`: everybody at once, `user` after PASS_TERM. `others`: everybody but `user`.
    `manager`: nobody until a manager resolves the flag that this raises. Raises Conflict
    `lease_lost` when `user` does not hold the task.
    """
    held = Slot.objects.select_for_update().filter(task=task, user=user, state=SlotState.LEASED)
    slot = held.first()
    if slot is None:
        raise Conflict("lease_lost", "This task went back to the pool already.")
    policy = Pass.Policy(DatasetConfig.of(task.dataset).skip_policy)
    release_leases(user=user, dataset=task.dataset, tasks=[task])
    Draft.objects.filter(task=task, user=user).delete()
    given_back = Pass.objects.create(
        task=task,
        dataset_id=task.dataset_id,
        user=user,
        reason=reason,
        comment=comment,
        policy=policy,
        until=Now() + PASS_TERM if policy == Pass.Policy.ME_LATER else None,
    )
    if policy == Pass.Policy.MANAGER:
        Slot.objects.filter(task=task, n=slot.n).update(state=SlotState.WITHHELD)
    _tell_manager(given_back)
    record(
        kind="task.skipped",
        actor=user,
        dataset_id=task.dataset_id,
        subject=task,
        data={"reason": reason, "policy": policy},
    )
    return given_back


def _tell_manager(given_back: Pass) -> None:
    """Flag what a manager must see: a broken image, and whatever is withheld for them."""
    if given_back.policy == Pass.Policy.MANAGER:
        kind = Flag.Kind.SKIPPED
    elif given_back.reason == Pass.Reason.BROKEN_IMAGE:
        kind = Flag.Kind.BROKEN_IMAGE
    else:
        return
    comment = given_back.comment or Pass.Reason(given_back.reason).label
    flag_task(user=given_back.user, task=given_back.task, kind=kind, comment=comment)
