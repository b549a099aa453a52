"""What holds of every task and answer, whatever anybody did: the books must balance."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import F

from apps.annotators.models import User
from apps.reviews.models import Final, Merge
from apps.tasks.models import Answer, Revision, Slot, SlotState, Task, TaskState
from concord.events.models import Event


def check_acknowledged(user: User, acknowledged: Mapping[str, dict[str, Any]]) -> None:
    """Every answer of `user` that the server took is there once, as its reply says.

    `acknowledged` maps idempotency keys to replies.
    """
    kept = {row.client_key: row for row in Revision.objects.filter(user=user)}
    assert kept.keys() == acknowledged.keys()
    for key, reply in acknowledged.items():
        assert (kept[key].seq, kept[key].late) == (reply["revision"], reply["late"])


def check_task(task: Task) -> None:
    """Nobody has two slots, and there are as many as asked for; state, merge and final agree.

    Leases from before fewer answers were asked for are not among these: they are in surplus.
    """
    slots = list(Slot.objects.filter(task=task))
    submitted = [slot for slot in slots if slot.state == SlotState.SUBMITTED]
    in_surplus = [slot.state for slot in slots if slot.surplus]
    assert set(in_surplus) <= {SlotState.LEASED}
    assert len(slots) - len(in_surplus) == max(task.overlap, len(submitted))
    people = [slot.user_id for slot in slots if slot.user_id]
    assert len(people) == len(set(people))
    check_history(task)
    complete = len(submitted) >= task.overlap
    assert complete == (task.state != TaskState.OPEN)
    assert (task.locked_at is None) or task.state == TaskState.FINAL
    final = Final.objects.filter(task=task).first()
    if complete:
        heads = Answer.objects.filter(task=task, user__in=[slot.user_id for slot in submitted])
        assert {*Merge.objects.get(task=task).revisions} == {answer.head_id for answer in heads}
    if task.state == TaskState.FINAL:
        assert final is not None
        assert (final.decided_by_id is None) or final.decided_by_id not in people
    else:
        assert final is None


def check_history(task: Task) -> None:
    """Revisions are numbered without gaps, the head is the last one in time; all is on record."""
    for answer in Answer.objects.filter(task=task):
        rows = list(answer.revisions.order_by("seq"))
        assert [row.seq for row in rows] == [*range(1, len(rows) + 1)]
        in_time = [row.id for row in rows if not row.late]
        assert answer.head_id == (in_time[-1] if in_time else None)
    told = Event.objects.filter(object_id=str(task.pk), kind__startswith="answer.")
    assert told.count() == Revision.objects.filter(task=task).count()
    moves = Event.objects.filter(object_id=str(task.pk), kind="task.state").order_by("id")
    assert all(move.data["from"] != move.data["to"] for move in moves)
    assert not Revision.objects.filter(task=task).exclude(dataset_id=F("task__dataset_id")).exists()
