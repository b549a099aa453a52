"""Keeping what was claimed, and giving it back. The database's clock says when a lease ends."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from apps.annotators.models import User
from apps.datasets.models import Dataset
from apps.tasks.models import Slot, SlotState, Task
from concord.errors import Conflict
from concord.events.actions import record

FREE_EXPIRED = """
WITH lapsed AS (
    SELECT task_id, n, surplus FROM tasks_slot
     WHERE dataset_id = %(dataset)s AND state = 'leased' AND lease_expires_at < now()
     ORDER BY lease_expires_at, task_id, n LIMIT 500 FOR UPDATE {skip}),
gone AS (
    DELETE FROM tasks_slot USING lapsed
     WHERE tasks_slot.task_id = lapsed.task_id AND tasks_slot.n = lapsed.n AND lapsed.surplus)
UPDATE tasks_slot SET state = 'free', user_id = NULL, lease_token = NULL,
       lease_expires_at = NULL, leased_at = NULL, returned = true
  FROM lapsed
 WHERE tasks_slot.task_id = lapsed.task_id AND tasks_slot.n = lapsed.n AND NOT lapsed.surplus
"""


@dataclass(frozen=True, slots=True)
class Lease:
    """The right of one person to answer one task until a moment of the database's clock."""

    task_id: uuid.UUID
    token: uuid.UUID
    expires_at: datetime


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
        state=SlotState.FREE,
        user=None,
        lease_token=None,
        lease_expires_at=None,
        leased_at=None,
        returned=True,
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
