"""Finding a reviewer the next tasks, and counting those that wait for them."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings

from apps.annotators.models import User
from apps.datasets.models import Dataset
from apps.reviews.actions.tickets import ReviewTicket
from apps.reviews.eligible import FOR_ME, NOT_LEASED, ORDERS, STRETCHES, Order
from apps.reviews.handed_on import AWAY
from apps.reviews.queries import REVIEWABLE
from apps.reviews.returns import asked_for_by, kept_for_others
from apps.reviews.tie_breaking import tie_breaker_of
from concord.rows import all_rows, first_row

LEFT_COUNTED = 500

CLAIM = f"""
WITH chosen AS (
    SELECT t.id, t.dataset_id
      FROM reviews_taskfacts f JOIN tasks_task t ON t.id = f.task_id
     WHERE {FOR_ME} AND {NOT_LEASED} AND {{among}}
     ORDER BY {{order}} LIMIT %(count)s FOR NO KEY UPDATE OF t SKIP LOCKED)
INSERT INTO reviews_reviewlease (task_id, dataset_id, user_id, token, expires_at)
SELECT id, dataset_id, %(user)s, gen_random_uuid(), now() + make_interval(secs => %(seconds)s)
  FROM chosen
    ON CONFLICT (task_id) DO UPDATE
   SET user_id = EXCLUDED.user_id, token = EXCLUDED.token, expires_at = EXCLUDED.expires_at
 WHERE reviews_reviewlease.expires_at <= now()
RETURNING task_id, token, expires_at, user_id
"""  # noqa: S608 (of constants)

COUNT = f"""
SELECT count(*) FROM (
    SELECT FROM reviews_taskfacts f JOIN tasks_task t ON t.id = f.task_id
     WHERE {FOR_ME} ORDER BY {ORDERS[Order.LOSS]} LIMIT %(most)s) found
"""  # noqa: S608 (of constants)


def claim_reviews(*, user: User, dataset: Dataset, count: int, order: Order) -> list[ReviewTicket]:
    """Lease up to `count` tasks to `user`: what they sent back first, then in `order`.

    Call it in a transaction.
    """
    values = _values(user, dataset)
    among = [*(["t.id = ANY(%(mine)s::uuid[])"] if values["mine"] else []), *STRETCHES[order]]
    claimed: list[ReviewTicket] = []
    for part in among:
        if missing := count - len(claimed):
            # The rows come in no order: the database returns what it inserted.
            rows = all_rows(
                CLAIM.format(among=part, order=ORDERS[order]), {**values, "count": missing}
            )
            claimed += [ReviewTicket(*row) for row in rows]
    return claimed


def count_waiting(*, user: User, dataset: Dataset) -> int:
    """Count the tasks that wait for `user`, those on other reviewers' pages too; LEFT_COUNTED
    stands for so many and more."""
    (found,) = first_row(COUNT, {**_values(user, dataset), "most": LEFT_COUNTED}) or (0,)
    return int(found)


def _values(user: User, dataset: Dataset) -> dict[str, Any]:
    return {
        "user": user.pk,
        "dataset": dataset.pk,
        "seconds": settings.LEASE_SECONDS,
        "away": AWAY.total_seconds(),
        "breaker": _other_tie_breaker(user, dataset),
        **_returned(user, dataset),
    }


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
