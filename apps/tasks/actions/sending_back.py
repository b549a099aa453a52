"""Returning a task to those who answered it, on a reviewer's word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Now

from apps.annotators.models import User
from apps.tasks.actions.transitions import apply_outcome
from apps.tasks.models import Draft, Return, Revision, Slot, SlotState, Task
from apps.tasks.ports import Outcome
from apps.tasks.queries import my_response
from concord.errors import Conflict
from concord.events.actions import record


@dataclass(frozen=True, slots=True)
class Remark:
    """What is wrong with one answer, and where; see `Return`."""

    revision: Revision
    fault: str
    comment: str = ""
    region: Mapping[str, float] | None = None
    span: str = ""


def send_back(*, task: Task, reviewer: User, remarks: Sequence[Remark]) -> Task:
    """Lease the slots of those whose answers are remarked on to them again, each with their own
    answer as the draft.

    They find the task first when they ask for work. The caller holds the task's row.
    """
    authors = list(dict.fromkeys(remark.revision.user for remark in remarks))
    for user in authors:
        _reopen_slot(task=task, user=user)
        _restore_draft(task=task, user=user)
    _keep(task=task, reviewer=reviewer, remarks=remarks)
    # Fewer answers may be asked for by now; those that the reviewer wants again are awaited still.
    task.overlap = max(task.overlap, Slot.objects.filter(task=task, surplus=False).count())
    task.sent_back = True
    apply_outcome(task=task, outcome=None)
    record(
        kind="task.sent_back",
        actor=reviewer,
        dataset_id=task.dataset_id,
        subject=task,
        data={
            "to": [str(user.id) for user in authors],
            "faults": sorted({remark.fault for remark in remarks}),
        },
    )
    return task


@transaction.atomic
def note_seen(remarks: Sequence[Return]) -> None:
    """Their author gets these now: from here on nobody takes them back."""
    new = [remark.pk for remark in remarks if remark.seen_at is None]
    if new:
        Return.objects.filter(pk__in=new, seen_at=None).update(seen_at=Now())


def take_remarks_back(*, task: Task, remarks: Sequence[Return], outcome: Outcome) -> Task:
    """Undo `send_back`: the answers stand as they were and `remarks` are gone; `outcome` is where
    the task had been. The caller holds the task's row.

    Raises Conflict `seen_already` when an author has got their remark or begun to work on it, or
    somebody else has the slot.
    """
    unseen = Return.objects.select_for_update().filter(pk__in=[row.pk for row in remarks])
    authors = {remark.user_id for remark in remarks}
    slots = Slot.objects.filter(task=task, user__in=authors, state=SlotState.LEASED)
    drafts = Draft.objects.filter(task=task, user__in=authors).select_related("user")
    begun = any(draft.body != my_response(user=draft.user, task=task) for draft in drafts)
    if begun or slots.count() < len(authors) or any(remark.seen_at for remark in unseen):
        raise Conflict(
            "seen_already",
            "It is with its author by now, so it stays sent back. The new answer comes to you.",
        )
    slots.update(
        state=SlotState.SUBMITTED,
        submitted_at=Now(),
        lease_token=None,
        lease_expires_at=None,
    )
    drafts.delete()
    unseen.delete()
    return apply_outcome(task=task, outcome=outcome)


def _keep(*, task: Task, reviewer: User, remarks: Sequence[Remark]) -> None:
    Return.objects.bulk_create(
        Return(
            task=task,
            dataset_id=task.dataset_id,
            revision=remark.revision,
            user=remark.revision.user,
            reviewer=reviewer,
            fault=remark.fault,
            comment=remark.comment,
            region=remark.region,
            span=remark.span,
        )
        for remark in remarks
    )


def _reopen_slot(*, task: Task, user: User) -> None:
    # Ten terms: the annotator may be away when the reviewer sends it.
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE tasks_slot SET state = 'leased', lease_token = gen_random_uuid(),"
            " leased_at = now(), submitted_at = NULL,"
            " lease_expires_at = now() + make_interval(secs => %s)"
            " WHERE task_id = %s AND user_id = %s AND state = 'submitted'",
            [settings.LEASE_SECONDS * 10, task.id, user.id],
        )


def _restore_draft(*, task: Task, user: User) -> None:
    answer = my_response(user=user, task=task)
    if answer is None:
        return
    Draft.objects.update_or_create(
        task=task,
        user=user,
        defaults={"body": answer, "version": F("version") + 1},
        create_defaults={"dataset_id": task.dataset_id, "body": answer},
    )
