"""One decision on many conflicts, and taking it back as one."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Literal

from django.db import transaction
from django.db.models.functions import Now

from apps.annotators.models import User
from apps.datasets.models import Dataset
from apps.reviews.actions.deciding import decide
from apps.reviews.actions.leasing import lease_again, release_review
from apps.reviews.actions.reopening import take_back
from apps.reviews.actions.verdicts import Verdict
from apps.reviews.coverage import asks_for_missed
from apps.reviews.models import Bulk, Conflict, Decision, ReviewLease
from apps.reviews.points import Point, points_of
from apps.reviews.queries import review_page, waiting_for
from apps.reviews.takes import set_of, takes_of
from apps.tasks.actions.transitions import hold_task
from apps.tasks.models import Task
from concord.errors import Conflict as WrongState
from concord.errors import DomainError, Invalid, Stale, Unprocessable

Act = Literal["accept", "take", "delete"]

Told = dict[str, list[dict[str, Any]]]

MOST = 200
"""Conflicts that are decided with one request."""


_GONE = WrongState("gone", "The answers changed, and this is not in dispute any more.")
_DECIDED = WrongState("decided_already", "Somebody has decided this meanwhile.")
_NOBODY = WrongState("nobody_said_so", "Nobody said this here, so it has to be edited.")


@dataclass(frozen=True, slots=True)
class Asked:
    """A conflict to decide, and the version of its task that was looked at."""

    conflict: uuid.UUID
    version: int


@dataclass(frozen=True, slots=True)
class Saying:
    """What is said of all of them: `take` is the key of one of the things that can be."""

    action: Act
    take: str | None = None


def decide_many(
    *,
    user: User,
    dataset: Dataset,
    key: str,
    request_hash: bytes,
    asked: Sequence[Asked],
    saying: Saying,
) -> Bulk:
    """Say the same of many conflicts, task by task, and return what came of it (`Bulk.outcome`).

    Each task is decided as in `deciding.decide`, in a transaction of its own and under a lease of
    its own; one that cannot be is left out with the reason. The last word on a task closes it,
    unless what was missed is still to be asked. The same `key` gets the same outcome; asked again
    after a crash it goes on where it ended. Raises Conflict `archived`, Invalid `mixed_set`,
    `unknown_take`, Unprocessable `idempotency_key_reused`.
    """
    if dataset.archived_at is not None:
        raise WrongState("dataset_archived", "Nothing is decided in an archived dataset.")
    bulk, _ = Bulk.objects.get_or_create(
        user=user, key=key, defaults={"dataset": dataset, "request_hash": request_hash}
    )
    if bytes(bulk.request_hash) != request_hash:
        raise Unprocessable(
            "idempotency_key_reused", "This Idempotency-Key was used for another request."
        )
    if bulk.outcome is not None:
        return bulk
    points = _points(dataset, asked)
    versions = {each.conflict: each.version for each in asked}
    _check_set(points, saying)
    outcome = _gone(asked, points)
    for _, some in groupby(points, key=lambda point: point.task.pk):
        _add(outcome, _try(bulk, list(some), versions, saying))
    Bulk.objects.filter(pk=bulk.pk, outcome__isnull=True).update(outcome=outcome)
    bulk.refresh_from_db()
    return bulk


def undo_many(*, user: User, bulk: Bulk) -> Told:
    """Take back what was decided with `bulk`, and open again what it closed.

    Returns the conflicts that are open again with the versions of their tasks, and those left out:
    somebody went on with them. Undoing twice changes nothing more.
    """
    with transaction.atomic():
        _hold(bulk)
        Bulk.objects.filter(pk=bulk.pk, undone_at=None).update(undone_at=Now())
    told: Told = {"reopened": [], "left_out": []}
    rows = list(bulk.decisions.select_related("task__dataset").order_by("task", "id"))
    for _, some in groupby(rows, key=lambda row: row.task_id):
        decisions = list(some)
        conflicts = [row.conflict_id for row in decisions]
        try:
            version = _undo_on(user, decisions)
        except DomainError as error:
            told["left_out"] += [_left(conflict, error) for conflict in conflicts]
        else:
            task = str(decisions[0].task_id)
            told["reopened"] += [
                {"conflict": str(conflict), "task": task, "version": version}
                for conflict in conflicts
            ]
    return told


def _points(dataset: Dataset, asked: Sequence[Asked]) -> list[Point]:
    """Return what is asked for as far as it is there, task by task."""
    rows = Conflict.objects.filter(dataset=dataset, pk__in=[each.conflict for each in asked])
    current = rows.exclude(state=Conflict.State.SUPERSEDED).order_by("task", "position")
    return points_of(current, dataset=dataset)


def _check_set(points: Sequence[Point], saying: Saying) -> None:
    if len({set_of(point) for point in points}) > 1:
        raise Invalid("mixed_set", "The same cannot be said of all of these.")
    if not points:
        return
    if saying.action == "delete" and points[0].object is None:
        raise Invalid("unknown_take", "There is no object here that could be deleted.")
    keys = {take.key for point in points for take in takes_of(point)}
    if saying.action == "take" and saying.take not in keys:
        raise Invalid("unknown_take", "This cannot be said of these.")


def _gone(asked: Sequence[Asked], points: Sequence[Point]) -> Told:
    found = {point.conflict.pk for point in points}
    lost = [each.conflict for each in asked if each.conflict not in found]
    return {"decided": [], "left_out": [_left(conflict, _GONE) for conflict in lost]}


def _try(
    bulk: Bulk, points: Sequence[Point], versions: Mapping[uuid.UUID, int], saying: Saying
) -> Told:
    """Decide the points of one task, or say why that cannot be."""
    told: Told = {"decided": [], "left_out": []}
    said: dict[uuid.UUID, Verdict] = {}
    for point in points:
        verdict = _verdict(point, saying)
        if verdict is None:
            told["left_out"].append(_left(point.conflict.pk, _NOBODY))
        else:
            said[point.conflict.pk] = replace(verdict, bulk=bulk)
    if not said:
        return told
    try:
        _add(told, _decide_on(bulk, points[0].task, said, versions))
    except DomainError as error:
        told["left_out"] += [_left(conflict, error) for conflict in said]
    return told


def _verdict(point: Point, saying: Saying) -> Verdict | None:
    if saying.action != "take":
        return Verdict(action=saying.action, conflict=point.conflict.pk)
    return next((take.verdict for take in takes_of(point) if take.key == saying.take), None)


@transaction.atomic
def _decide_on(
    bulk: Bulk,
    seen: Task,
    said: Mapping[uuid.UUID, Verdict],
    versions: Mapping[uuid.UUID, int],
) -> Told:
    """Decide conflicts of one task as it was `seen`; raises what keeps that from being done."""
    _hold(bulk)
    task = hold_task(task=seen)
    done = set(bulk.decisions.filter(task=task).values_list("conflict", flat=True))
    told: Told = {"decided": [], "left_out": []}
    new = {conflict: verdict for conflict, verdict in said.items() if conflict not in done}
    if new:
        if bulk.undone_at is not None:
            raise WrongState("undone", "This was taken back meanwhile.")
        if {seen.version, *(versions[conflict] for conflict in new)} != {task.version}:
            raise Stale(current={"version": task.version}, diff={})
        for conflict in _decided_among(new):
            del new[conflict]
            told["left_out"].append(_left(conflict, _DECIDED))
    if new:
        task = _decide(bulk.user, task, list(new.values()))
    told["decided"] = [_told(conflict, task) for conflict in said if conflict in new.keys() | done]
    return told


def _decided_among(conflicts: Iterable[uuid.UUID]) -> list[uuid.UUID]:
    rows = Conflict.objects.filter(pk__in=list(conflicts), state=Conflict.State.DECIDED)
    return list(rows.values_list("pk", flat=True))


def _told(conflict: uuid.UUID, task: Task) -> dict[str, Any]:
    return {
        "conflict": str(conflict),
        "task": str(task.pk),
        "version": task.version,
        "closed": task.locked_at is not None,
    }


def _decide(user: User, task: Task, verdicts: Sequence[Verdict]) -> Task:
    """Say it under the lease that they have, or under one for this moment."""
    mine = waiting_for(user, [task.dataset_id]).filter(pk=task.pk).exists()
    token, held = _lease(user, task)
    conflicts = [verdict.conflict for verdict in verdicts]
    left = Conflict.objects.filter(task=task, state=Conflict.State.OPEN).exclude(pk__in=conflicts)
    final = not left.exists() and not asks_for_missed(review_page(task))
    task, _ = decide(
        user=user, task=task, version=task.version, token=token, verdicts=verdicts, final=final
    )
    if not mine:  # said last: what `decide` refuses has better reasons
        raise WrongState("for_another", "This waits for another reviewer.")
    if not held:
        release_review(user=user, task=task)
    return task


def _lease(user: User, task: Task) -> tuple[uuid.UUID, bool]:
    """The token of a lease of `user`, and whether they had it before; raises Conflict `held`."""
    lease = ReviewLease.objects.filter(task=task, expires_at__gt=Now()).first()
    if lease is None:
        return lease_again(user=user, task=task).token, False
    if lease.user_id != user.pk:
        raise WrongState("held", "Another reviewer has this open.")
    return lease.token, True


@transaction.atomic
def _undo_on(user: User, decisions: Sequence[Decision]) -> int:
    """Open the conflicts of one task again and return its version."""
    task = hold_task(task=decisions[0].task)
    mine = _still_in_force(user, decisions)
    if not mine:
        return task.version
    if task.locked_at is not None:
        if task.version != decisions[-1].task_version + 1:
            raise WrongState("decided_since", "This was decided again since.")
        token, held = take_back(user=user, task=task).token, False
        task = hold_task(task=task)
    else:
        token, held = _lease(user, task)
    resets = [Verdict(action=Decision.Action.RESET, conflict=row.conflict_id) for row in mine]
    decide(user=user, task=task, version=task.version, token=token, verdicts=resets, final=False)
    if not held:
        release_review(user=user, task=task)
    return task.version


def _still_in_force(user: User, decisions: Sequence[Decision]) -> list[Decision]:
    """Return those that were not taken back yet; raises Conflict where somebody decided since."""
    mine = []
    for row in decisions:
        newer = Decision.objects.filter(conflict=row.conflict, created_at__gt=row.created_at)
        last = newer.order_by("created_at", "id").last()
        if last is None:
            mine.append(row)
        elif last.action != Decision.Action.RESET or last.user_id != user.pk:
            raise WrongState("decided_since", "This was decided again since.")
    return mine


def _hold(bulk: Bulk) -> None:
    """Lock the row until the transaction ends, so that its twin waits, and read it anew."""
    held = Bulk.objects.select_for_update(no_key=True).get(pk=bulk.pk)
    bulk.undone_at = held.undone_at


def _left(conflict: uuid.UUID | None, error: DomainError) -> dict[str, Any]:
    return {"conflict": str(conflict), "code": error.code, "detail": error.detail}


def _add(told: Told, more: Mapping[str, Iterable[Any]]) -> None:
    for name, rows in more.items():
        told[name] += rows
