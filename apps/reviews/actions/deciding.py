"""A reviewer's decisions, and the final answer that comes of them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.db import transaction

from apps.annotators.models import User
from apps.reviews.actions.handing_on import hand_on
from apps.reviews.actions.leasing import hold_review
from apps.reviews.actions.looking_again import say_again, want_second_look
from apps.reviews.actions.returning import return_task
from apps.reviews.actions.settling import store_facts, store_final
from apps.reviews.actions.verdicts import Verdict, record_verdict
from apps.reviews.citing import cited_by
from apps.reviews.differences import differences
from apps.reviews.domain.resolution import check_rulings, resolve
from apps.reviews.handed_on import HANDED_ON
from apps.reviews.models import Conflict, Decision, Final, Merge, ReviewLease
from apps.reviews.queries import REVIEWABLE, decisions_in_force
from apps.reviews.rulings import Case, case_of, refused
from apps.reviews.second_looks import second_look_of
from apps.tasks.actions.transitions import hold_task, lock_task
from apps.tasks.models import Answer, Task, TaskState
from concord.errors import Conflict as WrongState
from concord.errors import Forbidden, Stale
from concord.events.actions import record


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

    What a second reviewer says is kept beside the final answer. A later verdict on a conflict
    replaces an earlier one, "reset" opens it again; "escalate" leaves the task to other reviewers,
    "give_back" for a while, "send_back" to its authors. Raises Stale, with what happened, when the
    task moved on since `version` or another reviewer took it over, Conflict `locked_by_review`,
    `not_ready`, `lease_lost`, `conflicts_open`, Forbidden `own_work`, Invalid `unknown_conflict`,
    `reason_required`, `undecidable_...`; TakenDown when its image went meanwhile.
    """
    task = hold_task(task=task)
    if look := second_look_of(user=user, task=task, token=token):
        return say_again(
            user=user, task=task, look=look, version=version, verdicts=verdicts, final=final
        )
    _check(user=user, task=task, version=version, token=token)
    decisions = [record_verdict(user=user, task=task, verdict=verdict) for verdict in verdicts]
    case = case_of(task, Merge.objects.get(task=task), decisions_in_force(task))
    with refused():  # now, not when the task is closed
        check_rulings(*case)
    if left := [verdict for verdict in verdicts if verdict.action in HANDED_ON]:
        hand_on(user=user, task=task, verdict=left[-1])
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


def _close(*, user: User, task: Task, case: Case) -> Task:
    left = Conflict.objects.filter(task=task, state=Conflict.State.OPEN)
    *_, rulings = case
    if not any(ruling.act == "reject" for ruling in rulings) and (count := left.count()):
        raise WrongState(
            "conflicts_open", f"{count} conflicts are still to be decided.", open=count
        )
    with refused():
        resolution = resolve(*case)
    left.update(state=Conflict.State.DECIDED)
    store_final(
        task=task,
        merge=Merge.objects.get(task=task),
        origin=Final.Origin.DECIDED,
        resolution=resolution,
        decided_by=user,
        cited=cited_by(decisions_in_force(task)),
    )
    task = lock_task(task=task)
    ReviewLease.objects.filter(task=task).delete()
    store_facts(task=task, state=TaskState.FINAL)
    want_second_look(task=task)
    record(kind="review.finalised", actor=user, dataset_id=task.dataset_id, subject=task)
    return task
