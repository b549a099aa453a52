"""Returning a task to those who answered it, on a reviewer's word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.db.models import F

from apps.annotators.models import User
from apps.tasks.actions.transitions import apply_outcome
from apps.tasks.models import Draft, Return, Revision, Slot, Task
from apps.tasks.queries import my_response
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
