"""A reviewer's word to the authors of a task that goes back to them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from apps.annotators.models import User
from apps.reviews.actions.settling import store_facts
from apps.reviews.actions.verdicts import Verdict
from apps.reviews.models import Conflict, Merge, ReviewLease
from apps.reviews.stored import heads_of
from apps.tasks.actions.sending_back import Remark, send_back
from apps.tasks.models import Return, Revision, Task, TaskState
from concord.errors import Invalid


def return_task(*, user: User, task: Task, verdicts: Sequence[Verdict]) -> Task:
    """Send the task back to the authors that `verdicts` name, each to all where it names none.

    A remark on a conflict is pinned to its object unless it says where. Raises Invalid
    `reason_required`, `unknown_version`. The caller holds the task's row.
    """
    heads = heads_of(task)
    remarks = [
        _remark(task=task, verdict=verdict, revision=revision)
        for verdict in verdicts
        for revision in _authors(verdict, heads)
    ]
    ReviewLease.objects.filter(task=task).delete()
    task = send_back(task=task, reviewer=user, remarks=remarks)
    store_facts(task=task, state=TaskState.OPEN)
    return task


def _authors(verdict: Verdict, heads: Sequence[Revision]) -> list[Revision]:
    if verdict.fault in {None, Return.Fault.OTHER} and not verdict.reason:
        raise Invalid(
            "reason_required", "Say why you send it back.", errors={"reason": ["missing"]}
        )
    wanted = [
        revision
        for revision in heads
        if verdict.version is None or str(revision.user_id) == verdict.version
    ]
    if not wanted:
        raise Invalid("unknown_version", "This answer came too late: its slot went to another.")
    return wanted


def _remark(*, task: Task, verdict: Verdict, revision: Revision) -> Remark:
    entry = _object(task, verdict)
    place = verdict.region or (entry and _around(entry["span"]))
    members = entry["members"] if entry else []
    theirs = (each["span"] for each in members if each["annotator"] == str(revision.user_id))
    return Remark(
        revision=revision,
        fault=verdict.fault or Return.Fault.OTHER,
        comment=verdict.reason,
        region=place,
        span=next(theirs, None) or "",
    )


def _object(task: Task, verdict: Verdict) -> dict[str, Any] | None:
    """The merged object that the conflict of a verdict is about, if it is about one."""
    if verdict.conflict is None:
        return None
    conflict = Conflict.objects.get(task=task, pk=verdict.conflict)
    if conflict.object_index is None:
        return None
    found: dict[str, Any] = Merge.objects.get(task=task).result["objects"][conflict.object_index]
    return found


def _around(span: dict[str, Any]) -> dict[str, float]:
    return {side: span[side] for side in ("x", "y", "width", "height")}
