"""Going on with what is done to many tasks, a chunk or a task at a time, and taking it back."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.db.models.functions import Now

from apps.annotators.models import User
from apps.datasets.config import DatasetConfig
from apps.datasets.models import Dataset
from apps.desk.actions import deeds
from apps.desk.actions.deeds import Came
from apps.desk.models import Act, Acted
from apps.exchange.actions import create_export
from apps.exchange.domain.options import ExportOptions
from apps.tasks.actions.fitting import fit_these
from apps.tasks.models import Task
from concord.errors import Conflict, DomainError
from concord.events.actions import record

CHUNK = 200
PIECE_SECONDS = 20

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


def go_on(*, act: Act, beat: Beat, seconds: float | None = PIECE_SECONDS) -> bool:
    """Do what is left of an act; True if some is left when the time is up.

    Two may go on with the same act at once: each takes what the other has not done.
    """
    if act.deed == Act.Deed.EXPORT:
        _export(act)
        return False
    end = None if seconds is None else time.monotonic() + seconds
    if Act.objects.filter(pk=act.pk, state=Act.State.DONE).exists():
        return False
    # Whoever went on before may have died between a chunk and its slots.
    _refit(act, _last(act, Acted.State.DONE), beat)
    done = counts_of(act)["done"]
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


def undo(*, user: User, act: Act) -> Act:
    """Take an act back, task by task as far as it is as the act left it.

    Undoing twice changes nothing more. Raises Conflict `not_undoable`, `not_done`,
    `dataset_archived`.
    """
    check_open(act.dataset)
    back = BACK.get(Act.Deed(act.deed))
    if back is None:
        raise Conflict("not_undoable", "This cannot be taken back as a whole.")
    if act.state in (Act.State.QUEUED, Act.State.RUNNING):
        raise Conflict("not_done", "This is still being done.")
    if act.undone_at is None:
        _refit(act, _last(act, Acted.State.UNDONE), lambda **_: None, back=True)
    while chunk := _undo_some(act, back):
        _refit(act, chunk, lambda **_: None, back=True)
    if Act.objects.filter(pk=act.pk, undone_at=None).update(undone_at=Now()):
        record(kind="act.undone", actor=user, dataset_id=act.dataset_id, subject=act)
    act.refresh_from_db()
    return act


def _undo_some(act: Act, back: Callable[[Act, Mapping[uuid.UUID, Any]], None]) -> list[uuid.UUID]:
    with transaction.atomic():
        _hold(act)
        chunk = _done(act)
        back(act, chunk)
        Acted.objects.filter(act=act, task_id__in=chunk).update(state=Acted.State.UNDONE)
    return list(chunk)


def _hold(act: Act) -> Act:
    """Wait for whoever else does this act, until the end of the transaction."""
    return Act.objects.select_for_update(no_key=True).get(pk=act.pk)


def _waiting(act: Act) -> list[uuid.UUID]:
    rows = Acted.objects.filter(act=act, state=Acted.State.WAITING).order_by("task_id")
    return list(rows.values_list("task_id", flat=True)[:CHUNK])


def _done(act: Act) -> dict[uuid.UUID, Any]:
    rows = Acted.objects.filter(act=act, state=Acted.State.DONE).order_by("task_id")
    return dict(rows.values_list("task_id", "before")[:CHUNK])


def _last(act: Act, state: Acted.State) -> list[uuid.UUID]:
    """The tasks of the chunk that came to this state last."""
    rows = Acted.objects.filter(act=act, state=state).order_by("-task_id")
    return list(rows.values_list("task_id", flat=True)[:CHUNK])


def _still(act: Act, tasks: Sequence[uuid.UUID]) -> list[uuid.UUID]:
    """Those of `tasks` that nobody else has done; nobody will before the caller's transaction ends,
    if there is one."""
    with transaction.atomic():
        _hold(act)
    rows = Acted.objects.filter(act=act, state=Acted.State.WAITING, task_id__in=tasks)
    return list(rows.order_by("task_id").values_list("task_id", flat=True))


def _do(act: Act, tasks: Sequence[uuid.UUID]) -> dict[uuid.UUID, Came]:
    """Do it to these tasks and note what came of it; what is not there any more is `gone`."""
    deed = Act.Deed(act.deed)
    if deed in IN_CHUNKS:
        with transaction.atomic():
            mine = _still(act, tasks)
            said = IN_CHUNKS[deed](act, mine)
            came = {task: said.get(task, Came("gone")) for task in mine}
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
            if not _still(act, [pk]):
                return Came("done_already")
            if task is not None:
                ONE_BY_ONE[Act.Deed(act.deed)](act, task)
            _note_one(act, pk, came.code)
    except DomainError as error:
        came = Came(error.code)
        _note_one(act, pk, came.code)
    return came


def _note_one(act: Act, pk: uuid.UUID, code: str) -> None:
    state = Acted.State.LEFT_OUT if code else Acted.State.DONE
    waiting = Acted.objects.filter(act=act, task_id=pk, state=Acted.State.WAITING)
    waiting.update(state=state, code=code)


@transaction.atomic
def _export(act: Act) -> None:
    """Order one file of all tasks of the act, however often this is done."""
    if _hold(act).state == Act.State.CANCELLED:
        return
    waiting = Acted.objects.filter(act=act, state=Acted.State.WAITING)
    there = Task.objects.of(act.dataset).values("pk")
    chosen = waiting.filter(task_id__in=there)
    if waiting.exists():
        tasks = chosen.values("task_id")
        options = ExportOptions(**act.saying)
        create_export(user=act.user, dataset=act.dataset, options=options, tasks=tasks)
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


def _refit(act: Act, tasks: list[uuid.UUID], beat: Beat, *, back: bool = False) -> None:
    """Let the slots of tasks follow new people, or a new priority where the queue goes by it; on
    the way `back` from an assignment also what is complete only because it went to so few."""
    assigns = act.deed == Act.Deed.ASSIGN
    follows = assigns
    if act.deed == Act.Deed.PRIORITY:
        follows = DatasetConfig.of(act.dataset).order == "priority"
    if tasks and follows:
        fit_these(tasks, dataset=act.dataset, reopen=back and assigns, beat=beat)


def _end(act: Act) -> None:
    unfinished = Act.objects.filter(pk=act.pk, finished_at=None)
    unfinished.update(state=Act.State.DONE, finished_at=Now())
    act.refresh_from_db()


def counts_of(act: Act) -> dict[str, int]:
    """Return to how many tasks an act is `done`, and the `left_out_count`."""
    rows = Acted.objects.filter(act=act)
    left = Q(state=Acted.State.LEFT_OUT)
    return rows.aggregate(
        done=Count("task_id", filter=~left & ~Q(state=Acted.State.WAITING)),
        left_out_count=Count("task_id", filter=left),
    )


def check_open(dataset: Dataset) -> None:
    """Raise Conflict `dataset_archived` where nothing is changed any more."""
    if dataset.archived_at is not None:
        raise Conflict("dataset_archived", "Nothing is changed in an archived dataset.")
