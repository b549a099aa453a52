"""Claiming one particular task, for who picks it in a list instead of asking for the next."""

from __future__ import annotations

import uuid

from django.conf import settings

from apps.annotators.models import User
from apps.tasks.actions.taking import my_slot
from apps.tasks.eligible import CLAIMABLE, MAY_LABEL
from apps.tasks.models import SlotState, Task
from concord.errors import Conflict
from concord.rows import first_row

# Slots that somebody else has locked are passed over: who claims waits for one while they hold
# another.
CLAIM_ONE = f"""
UPDATE tasks_slot SET state = 'leased', user_id = %(user)s, lease_token = gen_random_uuid(),
       lease_expires_at = now() + make_interval(secs => %(seconds)s),
       leased_at = clock_timestamp(), returned = false
 WHERE (task_id, n) = (
    SELECT s.task_id, s.n FROM tasks_slot s
     WHERE s.task_id = %(task)s AND {CLAIMABLE} AND {MAY_LABEL}
     ORDER BY s.n LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING lease_token
"""  # noqa: S608 - made of constants


def claim_one(*, user: User, task: Task) -> uuid.UUID:
    """Lease a free slot of `task` to `user`, or find the lease they have; returns its token.

    The caller holds the task. Raises Conflict `answered_already`, and `no_slot` where the routing
    keeps the task from them, they skipped it, or others have all its slots.
    """
    mine = my_slot(user=user, task=task)
    if mine is not None and mine.state == SlotState.SUBMITTED:
        raise Conflict("answered_already", "You have answered this task.")
    if mine is not None and mine.lease_token is not None:
        return mine.lease_token
    values = {
        "user": user.pk,
        "dataset": task.dataset_id,
        "task": task.pk,
        "seconds": settings.LEASE_SECONDS,
    }
    row = first_row(CLAIM_ONE, values)
    if row is None:
        raise Conflict("no_slot", "This task has no place for an answer of yours.")
    token: uuid.UUID = row[0]
    return token
