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
from concord.errors import Conflict, Stale
from concord.events.actions import record

PASS_TERM = timedelta(hours=1)


@transaction.atomic
def save_draft(*, user: User, task: Task, body: dict[str, Any], base: int | None) -> Draft:
    """Keep what `user` has begun on a task, as the next version after `base`.

    `base` is the version that the page had read or saved, 0 for none; without one the last save
    wins. The same body again changes nothing, so a save whose reply was lost can be repeated.
    Raises Stale `draft_stale` when another page of this person was faster.
    """
    draft, created = Draft.objects.select_for_update().get_or_create(
        task=task, user=user, defaults={"dataset_id": task.dataset_id, "body": body}
    )
    if created:
        if base:
            raise Stale(code="draft_stale", current=None, diff={"version": [base, 0]})
        return draft
    if draft.body == body:
        return draft
    if base is not None and base != draft.version:
        current = {"version": draft.version, "body": draft.body}
        raise Stale(code="draft_stale", current=current, diff={"version": [base, draft.version]})
    draft.body = body
    draft.version += 1
    draft.save()
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
    if task.probe_of_id is None:
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
