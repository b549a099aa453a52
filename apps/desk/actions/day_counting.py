"""Counting how datasets stand, so that each day's end is known afterwards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from apps.datasets.models import Dataset
from apps.desk.models import DayCount
from apps.desk.queries.home import STATES
from apps.tasks.models import TaskState
from concord.rows import all_rows

REBUILT_DAYS = 90

# A dataset's newest event, against the newest that its last count knew of.
STALE = """
SELECT d.id, coalesce(news.id, 0)
  FROM datasets_dataset d
       CROSS JOIN LATERAL (
           SELECT id FROM concord_event WHERE dataset_id = d.id ORDER BY id DESC LIMIT 1) news
       LEFT JOIN LATERAL (
           SELECT event FROM desk_daycount WHERE dataset_id = d.id ORDER BY day DESC LIMIT 1
       ) counted ON true
 WHERE d.deleted_at IS NULL AND news.id > coalesce(counted.event, -1)
"""

# Since when each task is there, and since when it is as it is now.
CAME = """
SELECT 'all', (created_at AT TIME ZONE %(zone)s)::date AS day, count(*)
  FROM tasks_task
 WHERE dataset_id = %(dataset)s AND probe_of_id IS NULL AND withdrawn_at IS NULL GROUP BY day
 UNION ALL
SELECT t.state, (coalesce(f.created_at, w.updated_at) AT TIME ZONE %(zone)s)::date AS day, count(*)
  FROM tasks_task t
       LEFT JOIN reviews_final f ON f.task_id = t.id AND t.state = 'final'
       LEFT JOIN reviews_taskfacts w ON w.task_id = t.id
 WHERE t.dataset_id = %(dataset)s AND t.probe_of_id IS NULL AND t.withdrawn_at IS NULL
   AND t.state <> 'open'
 GROUP BY t.state, day
"""


def count_days(*, now: datetime) -> int:
    """Count the datasets in which something happened since they were last counted; says how many.

    Safe to run twice: a day's row is replaced by a later count of that day.
    """
    stale = all_rows(STALE, [])
    datasets = Dataset.objects.in_bulk([pk for pk, _ in stale])
    for pk, event in stale:
        _count(datasets[pk], event=event, now=now)
    return len(stale)


@transaction.atomic
def _count(dataset: Dataset, *, event: int, now: datetime) -> None:
    today = now.astimezone(ZoneInfo(dataset.time_zone)).date()
    if not DayCount.objects.filter(dataset=dataset).exists():
        DayCount.objects.bulk_create(_rebuilt(dataset, today), ignore_conflicts=True)
    states = {str(state): n for state, n in STATES.recount([dataset.pk])[dataset.pk].items()}
    found = {**states, "rebuilt": False, "event": event}
    DayCount.objects.update_or_create(dataset=dataset, day=today, defaults=found)


def _rebuilt(dataset: Dataset, today: date) -> Iterator[DayCount]:
    """The days before today, from when tasks came to be as they are now."""
    came: dict[str, Counter[date]] = {}
    values: dict[str, Any] = {"dataset": dataset.pk, "zone": dataset.time_zone}
    for what, day, n in all_rows(CAME, values):
        came.setdefault(what, Counter())[day or today] += n
    for ago in reversed(range(1, REBUILT_DAYS + 1)):
        day = today - timedelta(days=ago)
        by_then = {
            what: sum(n for when, n in days.items() if when <= day) for what, days in came.items()
        }
        states = {str(state): by_then.get(state, 0) for state in TaskState if state != "open"}
        there = max(by_then.get("all", 0), sum(states.values()))
        if there:
            states["open"] = there - sum(states.values())
            yield DayCount(dataset=dataset, day=day, rebuilt=True, **states)
