"""Measuring a dataset: what people confuse, miss and are overturned on, and where to look."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from apps.datasets.models import Dataset
from apps.reviews.cases import Beat, Case, Part, read_cases
from apps.reviews.comparing import agreement_of, quality_of, reviewers_agreement
from apps.reviews.domain.differing import differences
from apps.reviews.domain.judging import judge
from apps.reviews.domain.tallies import MOST_TASKS, Tally
from apps.reviews.live_counts import first_day, people_by_day
from apps.reviews.models import Behind, Insights
from apps.reviews.second_looks import compared_in, says_same
from apps.tasks.models import TaskImage
from concord.events.models import Event
from concord.jobs.actions import enqueue
from concord.jobs.queries import is_busy
from concord.rows import all_rows, first_row

KIND = "reviews.measure"
IDLE_SECONDS = 600
"""Who closed nothing for so long was doing something else."""

# How long a reviewer took for a task: since the one before it.
REVIEW_SECONDS = """
SELECT count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds)
  FROM (SELECT extract(epoch FROM created_at
                 - lag(created_at) OVER (PARTITION BY decided_by_id ORDER BY created_at)) AS seconds
          FROM reviews_final
         WHERE dataset_id = %(dataset)s AND origin = 'decided' AND created_at >= %(since)s) gaps
 WHERE seconds < %(idle)s
"""

# How everybody works: answers, the median of what each took, and which were sent back.
WORK = """
SELECT a.user_id, count(*), count(r.seconds),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY r.seconds),
       count(returned.task_id),
       (array_agg(a.task_id ORDER BY a.updated_at DESC)
          FILTER (WHERE returned.task_id IS NOT NULL))[:%(most)s]
  FROM tasks_answer a
       JOIN tasks_revision r ON r.id = a.head_id
       LEFT JOIN (SELECT DISTINCT task_id, user_id FROM tasks_return WHERE dataset_id = %(dataset)s)
              returned ON returned.task_id = a.task_id AND returned.user_id = a.user_id
 WHERE a.dataset_id = %(dataset)s AND NOT a.probe
 GROUP BY 1 ORDER BY 1
"""

GOLD = """
SELECT p.user_id, date_trunc('week', p.created_at AT TIME ZONE %(zone)s)::date, count(*),
       avg(p.score), count(*) FILTER (WHERE p."right"),
       (array_agg(g.task_id ORDER BY p.created_at DESC) FILTER (WHERE NOT p."right"))[:%(most)s]
  FROM tasks_probe p JOIN tasks_gold g ON g.task_id = p.gold_id AND g.retired_at IS NULL
 WHERE p.dataset_id = %(dataset)s AND p."right" IS NOT NULL
 GROUP BY 1, 2 ORDER BY 1, 2
"""


def order_measuring(*, dataset: Dataset) -> None:
    """Queue the measuring of `dataset`, unless it is on its way."""
    if not is_busy(dataset_id=dataset.pk, prefix=KIND):
        enqueue(kind=KIND, args={"dataset": str(dataset.pk)}, dataset_id=dataset.pk)


def measure(*, dataset: Dataset, beat: Beat) -> Insights:
    """Measure `dataset` as it is now, and keep that in place of what was measured before.

    Takes from seconds to minutes; `beat` is called between pieces, and may raise to end it.
    """
    last = Event.objects.filter(dataset_id=dataset.id).aggregate(id=Max("id"))["id"] or 0
    now = timezone.now()
    part, tally, cases = Part(), Tally(), list[Case]()
    for case in read_cases(dataset=dataset, part=part, beat=beat):
        cases.append(case)
        _count(case, tally)
    compared = list(compared_in(dataset))
    for row in compared:
        if not says_same(row):
            tally.note(str(row.task.pk), "reviewers")
    figures = {
        "reviewers": reviewers_agreement(compared),
        "agreement": agreement_of(cases),
        "quality": quality_of(cases),
        "part": {
            name: getattr(part, name) for name in ("of", "tasks", "answers", "shapes", "decided")
        },
        "confusions": _with_images(tally.confusions()),
        "people": {
            person: _person(counted.as_dict()) for person, counted in sorted(tally.people.items())
        },
        "work": _work(dataset, tally),
        "gold": _gold(dataset, tally),
        "review_seconds": _review_seconds(dataset, since=now - timedelta(days=30)),
        "days": _days(dataset, now),
    }
    beat()
    return _store(dataset, figures, event=last, measured_at=now, behind=tally.behind)


def _count(case: Case, tally: Tally) -> None:
    task = str(case.task)
    if case.truth is not None:
        tally.add(task, judge(case.question, case.answers, case.truth), case.weeks)
    differ = differences(case.question, case.answers, case.objects)
    for pair in differ.pairs:
        tally.note(task, "pair", *pair)
    for label in differ.labels:
        tally.note(task, "differ", label)


def _person(counted: dict[str, Any]) -> dict[str, Any]:
    return {**counted, "confusions": _with_images(counted["confusions"])}


def _with_images(confusions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Name the image of each example, and how large it is."""
    examples = [example for row in confusions for example in row["examples"]]
    rows = TaskImage.objects.filter(task__in={row["task"] for row in examples}, n=0, tile=None)
    images = {str(row.task_id): row.image for row in rows.select_related("image__blob")}
    for example in examples:
        image = images.get(example["task"])
        example["image"] = None if image is None else str(image.pk)
        example["size"] = None if image is None else [image.blob.width, image.blob.height]
    return confusions


def _work(dataset: Dataset, tally: Tally) -> dict[str, Any]:
    values = {"dataset": dataset.pk, "most": MOST_TASKS}
    people = {}
    for user, answers, timed, median, hits, tasks in all_rows(WORK, values):
        for task in tasks or []:
            tally.note(str(task), "returned", str(user))
        people[str(user)] = {
            "seconds": {"n": timed, "median": median},
            "returned": [hits, answers],
        }
    return people


def _gold(dataset: Dataset, tally: Tally) -> list[dict[str, Any]]:
    values = {"dataset": dataset.pk, "zone": dataset.time_zone, "most": MOST_TASKS}
    rows = []
    for user, week, n, mean, right, wrong in all_rows(GOLD, values):
        for task in dict.fromkeys(wrong or []):
            tally.note(str(task), "gold", str(user))
        rows.append(
            {"user": str(user), "week": week.isoformat(), "n": n, "mean": mean, "right": right}
        )
    return rows


def _review_seconds(dataset: Dataset, *, since: Any) -> dict[str, Any]:
    values = {"dataset": dataset.pk, "since": since, "idle": IDLE_SECONDS}
    n, median = first_row(REVIEW_SECONDS, values) or (0, None)
    return {"n": n, "median": median}


def _days(dataset: Dataset, now: Any) -> dict[str, Any]:
    """Who answered how much on which day, to be added to later."""
    counted = people_by_day(dataset, since=first_day(dataset, now))
    return {
        "time_zone": dataset.time_zone,
        "people": {
            str(user): {day.isoformat(): n for day, n in days.items()}
            for user, days in counted.items()
        },
    }


@transaction.atomic
def _store(
    dataset: Dataset,
    figures: dict[str, Any],
    *,
    event: int,
    measured_at: Any,
    behind: dict[str, list[str]],
) -> Insights:
    values = {"figures": figures, "event": event, "measured_at": measured_at}
    insights, _ = Insights.objects.update_or_create(dataset=dataset, defaults=values)
    Behind.objects.filter(dataset=dataset).delete()
    Behind.objects.bulk_create(
        Behind(dataset=dataset, key=key, tasks=[uuid.UUID(task) for task in tasks])
        for key, tasks in behind.items()
    )
    return insights
