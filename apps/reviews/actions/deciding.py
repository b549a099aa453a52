"""A reviewer's decisions, and the final answer that comes of them."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast

from django.db import transaction

from apps.annotators.models import User
from apps.reviews.actions.leasing import hold_review
from apps.reviews.actions.settling import store_facts, store_final
from apps.reviews.domain.answers import Question
from apps.reviews.domain.resolution import check_rulings, resolve
from apps.reviews.domain.rulings import Act, Ruling, Undecidable, Version
from apps.reviews.models import Conflict, Decision, Final, Merge, ReviewLease
from apps.reviews.queries import REVIEWABLE, decisions_in_force
from apps.reviews.stored import heads_of, question_of, versions_of
from apps.tasks.actions.gold import retire_gold
from apps.tasks.actions.sending_back import send_back
from apps.tasks.actions.transitions import hold_task, lock_task, unlock_task
from apps.tasks.models import Answer, Revision, Task, TaskState
from apps.tasks.ports import Outcome
from concord.errors import Conflict as WrongState
from concord.errors import Forbidden, Invalid, Stale
from concord.events.actions import record


@dataclass(frozen=True, slots=True)
class Verdict:
    """One decision as asked for; versions are user ids, labels ids, spans as merged (by id)."""

    action: str
    conflict: uuid.UUID | None = None
    version: str | None = None
    label: str | None = None
    chosen: int | str | None = None
    span: dict[str, Any] | None = None
    reason: str = ""


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
    the task to another reviewer, "send_back" to its authors. Raises Stale when the task moved on
    since `version`, Conflict `locked_by_review`, `not_ready`, `lease_lost`, `conflicts_open`,
    Forbidden `own_work`, Invalid `unknown_conflict`, `reason_required`, `undecidable_...`;
    TakenDown when its image went meanwhile.
    """
    task = hold_task(task=task)
    _check(user=user, task=task, version=version, token=token)
    decisions = [_record(user=user, task=task, verdict=verdict) for verdict in verdicts]
    case = _case(task)
    with _refused():  # now, not when the task is closed
        check_rulings(*case)
    if any(verdict.action == "escalate" for verdict in verdicts):
        ReviewLease.objects.filter(task=task).delete()
        return task, decisions
    if returned := [verdict for verdict in verdicts if verdict.action == "send_back"]:
        return _return_task(user=user, task=task, verdict=returned[-1]), decisions
    if final:
        return _close(user=user, task=task, case=case), decisions
    store_facts(task=task, state=TaskState(task.state))
    return task, decisions


def _check(*, user: User, task: Task, version: int, token: uuid.UUID) -> None:
    if Answer.objects.filter(task=task, user=user).exists():
        raise Forbidden("own_work", "You answered this task yourself; another reviewer decides it.")
    if task.version != version:
        current = {"version": task.version, "state": task.state}
        raise Stale(current=current, diff={"version": [version, task.version]})
    if task.locked_at is not None:
        raise WrongState("locked_by_review", "This task is decided already.")
    if task.state not in REVIEWABLE:
        raise WrongState("not_ready", "This task does not wait for a reviewer.", state=task.state)
    hold_review(user=user, task_id=task.id, token=token)


def _record(*, user: User, task: Task, verdict: Verdict) -> Decision:
    conflict = None
    if verdict.conflict is not None:
        conflict = (
            Conflict.objects.filter(task=task, pk=verdict.conflict)
            .exclude(state=Conflict.State.SUPERSEDED)
            .first()
        )
        if conflict is None:
            raise Invalid("unknown_conflict", "This conflict is not of this task any more.")
        opens = verdict.action in {"reset", "escalate"}
        conflict.state = Conflict.State.OPEN if opens else Conflict.State.DECIDED
        conflict.save(update_fields=["state"])
    decision = Decision.objects.create(
        task=task,
        dataset_id=task.dataset_id,
        conflict=conflict,
        user=user,
        action=verdict.action,
        detail={
            "version": verdict.version,
            "label": verdict.label,
            "chosen": verdict.chosen,
            "span": verdict.span,
        },
        reason=verdict.reason,
        task_version=task.version,
    )
    record(
        kind="decision.made",
        actor=user,
        dataset_id=task.dataset_id,
        subject=task,
        data={"decision": str(decision.id), "action": decision.action},
    )
    return decision


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


def _return_task(*, user: User, task: Task, verdict: Verdict) -> Task:
    """Send the task back to one author, or to all where no version is named."""
    if not verdict.reason:
        raise Invalid(
            "reason_required", "Say why you send it back.", errors={"reason": ["missing"]}
        )
    authors = [revision.user for revision in heads_of(task)]
    if verdict.version is not None:
        authors = [author for author in authors if str(author.pk) == verdict.version]
    if not authors:
        raise Invalid("unknown_version", "This answer came too late: its slot went to another.")
    ReviewLease.objects.filter(task=task).delete()
    task = send_back(
        task=task,
        reviewer=user,
        to=authors,
        reason=verdict.reason,
    )
    store_facts(task=task, state=TaskState.OPEN)
    return task


@transaction.atomic
def unlock(*, user: User, task: Task, reason: str) -> Task:
    """Open a decided task again, for edits and for another decision; who and why is recorded.

    Gold that somebody doubts is gold no more.
    """
    task = hold_task(task=task)
    if task.locked_at is None:
        raise WrongState("not_locked", "This task is not locked.")
    # Whatever was said of the task as a whole, a rejection say, must not outlive its conflicts'.
    _record(user=user, task=task, verdict=Verdict(action=Decision.Action.RESET, reason=reason))
    disputed = Conflict.objects.filter(task=task).exclude(state=Conflict.State.SUPERSEDED)
    state = (
        TaskState.CONFLICTED if disputed.update(state=Conflict.State.OPEN) else TaskState.ANSWERED
    )
    Final.objects.filter(task=task).delete()
    retire_gold(task=task, actor=user)
    task = unlock_task(task=task, outcome=Outcome(state))
    store_facts(task=task, state=state)
    record(
        kind="task.unlocked",
        actor=user,
        dataset_id=task.dataset_id,
        subject=task,
        data={"reason": reason},
    )
    return task
