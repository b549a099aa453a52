"""Handing out reviews: one reviewer at a time, never the author."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import cast

from django.conf import settings
from django.db import transaction

from apps.annotators.models import User
from apps.datasets.models import Dataset
from apps.reviews.actions.claiming import claim_reviews
from apps.reviews.actions.looking_again import (
    hold_second_look,
    lease_second_looks,
    release_second_looks,
)
from apps.reviews.actions.tickets import ReviewTicket
from apps.reviews.eligible import Order
from apps.reviews.models import ReviewLease, SecondLook
from apps.reviews.second_looks import second_look_of
from apps.tasks.actions.leasing import release_leases
from apps.tasks.actions.places import end_claims
from apps.tasks.models import Slot, SlotState, Task
from concord.errors import Conflict
from concord.rows import all_rows, first_row

MOST_AT_ONCE = 5


HELD = """
SELECT l.task_id, l.token, l.expires_at, l.user_id FROM reviews_reviewlease l
  JOIN tasks_task t ON t.id = l.task_id
 WHERE l.user_id = %(user)s AND l.dataset_id = %(dataset)s AND l.expires_at > now()
   AND t.state IN ('conflicted', 'answered') AND t.locked_at IS NULL AND t.withdrawn_at IS NULL
 ORDER BY t.order_key, t.id
"""

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
    values = {"user": user.id, "dataset": dataset.id}
    held = [ReviewTicket(*row) for row in all_rows(HELD, values)]
    held += lease_second_looks(user=user, dataset=dataset, count=count - len(held))
    if (missing := count - len(held)) <= 0:
        return held
    return held + claim_reviews(user=user, dataset=dataset, count=missing, order=order)


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
