"""Handing out reviews: one reviewer at a time, never the author."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from apps.annotators.models import User
from apps.datasets.models import Dataset
from apps.reviews.models import ReviewLease
from apps.tasks.actions.leasing import release_leases
from apps.tasks.actions.places import end_claims
from apps.tasks.models import Slot, SlotState
from concord.errors import Conflict

MOST_AT_ONCE = 5

HELD = """
SELECT l.task_id, l.token, l.expires_at FROM reviews_reviewlease l
  JOIN tasks_task t ON t.id = l.task_id
 WHERE l.user_id = %(user)s AND l.dataset_id = %(dataset)s AND l.expires_at > now()
   AND t.state IN ('conflicted', 'answered') AND t.locked_at IS NULL AND t.withdrawn_at IS NULL
 ORDER BY t.order_key, t.id
"""

# Never own work: a task that the reviewer has answered is not theirs to decide, and one that they
# escalated is for somebody else.
CLAIM = """
WITH chosen AS (
    SELECT t.id, t.dataset_id FROM tasks_task t
     WHERE t.dataset_id = %(dataset)s AND t.state IN ('conflicted', 'answered')
       AND t.locked_at IS NULL AND t.probe_of_id IS NULL AND t.withdrawn_at IS NULL
       AND NOT EXISTS (SELECT 1 FROM tasks_answer a
                        WHERE a.task_id = t.id AND a.user_id = %(user)s)
       AND NOT EXISTS (SELECT 1 FROM reviews_decision d
                        WHERE d.task_id = t.id AND d.user_id = %(user)s AND d.action = 'escalate')
       AND NOT EXISTS (SELECT 1 FROM reviews_reviewlease l
                        WHERE l.task_id = t.id AND l.expires_at > now())
     ORDER BY t.state DESC, t.order_key, t.id
     LIMIT %(count)s FOR NO KEY UPDATE OF t SKIP LOCKED)
INSERT INTO reviews_reviewlease (task_id, dataset_id, user_id, token, expires_at)
SELECT id, dataset_id, %(user)s, gen_random_uuid(), now() + make_interval(secs => %(seconds)s)
  FROM chosen
    ON CONFLICT (task_id) DO UPDATE
   SET user_id = EXCLUDED.user_id, token = EXCLUDED.token, expires_at = EXCLUDED.expires_at
 WHERE reviews_reviewlease.expires_at <= now()
RETURNING task_id, token, expires_at
"""


@dataclass(frozen=True, slots=True)
class ReviewTicket:
    """The right of one reviewer to decide one task until a moment of the database's clock."""

    task_id: uuid.UUID
    token: uuid.UUID
    expires_at: datetime


@transaction.atomic
def lease_reviews(*, user: User, dataset: Dataset, count: int) -> list[ReviewTicket]:
    """Return what `user` reviews in `dataset`, filled up to `count`; disputed tasks come first.

    Nothing in an archived dataset.
    """
    if dataset.archived_at is not None:
        return []
    values: dict[str, Any] = {
        "user": user.id,
        "dataset": dataset.id,
        "seconds": settings.LEASE_SECONDS,
    }
    with connection.cursor() as cursor:
        cursor.execute(HELD, values)
        held = [ReviewTicket(*row) for row in cursor.fetchall()]
        missing = min(count, MOST_AT_ONCE) - len(held)
        if missing <= 0:
            return held
        cursor.execute(CLAIM, {**values, "count": missing})
        return held + [ReviewTicket(*row) for row in cursor.fetchall()]


@transaction.atomic
def release_work(*, user: User, dataset_id: uuid.UUID | None = None) -> None:
    """Give back at once what `user` labels and reviews, in one dataset or in all.

    Also what they are being given at this moment.
    """
    end_claims(user=user)
    slots = Slot.objects.filter(user=user, state=SlotState.LEASED)
    reviews = ReviewLease.objects.filter(user=user)
    if dataset_id is not None:
        slots, reviews = slots.filter(dataset=dataset_id), reviews.filter(dataset=dataset_id)
    for dataset in Dataset.objects.filter(pk__in=slots.values("dataset")):
        release_leases(user=user, dataset=dataset)
    reviews.delete()


def hold_review(*, user: User, task_id: uuid.UUID, token: uuid.UUID) -> None:
    """Extend the reviewer's lease by a full term; raises Conflict `lease_lost` if it is gone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE reviews_reviewlease SET expires_at = now() + make_interval(secs => %s)"
            " WHERE task_id = %s AND user_id = %s AND token = %s RETURNING 1",
            [settings.LEASE_SECONDS, task_id, user.id, token],
        )
        if cursor.fetchone() is None:
            raise Conflict("lease_lost", "Another reviewer has this task now.")
