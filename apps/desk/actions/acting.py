"""Doing one thing to many tasks: at once where they are few, else by a job, and taking it back.

The tasks are written down when an act begins, so that it does what was seen and no more, and a
worker that dies leaves what is still to be done.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.db.models.functions import Now

from apps.annotators.models import User
from apps.datasets.config import DatasetConfig
from apps.datasets.models import Dataset
from apps.desk.access import reach_of
from apps.desk.actions import deeds
from apps.desk.actions.deeds import Came
from apps.desk.filters import read_filter
from apps.desk.models import Act, Acted
from apps.desk.queries.finding import Search
from apps.exchange.actions import create_export
from apps.tasks.actions.fitting import fit_these
from apps.tasks.models import Task
from concord.errors import Conflict, DomainError, Unprocessable
from concord.events.actions import record
from concord.jobs.actions import enqueue
from concord.rows import run

KIND = "desk.act"
AT_ONCE = 500
"""Tasks to which something is done while the page waits."""
CHUNK = 200
PIECE_SECONDS = 20
SHOWN = 100
"""Tasks that are named of those left out."""

Beat = Callable[..., None]

IN_CHUNKS = {
    Act.Deed.TAG: deeds.tag,
    Act.Deed.PRIORITY: deeds.prioritise,
    Act.Deed.ASSIGN: deeds.assign,
}
ONE_BY_ONE = {
    Act.Deed.REQUEUE: deeds.ask_another,
    Act.Deed.DELETE: deeds.delete,
    Act.Deed.ANSWER: deeds.answer,
}
BACK = {
    Act.Deed.TAG: deeds.untag,
    Act.Deed.PRIORITY: deeds.give_back_priority,
    Act.Deed.ASSIGN: deeds.give_back_people,
}

NOTE = """
INSERT INTO desk_acted (act_id, task_id, state, code, before)
SELECT %(act)s, task_id, 'waiting', '', NULL FROM ({found}) found ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be done to which tasks: `tasks` by id, or those that `wanted`, a filter, finds.

    `expected` is how many the page said these are; `key` and `request_hash` make it happen once.
    """

    deed: str
    saying: dict[str, Any]
    tasks: Sequence[uuid.UUID] | None
    wanted: Mapping[str, list[str]] | None
    expected: int | None
    key: str
    request_hash: bytes


def act_on_many(*, user: User, dataset: Dataset, asked: Asked) -> Act:
    """Do it, or have a job do it where a filter finds more than `AT_ONCE`; returns the act.

    The same key gets the same act. Raises Conflict `dataset_archived`, `count_changed`,
    Unprocessable `idempotency_key_reused`, and what reading a filter raises.
    """
    if asked.deed != Act.Deed.EXPORT and dataset.archived_at is not None:
        raise Conflict("dataset_archived", "Nothing is changed in an archived dataset.")
    with transaction.atomic():
        act, new = _begin(user=user, dataset=dataset, asked=asked)
        few = asked.tasks is not None or _search(act).count(most=AT_ONCE + 1) <= AT_ONCE
        if new:
            _check_count(act, asked)
            _write_down(act, asked.tasks)
            if not few:
                args = {"act": str(act.pk)}
                enqueue(kind=KIND, args=args, created_by=user, dataset_id=dataset.pk)
    if few and act.state == Act.State.QUEUED:
        go_on(act=act, beat=lambda **_: None, seconds=None)
    return act


def go_on(*, act: Act, beat: Beat, seconds: float | None = PIECE_SECONDS) -> bool:
    """Do what is left of an act; True if some is left when the time is up."""
    if act.deed == Act.Deed.EXPORT:
        _export(act)
        return False
    end = None if seconds is None else time.monotonic() + seconds
    done = _counts(act)["done"]
    while chunk := _waiting(act):
        if end is not None and time.monotonic() > end:
            return True
        if Act.objects.filter(pk=act.pk, state=Act.State.CANCELLED).exists():
            return False
        came = _do(act, chunk)
        changed = [pk for pk, each in came.items() if not each.code]
        _refit(act, changed, beat)
        done += len(changed)
        beat(done=done, total=act.total)
    _end(act)
    return False


def cancel_act(*, act: Act) -> Act:
    """Leave what is still to be done; its job notices after the chunk that it is at."""
    unfinished = Act.objects.filter(pk=act.pk, finished_at=None)
    if unfinished.update(state=Act.State.CANCELLED, finished_at=Now()):
        record(kind="act.cancelled", actor=act.user, dataset_id=act.dataset_id, subject=act)
    act.refresh_from_db()
    return act


def undo(*, user: User, act: Act) -> Act:
    """Take an act back, task by task as far as it is as the act left it.

    Undoing twice changes nothing more. Raises Conflict `not_undoable`, `not_done`.
    """
    back = BACK.get(Act.Deed(act.deed))
    if back is None:
        raise Conflict("not_undoable", "This cannot be taken back as a whole.")
    if act.state in (Act.State.QUEUED, Act.State.RUNNING):
        raise Conflict("not_done", "This is still being done.")
    while chunk := _done(act):
        with transaction.atomic():
            back(act, chunk)
            Acted.objects.filter(act=act, task_id__in=chunk).update(state=Acted.State.UNDONE)
        _refit(act, list(chunk), lambda **_: None)
    if Act.objects.filter(pk=act.pk, undone_at=None).update(undone_at=Now()):
        record(kind="act.undone", actor=user, dataset_id=act.dataset_id, subject=act)
    act.refresh_from_db()
    return act


def outcome_of(act: Act) -> dict[str, Any]:
    """Return how far an act is: `done`, how many were left out and the first of these."""
    left = Acted.objects.filter(act=act, state=Acted.State.LEFT_OUT).order_by("task_id")
    return {
        **_counts(act),
        "left_out": [{"task": row.task_id, "code": row.code} for row in left[:SHOWN]],
        "undo": act.pk if act.deed in BACK else None,
    }


def _begin(*, user: User, dataset: Dataset, asked: Asked) -> tuple[Act, bool]:
    act, new = Act.objects.get_or_create(
        user=user,
        key=asked.key,
        defaults={
            "dataset": dataset,
            "request_hash": asked.request_hash,
            "deed": asked.deed,
            "saying": asked.saying,
            "wanted": None if asked.wanted is None else dict(asked.wanted),
        },
    )
    if bytes(act.request_hash) != asked.request_hash:
        raise Unprocessable(
            "idempotency_key_reused", "This Idempotency-Key was used for another request."
        )
    return act, new


def _search(act: Act) -> Search:
    wanted = read_filter(act.wanted or {})
    reach = reach_of(user=act.user, dataset=act.dataset, wanted=wanted)
    return Search(act.dataset, wanted, reach)


def _check_count(act: Act, asked: Asked) -> None:
    """Refuse to do to others what somebody wanted to do to the tasks that they saw counted."""
    if asked.wanted is None or asked.expected is None:
        return
    found = _search(act).count(most=max(asked.expected, 0) + 1)
    if found != asked.expected:
        raise Conflict("count_changed", "These are other tasks by now.", count=found)


def _write_down(act: Act, tasks: Sequence[uuid.UUID] | None) -> None:
    if tasks is None:
        statement, values = _search(act).tasks
    else:
        statement, values = "SELECT unnest(%(tasks)s::uuid[]) AS task_id", {"tasks": list(tasks)}
    run(NOTE.format(found=statement), values | {"act": act.pk})
    act.total = Acted.objects.filter(act=act).count()
    act.save(update_fields=["total"])
    record(
        kind="act.ordered",
        actor=act.user,
        dataset_id=act.dataset_id,
        subject=act,
        data={"act": act.deed, "tasks": act.total, "filter": act.wanted},
    )


def _waiting(act: Act) -> list[uuid.UUID]:
    rows = Acted.objects.filter(act=act, state=Acted.State.WAITING).order_by("task_id")
    return list(rows.values_list("task_id", flat=True)[:CHUNK])


def _done(act: Act) -> dict[uuid.UUID, Any]:
    rows = Acted.objects.filter(act=act, state=Acted.State.DONE).order_by("task_id")
    return dict(rows.values_list("task_id", "before")[:CHUNK])


def _do(act: Act, tasks: Sequence[uuid.UUID]) -> dict[uuid.UUID, Came]:
    """Do it to these tasks and note what came of it; what is not there any more is `gone`."""
    deed = Act.Deed(act.deed)
    if deed in IN_CHUNKS:
        with transaction.atomic():
            said = IN_CHUNKS[deed](act, tasks)
            came = {task: said.get(task, Came("gone")) for task in tasks}
            _note(act, came)
        return came
    found = Task.objects.select_related("dataset").filter(dataset=act.dataset).in_bulk(tasks)
    return {pk: _do_one(act, pk, found.get(pk)) for pk in tasks}


def _do_one(act: Act, pk: uuid.UUID, task: Task | None) -> Came:
    """Done and noted together, so that a worker that dies leaves no doubt; only what is deleted is
    noted after, because it lets go of its locks while it waits for others."""
    together = nullcontext() if act.deed == Act.Deed.DELETE else transaction.atomic()
    came = Came() if task is not None else Came("gone")
    try:
        with together:
            if task is not None:
                ONE_BY_ONE[Act.Deed(act.deed)](act, task)
            _note(act, {pk: came})
    except DomainError as error:
        came = Came(error.code)
        _note(act, {pk: came})
    return came


@transaction.atomic
def _export(act: Act) -> None:
    """Order one file of all tasks of the act, however often this is done."""
    Act.objects.select_for_update().get(pk=act.pk)
    waiting = Acted.objects.filter(act=act, state=Acted.State.WAITING)
    there = Task.objects.of(act.dataset).values("pk")
    chosen = waiting.filter(task_id__in=there)
    if waiting.exists():
        tasks = chosen.values("task_id")
        create_export(user=act.user, dataset=act.dataset, **act.saying, tasks=tasks)
        chosen.update(state=Acted.State.DONE)
        waiting.update(state=Acted.State.LEFT_OUT, code="gone")
    _end(act)


def _note(act: Act, came: Mapping[uuid.UUID, Came]) -> None:
    Acted.objects.bulk_update(
        [
            Acted(
                act=act,
                task_id=task,
                state=Acted.State.LEFT_OUT if each.code else Acted.State.DONE,
                code=each.code,
                before=each.before,
            )
            for task, each in came.items()
        ],
        ["state", "code", "before"],
    )


def _refit(act: Act, tasks: list[uuid.UUID], beat: Beat) -> None:
    """Let the slots of tasks follow new people, or a new priority where the queue goes by it."""
    follows = act.deed == Act.Deed.ASSIGN
    if act.deed == Act.Deed.PRIORITY:
        follows = DatasetConfig.of(act.dataset).order == "priority"
    if tasks and follows:
        fit_these(tasks, dataset=act.dataset, reopen=False, beat=beat)


def _counts(act: Act) -> dict[str, int]:
    rows = Acted.objects.filter(act=act)
    left = Q(state=Acted.State.LEFT_OUT)
    return rows.aggregate(
        done=Count("task_id", filter=~left & ~Q(state=Acted.State.WAITING)),
        left_out_count=Count("task_id", filter=left),
    )


def _end(act: Act) -> None:
    unfinished = Act.objects.filter(pk=act.pk, finished_at=None)
    unfinished.update(state=Act.State.DONE, finished_at=Now())
    act.refresh_from_db()
