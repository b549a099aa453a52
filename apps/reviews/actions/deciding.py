"""A reviewer's decisions, and the final answer that comes of them."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, cast

from django.db import transaction

from apps.annotators.models import User
from apps.reviews.actions.leasing import hold_review
from apps.reviews.actions.returning import return_task
from apps.reviews.actions.settling import store_facts, store_final
from apps.reviews.actions.verdicts import Verdict, record_verdict
from apps.reviews.differences import differences
from apps.reviews.domain.answers import Question
from apps.reviews.domain.resolution import check_rulings, resolve
from apps.reviews.domain.rulings import Act, Ruling, Undecidable, Version
from apps.reviews.models import Conflict, Decision, Final, Merge, ReviewLease
from apps.reviews.queries import REVIEWABLE, decisions_in_force
from apps.reviews.stored import question_of, versions_of
from apps.tasks.actions.transitions import hold_task, lock_task
from apps.tasks.models import Answer, Revision, Task, TaskState
from concord.errors import Conflict as WrongState
from concord.errors import Forbidden, Invalid, Stale

_Case = tuple[Question, Mapping[str, Any], Mapping[str, Version], Sequence[Ruling]]


@transaction.atomic
def decide(
    *,
    user: User,
    task: Task,
    version: int,
    token: uuid.UUID,
    verdicts: Sequence[Verdict],
    final: bool,
) -> tuple[Task, list[Decision]]:
    """Record `verdicts` on `task`; with `final` close it with the answer that they come to.

    A later verdict on a conflict replaces an earlier one, "reset" opens it again; "escalate" leaves
    the task to another reviewer, "send_back" to its authors. Raises Stale, with what happened, when
    the task moved on since `version` or another reviewer took it over, Conflict `locked_by_review`,
    `not_ready`, `lease_lost`, `conflicts_open`,
    Forbidden `own_work`, Invalid `unknown_conflict`, `reason_required`, `undecidable_...`;
    TakenDown when its image went meanwhile.
    """
    task = hold_task(task=task)
    _check(user=user, task=task, version=version, token=token)
    decisions = [record_verdict(user=user, task=task, verdict=verdict) for verdict in verdicts]
    case = _case(task)
    with _refused():  # now, not when the task is closed
        check_rulings(*case)
    if any(verdict.action == "escalate" for verdict in verdicts):
        ReviewLease.objects.filter(task=task).delete()
        return task, decisions
    if returned := [verdict for verdict in verdicts if verdict.action == "send_back"]:
        return return_task(user=user, task=task, verdicts=returned), decisions
    if final:
        return _close(user=user, task=task, case=case), decisions
    store_facts(task=task, state=TaskState(task.state))
    return task, decisions


def _check(*, user: User, task: Task, version: int, token: uuid.UUID) -> None:
    if Answer.objects.filter(task=task, user=user).exists():
        raise Forbidden("own_work", "You answered this task yourself; another reviewer decides it.")
    if task.version != version:
        raise _stale(user=user, task=task, version=version)
    if task.locked_at is not None:
        raise WrongState("locked_by_review", "This task is decided already.")
    if task.state not in REVIEWABLE:
        raise WrongState("not_ready", "This task does not wait for a reviewer.", state=task.state)
    if not hold_review(user=user, task_id=task.id, token=token):
        raise _stale(user=user, task=task, version=version)


def _stale(*, user: User, task: Task, version: int) -> Stale:
    """The refusal to decide on a picture that is not true any more, with what is."""
    current = {"version": task.version, "state": task.state}
    return Stale(current=current, diff=differences(task=task, since=version, reader=user))


def _close(*, user: User, task: Task, case: _Case) -> Task:
    left = Conflict.objects.filter(task=task, state=Conflict.State.OPEN)
    *_, rulings = case
    if not any(ruling.act == "reject" for ruling in rulings) and (count := left.count()):
        raise WrongState(
            "conflicts_open", f"{count} conflicts are still to be decided.", open=count
        )
    with _refused():
        resolution = resolve(*case)
    left.update(state=Conflict.State.DECIDED)
    store_final(
        task=task,
        merge=Merge.objects.get(task=task),
        origin=Final.Origin.DECIDED,
        resolution=resolution,
        decided_by=user,
    )
    task = lock_task(task=task)
    ReviewLease.objects.filter(task=task).delete()
    store_facts(task=task, state=TaskState.FINAL)
    return task


def _case(task: Task) -> _Case:
    """Return what `domain.resolution` asks for: the merge of a task and the decisions in force."""
    merge = Merge.objects.get(task=task)
    revisions = Revision.objects.filter(id__in=merge.revisions)
    rulings = [_ruling(decision) for decision in decisions_in_force(task)]
    return question_of(task), merge.result, versions_of(revisions), rulings


@contextmanager
def _refused() -> Iterator[None]:
    try:
        yield
    except Undecidable as error:
        raise Invalid(f"undecidable_{error.code}", error.detail) from error


def _ruling(decision: Decision) -> Ruling:
    conflict = decision.conflict
    return Ruling(
        act=cast(Act, decision.action),
        kind=conflict.kind if conflict else None,
        object=conflict.object_index if conflict else None,
        option=conflict.detail.get("option") if conflict else None,
        block=conflict.detail.get("block") if conflict else None,
        version=decision.detail["version"],
        label=decision.detail["label"],
        chosen=decision.detail["chosen"],
        span=decision.detail["span"],
        by=str(decision.id),
    )
