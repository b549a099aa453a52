"""Flags: what annotators want a manager to see, and what managers do about it."""

from __future__ import annotations

from django.db import transaction
from django.db.models.functions import Now

from apps.annotators.models import User
from apps.tasks.actions.talking import open_thread, resolve_thread, write_comment
from apps.tasks.models import Flag, Slot, SlotState, Task
from concord.errors import Conflict
from concord.events.actions import record


@transaction.atomic
def flag_task(*, user: User, task: Task, kind: Flag.Kind, comment: str) -> Flag:
    """Put a task before the dataset's managers; it stays in work.

    What is said of a probe is said of its original, which managers know. What somebody says
    in flagging it begins a thread.
    """
    thread = None
    if kind == Flag.Kind.FLAG and comment.strip():
        thread = open_thread(user=user, task=task, text=comment, reviewing=False)
    task = task.probe_of or task
    flag = Flag.objects.create(
        task=task, dataset_id=task.dataset_id, user=user, kind=kind, comment=comment, thread=thread
    )
    record(
        kind="task.flagged",
        actor=user,
        dataset_id=task.dataset_id,
        subject=task,
        data={"flag": str(flag.id), "kind": kind},
    )
    return flag


@transaction.atomic
def resolve_flag(*, flag: Flag, manager: User, resolution: str) -> Flag:
    """Close a flag. The last skip of a task that is resolved gives out its withheld slots again.

    What the manager says of it is said in the flag's thread, which is resolved, too.
    Raises Conflict `already_resolved`.
    """
    # The task is locked first, so that of two managers exactly one finds no skip left.
    Task.everything.select_for_update(no_key=True).get(pk=flag.task_id)
    unresolved = Flag.objects.filter(pk=flag.pk, resolved_at=None)
    if not unresolved.update(resolved_at=Now(), resolved_by=manager, resolution=resolution):
        raise Conflict("already_resolved", "Somebody has resolved this already.")
    skips = Flag.objects.filter(task=flag.task_id, kind=Flag.Kind.SKIPPED, resolved_at=None)
    if flag.kind == Flag.Kind.SKIPPED and not skips.exists():
        Slot.objects.filter(task=flag.task_id, state=SlotState.WITHHELD).update(
            state=SlotState.FREE, returned=True
        )
    _end_thread(flag, manager=manager, resolution=resolution)
    record(
        kind="flag.resolved",
        actor=manager,
        dataset_id=flag.dataset_id,
        subject=flag.task,
        data={"flag": str(flag.id)},
    )
    flag.refresh_from_db()
    return flag


def _end_thread(flag: Flag, *, manager: User, resolution: str) -> None:
    thread = flag.thread
    if thread is None:
        return
    if resolution.strip():
        write_comment(user=manager, thread=thread, text=resolution, reviewing=True)
    if thread.resolved_at is None:
        resolve_thread(thread=thread, user=manager)
