"""Who of several people gets no work in a dataset, and why: `why_no_work` for all at once."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from typing import Any

from django.db import transaction

from apps.datasets.models import Dataset
from apps.tasks.actions.planning import is_routed
from apps.tasks.domain.stretches import FIRST_TASK
from apps.tasks.eligible import CLAIMABLE, PLANNED_ONCE
from apps.tasks.no_work import (
    ARCHIVED,
    BUSY,
    DONE,
    FOR_OTHERS,
    LEFT_OVER,
    NEXT_RETURN,
    WITHHELD,
    NoWork,
    with_others,
)
from concord.jobs.queries import is_busy
from concord.rows import all_rows, first_row


def _of_each(statement: str) -> str:
    """The statement about one person, as one about each `person`."""
    return statement.replace("%(user)s", "person.id")


# Nothing that a person may do lies before their place, unless it came back or they go round.
HAS_WORK = f"""
SELECT person.id
  FROM unnest(%(users)s::uuid[]) person (id)
       LEFT JOIN tasks_place p ON p.dataset_id = %(dataset)s AND p.user_id = person.id
 WHERE EXISTS (SELECT FROM tasks_slot s
                WHERE s.user_id = person.id AND s.dataset_id = %(dataset)s AND s.state = 'leased')
    OR EXISTS (SELECT FROM tasks_slot s WHERE s.returned AND {_of_each(CLAIMABLE)})
    OR EXISTS (SELECT FROM tasks_slot s
                WHERE {_of_each(CLAIMABLE)}
                  AND (s.order_key, s.task_id) >= (
                      CASE WHEN p.start IS NULL THEN coalesce(p.turn, 0) ELSE 0 END,
                      CASE WHEN p.start IS NULL THEN coalesce(p.task, %(first)s)
                           ELSE %(first)s END))
"""  # noqa: S608 - made of constants

REASONS = f"""
SELECT person.id, least(coming.lease, coming.skip), waiting.withheld,
       %(routed)s AND EXISTS (
           SELECT FROM tasks_slot s
            WHERE s.dataset_id = %(dataset)s AND s.state = 'free' AND s.purpose <> 'gold'
              AND (person.id <> ALL(s.only) OR person.id = ANY(s.barred)))
  FROM unnest(%(users)s::uuid[]) person (id)
       CROSS JOIN LATERAL ({_of_each(NEXT_RETURN)}) coming (lease, skip)
       CROSS JOIN LATERAL ({_of_each(LEFT_OVER)}) waiting (returned, withheld)
"""  # noqa: S608 - made of constants


@transaction.atomic
def without_work(*, users: Collection[uuid.UUID], dataset: Dataset) -> dict[uuid.UUID, NoWork]:
    """Return why, by person, for those of `users` who would get nothing now, in a fixed number of
    queries. Whether they may label is not asked. Somebody who holds a task has work."""
    first_row(f"SELECT {PLANNED_ONCE}", [])
    values: dict[str, Any] = {
        "dataset": dataset.pk,
        "users": list(users),
        "first": FIRST_TASK,
        "routed": is_routed(dataset),
    }
    idle = set(users) - {user for (user,) in all_rows(HAS_WORK, values)}
    if not idle:
        return {}
    if dataset.archived_at is not None:
        return dict.fromkeys(idle, ARCHIVED)
    for prefix, reason in BUSY.items():
        if is_busy(dataset_id=dataset.pk, prefix=prefix):
            return dict.fromkeys(idle, reason)
    rows = all_rows(REASONS, {**values, "users": list(idle)})
    return {user: _reason(*found) for user, *found in rows}


def _reason(until: Any, withheld: bool, routed_past: bool) -> NoWork:
    if until is not None:
        return with_others(until)
    if withheld:
        return WITHHELD
    return FOR_OTHERS if routed_past else DONE
