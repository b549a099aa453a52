"""Handing out work: claiming slots, keeping and returning them.

Every statement judges time by the database's clock. The facts behind the SQL: counting before
locking overshoots even with SKIP LOCKED, so slots are rows made beforehand; a row skipped because
somebody else has it locked may come free again, so nobody is told "nothing left" before one more
look that waits.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.db.models.functions import Now
from django.utils.crypto import constant_time_compare, salted_hmac

from apps.annotators.models import User
from apps.datasets.access import role_of
from apps.datasets.actions.changing import hold_settings
from apps.datasets.config import DatasetConfig
from apps.datasets.models import Dataset, Role
from apps.tasks.actions.creating import new_slot
from apps.tasks.actions.planning import Plan
from apps.tasks.actions.transitions import apply_outcome
from apps.tasks.domain.fitting import unused_numbers
from apps.tasks.models import Slot, SlotState, Task, TaskState
from apps.tasks.ports import settle
from concord.errors import Conflict
from concord.events.actions import record

# A page works on for a while without a network, and holds what it has answered meanwhile as well.
MOST_AT_ONCE = 24

FREE_EXPIRED = """
WITH lapsed AS (
    SELECT task_id, n, surplus FROM tasks_slot
     WHERE dataset_id = %(dataset)s AND state = 'leased' AND lease_expires_at < now()
     ORDER BY lease_expires_at, task_id, n LIMIT 500 FOR UPDATE {skip}),
gone AS (
    DELETE FROM tasks_slot USING lapsed
     WHERE tasks_slot.task_id = lapsed.task_id AND tasks_slot.n = lapsed.n AND lapsed.surplus)
UPDATE tasks_slot SET state = 'free', user_id = NULL, lease_token = NULL,
       lease_expires_at = NULL, leased_at = NULL
  FROM lapsed
 WHERE tasks_slot.task_id = lapsed.task_id AND tasks_slot.n = lapsed.n AND NOT lapsed.surplus
"""

HELD = """
SELECT task_id, lease_token, lease_expires_at FROM tasks_slot
 WHERE user_id = %(user)s AND dataset_id = %(dataset)s AND state = 'leased'
   AND lease_expires_at > now()
 ORDER BY order_key, task_id
"""

# `user_id` is NULL in almost every row when the planner takes its statistics, so it believes that a
# person has hardly any slots, and both NOT EXISTS and `user_id =` read their whole history. Neither
# a scalar subquery nor IS NOT DISTINCT FROM leaves it that way: the few slots of the task are read.
CLAIM = """
WITH candidate AS MATERIALIZED (
    SELECT s.task_id, s.n, s.order_key FROM tasks_slot s
     WHERE s.dataset_id = %(dataset)s AND s.state = 'free'
       AND (s.only IS NULL OR %(user)s = ANY(s.only))
       AND (s.barred IS NULL OR %(user)s <> ALL(s.barred))
       AND (SELECT 1 FROM tasks_slot m
             WHERE m.task_id = s.task_id AND m.user_id IS NOT DISTINCT FROM %(user)s
             LIMIT 1) IS NULL
       AND (SELECT 1 FROM tasks_pass p WHERE p.task_id = s.task_id AND p.user_id = %(user)s
             AND (p.until IS NULL OR p.until > now()) LIMIT 1) IS NULL
     ORDER BY s.order_key, s.task_id, s.n
     LIMIT %(rows)s FOR UPDATE {skip}),
chosen AS (
    SELECT DISTINCT ON (order_key, task_id) task_id, n FROM candidate
     ORDER BY order_key, task_id, n LIMIT %(count)s)
UPDATE tasks_slot SET state = 'leased', user_id = %(user)s, lease_token = gen_random_uuid(),
       lease_expires_at = now() + make_interval(secs => %(seconds)s),
       leased_at = clock_timestamp()
  FROM chosen
 WHERE tasks_slot.task_id = chosen.task_id AND tasks_slot.n = chosen.n
RETURNING tasks_slot.task_id, tasks_slot.lease_token, tasks_slot.lease_expires_at
"""


@dataclass(frozen=True, slots=True)
class Lease:
    """The right of one person to answer one task until a moment of the database's clock."""

    task_id: uuid.UUID
    token: uuid.UUID
    expires_at: datetime


def lease_tasks(*, user: User, dataset: Dataset, count: int) -> list[Lease]:
    """Return what `user` holds in `dataset`, filled up to `count` with newly claimed slots.

    Empty only if no slot was free for this person at some moment during the call, or if the
    dataset is archived. Each look is a transaction of its own: who waits for rows must not hold
    any that others wait for.
    """
    if dataset.archived_at is not None:
        return []
    return (
        _lease(user=user, dataset=dataset, wanted=min(count, MOST_AT_ONCE), wait=False)
        or _lease(user=user, dataset=dataset, wanted=1, wait=True)
        or _lease_added(user=user, dataset=dataset)
    )


@transaction.atomic
def _lease(*, user: User, dataset: Dataset, wanted: int, wait: bool) -> list[Lease]:
    """Claim what is free; with `wait` also what turns out to be when its lock is released."""
    lock = {"skip": "" if wait else "SKIP LOCKED"}
    held = _held(user=user, dataset=dataset)
    if (missing := wanted - len(held)) <= 0:
        return held
    values: dict[str, Any] = {
        "user": user.id,
        "dataset": dataset.id,
        "seconds": settings.LEASE_SECONDS,
        "count": missing,
        "rows": 1 if wait else missing * 8,
    }
    with connection.cursor() as cursor:
        cursor.execute(FREE_EXPIRED.format(**lock), values)
        cursor.execute(CLAIM.format(**lock), values)
        return held + [Lease(*row) for row in cursor.fetchall()]


def _held(*, user: User, dataset: Dataset) -> list[Lease]:
    """Return what `user` holds, and keep their other requests for work out until the end.

    So two tabs of one browser share the same leases instead of doubling them.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{user.id}:{dataset.id}"]
        )
        cursor.execute(HELD, {"user": user.id, "dataset": dataset.id})
        return [Lease(*row) for row in cursor.fetchall()]


@transaction.atomic
def _lease_added(*, user: User, dataset: Dataset) -> list[Lease]:
    """Where everybody answers everything, add a slot to a task that `user` has no part in yet.

    Annotators who joined after a task was made would otherwise find it full. Reviewers and managers
    are not among "everybody": their curiosity must not open what is finished.
    """
    if not _everybody_answers(dataset) or role_of(user=user, dataset=dataset) != Role.ANNOTATOR:
        return []
    if not _everybody_answers(hold_settings(dataset=dataset)):
        return []
    if held := _held(user=user, dataset=dataset):
        return held
    task = (
        Task.objects.select_for_update(no_key=True)
        .filter(dataset=dataset, locked_at=None)
        .exclude(slots__user=user)
        .exclude(slots__state=SlotState.FREE)
        .filter(Exists(Slot.objects.for_person(user).filter(task=OuterRef("pk"))))
        .order_by("order_key", "id")
        .first()
    )
    return [] if task is None else [_add_leased_slot(user=user, task=task)]


def _everybody_answers(dataset: Dataset) -> bool:
    return DatasetConfig.of(dataset).overlap == "all"


def _add_leased_slot(*, user: User, task: Task) -> Lease:
    # Leased from the start: a free one could go to somebody else, or stay and keep the task open.
    token = uuid.uuid4()
    taken = set(Slot.objects.filter(task=task).values_list("n", flat=True))
    slot = new_slot(
        task=task,
        n=unused_numbers(taken, 1)[0],
        plan=Plan(task.dataset),
        state=SlotState.LEASED,
        user=user,
        lease_token=token,
        lease_expires_at=Now() + timedelta(seconds=settings.LEASE_SECONDS),
        leased_at=Now(),
    )
    slot.save(force_insert=True)
    task.overlap = Slot.objects.filter(task=task, surplus=False).count()
    # What was settled is no longer complete, so it is settled anew: a final must not outlive that.
    apply_outcome(task=task, outcome=None if task.state == TaskState.OPEN else settle(task))
    slot.refresh_from_db(fields=["lease_expires_at"])
    return Lease(task.id, token, cast(datetime, slot.lease_expires_at))


@transaction.atomic
def extend_lease(*, user: User, task: Task, token: uuid.UUID) -> datetime:
    """Move the end of a lease to a full term from now; returns the new end.

    Raises Conflict `lease_lost` when it ran out and somebody else took the slot.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE tasks_slot SET lease_expires_at = now() + make_interval(secs => %s)"
            " WHERE task_id = %s AND user_id = %s AND lease_token = %s AND state = 'leased'"
            " RETURNING lease_expires_at",
            [settings.LEASE_SECONDS, task.id, user.id, token],
        )
        row = cursor.fetchone()
    if row is None:
        raise Conflict("lease_lost", "This task went back to the pool; your draft is kept.")
    end: datetime = row[0]
    return end


@transaction.atomic
def release_leases(*, user: User, dataset: Dataset, tasks: Sequence[Task] | None = None) -> int:
    """Give slots back without an answer: those of `tasks`, or all that `user` holds here.

    What was begun stays stored as their draft. A slot that the task needs no more is gone.
    """
    held = Slot.objects.filter(dataset=dataset, user=user, state=SlotState.LEASED)
    if tasks is not None:
        held = held.filter(task__in=tasks)
    # Locked in the order of FREE_EXPIRED: the leases may have run out, and somebody else be freeing
    # them at the same time.
    in_order = held.select_for_update().order_by("lease_expires_at", "task", "n")
    held = Slot.objects.filter(pk__in=list(in_order.values_list("pk", flat=True)))
    gone, _ = held.filter(surplus=True).delete()
    count = gone + held.update(
        state=SlotState.FREE, user=None, lease_token=None, lease_expires_at=None, leased_at=None
    )
    if count:
        record(kind="lease.released", actor=user, dataset_id=dataset.id, data={"slots": count})
    return count


def sign_lease(*, lease: Lease, user: User) -> str:
    """Return the lease as it travels: the token and a proof that this server gave it out.

    With the proof, work that comes back after the lease ran out can be told from invention.
    """
    return f"{lease.token.hex}.{_proof(lease.task_id, user, lease.token)}"


def read_lease(*, text: str, task: Task, user: User) -> uuid.UUID:
    """Return the token of a travelled lease; raises Conflict `no_lease` for any other text."""
    hexadecimal, _, proof = text.partition(".")
    try:
        token = uuid.UUID(hex=hexadecimal)
    except ValueError:
        token = uuid.UUID(int=0)
    if not constant_time_compare(proof, _proof(task.id, user, token)):
        raise Conflict("no_lease", "Ask for the task first: this lease is not yours.")
    return token


def _proof(task_id: uuid.UUID, user: User, token: uuid.UUID) -> str:
    return salted_hmac("concord.lease", f"{task_id}:{user.pk}:{token}").hexdigest()[:32]
