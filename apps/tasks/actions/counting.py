"""How much is left for one person, said with every task that is handed out."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from apps.annotators.models import User
from apps.datasets.models import Dataset
from apps.tasks.domain.stretches import FIRST_TASK
from apps.tasks.eligible import AHEAD, CLAIMABLE, PLANNED_ONCE
from concord.rows import first_row, run

LEFT_COUNTED = 500
FEW = 50
FRESH_SECONDS = 5
"""Few are always counted; of many the number of a moment ago will do."""

KNOWN = """
SELECT (SELECT count(*) FROM tasks_slot
         WHERE user_id = %(user)s AND dataset_id = %(dataset)s AND state = 'leased'
           AND lease_expires_at > now()),
       p.free,
       p.free >= %(few)s AND p.counted_at > now() - make_interval(secs => %(fresh)s),
       CASE WHEN p.start IS NULL THEN p.turn ELSE p.turn >> 56 << 56 END,
       CASE WHEN p.start IS NULL THEN p.task END
  FROM (VALUES (1)) always
       LEFT JOIN tasks_place p ON p.dataset_id = %(dataset)s AND p.user_id = %(user)s
"""

COUNT_FREE = f"""
WITH found AS (
    SELECT count(*) AS free FROM (
        (SELECT task_id FROM (
            SELECT DISTINCT s.order_key, s.task_id FROM tasks_slot s
             WHERE {AHEAD} AND {CLAIMABLE}
             ORDER BY s.order_key, s.task_id LIMIT %(most)s) ahead)
        UNION
        (SELECT task_id FROM (
            SELECT DISTINCT s.order_key, s.task_id FROM tasks_slot s
             WHERE s.returned AND {CLAIMABLE}
             ORDER BY s.order_key, s.task_id LIMIT %(most)s) again)) both_kinds),
noted AS (
    UPDATE tasks_place SET free = found.free, counted_at = statement_timestamp() FROM found
     WHERE dataset_id = %(dataset)s AND user_id = %(user)s)
SELECT free FROM found
"""  # noqa: S608 - made of constants


def count_left(*, user: User, dataset: Dataset) -> int:
    """Return how many tasks `user` holds or could claim now; of the latter at most LEFT_COUNTED.

    What lies behind their place is not gone through again, so the cost does not grow with what they
    have answered.
    """
    values: dict[str, Any] = {"user": user.id, "dataset": dataset.id}
    row = first_row(KNOWN, {**values, "few": FEW, "fresh": FRESH_SECONDS})
    assert row is not None
    held, free, known, turn, task = row
    if not known:
        where = {"turn": turn or 0, "task": task or FIRST_TASK, "most": LEFT_COUNTED}
        with transaction.atomic():
            run(f"SELECT {PLANNED_ONCE}", {})
            (free,) = first_row(COUNT_FREE, {**values, **where}) or (0,)
    return int(held) + min(int(free), LEFT_COUNTED)
