"""Handing out reviews: one reviewer at a time, never the author."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any, cast

from django.conf import settings
from django.db import connection, transaction

from apps.annotators.models import User
from apps.datasets.models import Dataset
from apps.reviews.actions.looking_again import (
    hold_second_look,
    lease_second_looks,
    release_second_looks,
)
from apps.reviews.actions.tickets import ReviewTicket
from apps.reviews.handed_on import AWAY
from apps.reviews.models import ReviewLease, SecondLook
from apps.reviews.queries import REVIEWABLE
from apps.reviews.returns import asked_for_by, kept_for_others
from apps.reviews.second_looks import second_look_of
from apps.reviews.tie_breaking import tie_breaker_of
from apps.tasks.actions.leasing import release_leases
from apps.tasks.actions.places import end_claims
from apps.tasks.models import Slot, SlotState, Task
from concord.errors import Conflict
from concord.rows import first_row

MOST_AT_ONCE = 5


class Order(StrEnum):
    """By what tasks come to a reviewer."""

    LOSS = "loss"
    CLASS = "class"
    ANNOTATOR = "annotator"
    RANDOM = "random"
    OLDEST = "oldest"
    MISSED = "missed"


ALL_ORDERS = [order.value for order in Order]

HELD = """
SELECT l.task_id, l.token, l.expires_at, l.user_id FROM reviews_reviewlease l
  JOIN tasks_task t ON t.id = l.task_id
 WHERE l.user_id = %(user)s AND l.dataset_id = %(dataset)s AND l.expires_at > now()
   AND t.state IN ('conflicted', 'answered') AND t.locked_at IS NULL AND t.withdrawn_at IS NULL
 ORDER BY t.order_key, t.id
"""

# Never own work: a task that the reviewer has answered is not theirs to decide, and one that they
# escalated is for somebody else, one that they gave back for a while. What they sent back comes
# first, what others sent back not yet.
# What people differ on is for who breaks ties here, if somebody else does and may decide it.
CLAIM = """
WITH chosen AS (
    SELECT t.id, t.dataset_id
      FROM tasks_task t LEFT JOIN reviews_taskfacts f ON f.task_id = t.id
     WHERE t.dataset_id = %(dataset)s AND t.state IN ('conflicted', 'answered')
       AND t.locked_at IS NULL AND t.probe_of_id IS NULL AND t.withdrawn_at IS NULL
       AND NOT EXISTS (SELECT 1 FROM tasks_answer a
                        WHERE a.task_id = t.id AND a.user_id = %(user)s)
       AND NOT EXISTS (SELECT 1 FROM reviews_decision d
                        WHERE d.task_id = t.id AND d.user_id = %(user)s
                          AND (d.action = 'escalate'
                               OR d.action = 'give_back' AND d.created_at > now()
                                  - make_interval(secs => %(away)s)))
       AND NOT EXISTS (SELECT 1 FROM reviews_reviewlease l
                        WHERE l.task_id = t.id AND l.expires_at > now())
       AND t.id <> ALL(%(others)s::uuid[])
       AND (%(breaker)s::uuid IS NULL OR t.state <> 'conflicted'
            OR EXISTS (SELECT 1 FROM tasks_answer a
                        WHERE a.task_id = t.id AND a.user_id = %(breaker)s)
            OR EXISTS (SELECT 1 FROM reviews_decision d WHERE d.task_id = t.id
                          AND d.user_id = %(breaker)s
                          AND d.action IN ('escalate', 'give_back')))
     ORDER BY t.id = ANY(%(mine)s::uuid[]) DESC, {order}, t.order_key, t.id
     LIMIT %(count)s FOR NO KEY UPDATE OF t SKIP LOCKED)
INSERT INTO reviews_reviewlease (task_id, dataset_id, user_id, token, expires_at)
SELECT id, dataset_id, %(user)s, gen_random_uuid(), now() + make_interval(secs => %(seconds)s)
  FROM chosen
    ON CONFLICT (task_id) DO UPDATE
   SET user_id = EXCLUDED.user_id, token = EXCLUDED.token, expires_at = EXCLUDED.expires_at
 WHERE reviews_reviewlease.expires_at <= now()
RETURNING task_id, token, expires_at, user_id
"""

# The expected loss is 1 - confidence. Classes and people come together, the least sure first.
ORDERS = {
    Order.LOSS: "f.confidence NULLS FIRST",
    Order.CLASS: "f.labels[1] NULLS LAST, f.confidence NULLS FIRST",
    Order.ANNOTATOR: "f.annotators, f.confidence NULLS FIRST",
    Order.RANDOM: "md5(t.id::text || %(user)s::text)",
    Order.OLDEST: "t.created_at",
    # All is decided there, so it waits for the look at the whole image.
    Order.MISSED: "(t.state = 'conflicted' AND f.conflict_kinds = '{}') IS TRUE DESC,"
    " f.confidence NULLS FIRST",
}

EXTEND = """
UPDATE reviews_reviewlease SET expires_at = now() + make_interval(secs => %s)
 WHERE task_id = %s AND user_id = %s AND token = %s RETURNING expires_at
"""

GRANT = """
INSERT INTO reviews_reviewlease (task_id, dataset_id, user_id, token, expires_at)
VALUES (%s, %s, %s, gen_random_uuid(), now() + make_interval(secs => %s))
    ON CONFLICT (task_id) DO UPDATE
   SET user_id = EXCLUDED.user_id, token = EXCLUDED.token, expires_at = EXCLUDED.expires_at
RETURNING task_id, token, expires_at, user_id
"""


@transaction.atomic
def lease_reviews(
    *, user: User, dataset: Dataset, count: int, order: Order = Order.LOSS
) -> list[ReviewTicket]:
    """Return what `user` reviews in `dataset`, filled up to `count` in `order`.

    What they are to look at without knowing what was decided comes first, then what they sent back
    and was answered again.

    Nothing in an archived dataset.
    """
    if dataset.archived_at is not None:
        return []
    count = min(count, MOST_AT_ONCE)
    values: dict[str, Any] = {
        "user": user.id,
        "dataset": dataset.id,
        "seconds": settings.LEASE_SECONDS,
    }
    with connection.cursor() as cursor:
        cursor.execute(HELD, values)
        held = [ReviewTicket(*row) for row in cursor.fetchall()]
        held += lease_second_looks(user=user, dataset=dataset, count=count - len(held))
        missing = count - len(held)
        if missing <= 0:
            return held
        # The rows come in no order: the database returns what it inserted.
        cursor.execute(
            CLAIM.format(order=ORDERS[order]),
            {
                **values,
                **_returned(user, dataset),
                "away": AWAY.total_seconds(),
                "breaker": _other_tie_breaker(user, dataset),
                "count": missing,
            },
        )
        return held + [ReviewTicket(*row) for row in cursor.fetchall()]


def _other_tie_breaker(user: User, dataset: Dataset) -> uuid.UUID | None:
    breaker = tie_breaker_of(dataset)
    return None if breaker == user.pk else breaker


def _returned(user: User, dataset: Dataset) -> dict[str, Any]:
    """Ids of the tasks that were sent back: `mine` are for me, `others` for whoever asked."""
    reviewable = {"state__in": REVIEWABLE}
    return {
        "mine": list(
            asked_for_by(user, [dataset.id]).filter(**reviewable).values_list("pk", flat=True)
        ),
        "others": list(
            kept_for_others(user, [dataset.id]).filter(**reviewable).values_list("pk", flat=True)
        ),
    }


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
    only = {} if dataset_id is None else {"dataset": dataset_id}
    release_second_looks(user=user, **only)


def count_held(*, user: User) -> dict[str, int]:
    """Count what `release_work` would give back."""
    reviews = ReviewLease.objects.filter(user=user).count()
    return {
        "tasks": Slot.objects.filter(user=user, state=SlotState.LEASED).count(),
        "reviews": reviews + SecondLook.objects.filter(user=user, closed_at=None).count(),
    }


def hold_review(*, user: User, task_id: uuid.UUID, token: uuid.UUID) -> datetime | None:
    """Extend the reviewer's lease by a full term from now and return its end.

    One that ran out holds on as long as nobody took the task over; then None. Raises Conflict
    `lease_lost` when it was given back.
    """
    end = first_row(EXTEND, [settings.LEASE_SECONDS, task_id, user.id, token])
    if end is not None:
        return cast(datetime, end[0])
    if ReviewLease.objects.filter(task=task_id).exclude(user=user).exists():
        return None
    raise Conflict("lease_lost", "You gave this task back. Ask for it again.")


def keep_review(*, user: User, task: Task, token: uuid.UUID) -> datetime:
    """Extend the reviewer's lease; raises Conflict `lease_lost` also when another took it over."""
    if look := second_look_of(user=user, task=task, token=token):
        return hold_second_look(look=look)
    end = hold_review(user=user, task_id=task.id, token=token)
    if end is None:
        raise Conflict("lease_lost", "Another reviewer has this task now.")
    return end


def lease_again(*, user: User, task: Task) -> ReviewTicket:
    """Hand a task that nobody reviews to `user`; the caller holds its row."""
    values = [task.id, task.dataset_id, user.id, settings.LEASE_SECONDS]
    row = first_row(GRANT, values)
    assert row is not None
    return ReviewTicket(*row)


def release_review(*, user: User, task: Task) -> None:
    """Give a task back undecided; what was decided so far stays."""
    ReviewLease.objects.filter(user=user, task=task).delete()
    release_second_looks(user=user, task=task)
