"""What fitting the tasks of a dataset to other settings would do; nothing is written."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from apps.datasets.config import DatasetConfig, SharedOverlap
from apps.datasets.models import Dataset
from apps.tasks.actions.planning import Plan
from apps.tasks.models import TaskState
from concord.rows import all_rows

# Tasks with all that their number of answers follows from, those that are alike in it counted
# together: a million of them are few kinds.
KINDS = """
SELECT t.state, t.locked_at IS NOT NULL, t.overlap, s.people, coalesce(s.everybody, 0),
       coalesce(s.extra, 0), m.meta, t.assigned, min(t.input_hash), count(*)
  FROM tasks_task t
  LEFT JOIN (SELECT task_id,
                    array_agg(user_id ORDER BY user_id)
                        FILTER (WHERE state = 'submitted' AND purpose <> 'gold') AS people,
                    count(user_id) FILTER (WHERE state = 'submitted') AS everybody,
                    count(*) FILTER (WHERE purpose = 'extra') AS extra
               FROM tasks_slot WHERE dataset_id = %(dataset)s GROUP BY task_id) s
         ON s.task_id = t.id
  LEFT JOIN LATERAL (SELECT jsonb_object_agg(k, t.meta->k) AS meta
                       FROM unnest(%(keys)s::text[]) k WHERE t.meta ? k) m ON true
 WHERE t.dataset_id = %(dataset)s AND t.probe_of_id IS NULL AND t.withdrawn_at IS NULL
 GROUP BY t.state, 2, t.overlap, s.people, 5, 6, m.meta, t.assigned,
          ('x' || left(t.input_hash, 13))::bit(52)::bigint / 16::float8 ^ 13 < %(share)s
"""


@dataclass(frozen=True, slots=True)
class Kind:
    """`count` tasks that are alike; `needs` answers instead of `overlap`, of which `has` are in."""

    state: str
    locked: bool
    overlap: int
    needs: int
    has: int
    count: int


@dataclass(slots=True)
class FitForecast:
    """How many tasks wait for more or for fewer answers, of which `answers` in all; which open
    again, out of finals and out of what waits for a reviewer; which are complete at once; and which
    would get more if a reviewer had not decided them."""

    more: int = 0
    answers: int = 0
    fewer: int = 0
    opened_final: int = 0
    opened_waiting: int = 0
    completed: int = 0
    decided: int = 0


def forecast_fit(*, dataset: Dataset, wanted: DatasetConfig) -> FitForecast:
    """Say what `refit_tasks` would do to all tasks of the dataset under `wanted`."""
    told = FitForecast()
    for kind in _kinds(dataset, wanted):
        if kind.locked:
            told.decided += kind.count if kind.needs > max(kind.overlap, kind.has) else 0
            continue
        awaited, before = max(0, kind.needs - kind.has), max(0, kind.overlap - kind.has)
        if awaited > before:
            told.more += kind.count
            told.answers += kind.count * (awaited - before)
        elif awaited < before:
            told.fewer += kind.count
        if kind.state == TaskState.OPEN:
            told.completed += kind.count if before and not awaited else 0
        elif awaited:
            told.opened_final += kind.count if kind.state == TaskState.FINAL else 0
            told.opened_waiting += kind.count if kind.state != TaskState.FINAL else 0
    return told


def _kinds(dataset: Dataset, wanted: DatasetConfig) -> Iterator[Kind]:
    as_wanted = Dataset(pk=dataset.pk, config=wanted.as_json())
    plan, overlap = Plan(as_wanted), wanted.overlap
    values = {
        "dataset": dataset.pk,
        "keys": [route.meta for route in wanted.routing],
        "share": overlap.share if isinstance(overlap, SharedOverlap) else 0,
    }
    for state, locked, was, people, everybody, extra, meta, assigned, digest, count in all_rows(
        KINDS, values
    ):
        answered: list[uuid.UUID] = people or []
        audience = plan.audience(json.loads(meta or "{}"), assigned)
        needs = plan.overlap(digest=digest, audience=audience, answered=answered, extra=extra)
        yield Kind(state, locked, was, needs, everybody, count)
