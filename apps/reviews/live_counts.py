"""What a lead sees that is true at this moment: counted when the page asks, by indexes."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from apps.annotators.models import User
from apps.datasets.config import DatasetConfig, DisputedOverlap
from apps.datasets.models import Dataset
from apps.datasets.recounting import Recounted
from apps.reviews.models import Insights
from apps.tasks.domain.knowing import Share
from apps.tasks.models import TaskState
from concord.rows import all_rows, first_row

SHOWN_DAYS = 30

# One scan of the tasks, which tells of the withdrawn ones too: their facts are there still.
STATES = """
SELECT state, locked_at IS NOT NULL, count(*) FILTER (WHERE withdrawn_at IS NULL),
       coalesce(array_agg(id) FILTER (WHERE withdrawn_at IS NOT NULL), '{}')
  FROM tasks_task WHERE dataset_id = %(dataset)s AND probe_of_id IS NULL
 GROUP BY 1, 2
"""

ANSWERS = """
SELECT answers, count(*) FROM reviews_taskfacts
 WHERE dataset_id = %(dataset)s AND state <> 'open' AND task_id <> ALL(%(gone)s)
 GROUP BY 1 ORDER BY 1
"""

AGES = """
SELECT min(updated_at), to_timestamp(
           percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM updated_at)))
  FROM reviews_taskfacts
 WHERE dataset_id = %(dataset)s AND state IN ('answered', 'conflicted')
   AND task_id <> ALL(%(gone)s)
"""

KINDS = """
SELECT kind, count(*) FROM reviews_taskfacts, unnest(conflict_kinds) kind
 WHERE dataset_id = %(dataset)s AND state IN ('answered', 'conflicted')
   AND task_id <> ALL(%(gone)s)
 GROUP BY 1 ORDER BY 2 DESC, 1
"""

# Who answered something since then has an answer that changed since then: the index goes by that.
DAYS = """
SELECT a.user_id, (a.created_at AT TIME ZONE %(zone)s)::date AS day, count(*)
  FROM tasks_answer a
 WHERE a.dataset_id = %(dataset)s AND NOT a.probe AND a.head_id IS NOT NULL
   AND a.updated_at >= %(since)s AND a.created_at >= %(since)s
 GROUP BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for a reviewer: how many tasks, and what is in dispute about them.

    A task waits since somebody last answered it, or a reviewer last said something of it.
    """

    count: int
    oldest_at: datetime | None
    median_seconds: float | None
    kinds: list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Counted:
    """Tasks by state, how many of them a reviewer decided, those that have all their answers by how
    many these are, since when the oldest and half of what waits does so, and what is disputed."""

    states: dict[TaskState, int]
    decided: int
    answers: dict[int, int]
    oldest_at: datetime | None
    median_at: datetime | None
    kinds: list[tuple[str, int]]

    @property
    def count(self) -> int:
        """How many wait."""
        return self.states[TaskState.CONFLICTED] + self.states[TaskState.ANSWERED]

    def waiting(self, now: datetime) -> Waiting:
        """Return what waits, as of `now`."""
        seconds = None if self.median_at is None else (now - self.median_at).total_seconds()
        return Waiting(self.count, self.oldest_at, seconds, self.kinds)


@dataclass(frozen=True, slots=True)
class SavedAnswers:
    """What it saves to ask more people only where they differ.

    `given` answers for tasks that have all they are to get; always `most` would be `fixed`.
    """

    base: int
    most: int
    given: int
    fixed: int

    @property
    def saved(self) -> int:
        """Answers that nobody had to give."""
        return max(0, self.fixed - self.given)


@dataclass(frozen=True, slots=True)
class PersonDays:
    """How many tasks one person answered first, day by day."""

    user: User
    days: list[int]


@dataclass(frozen=True, slots=True)
class LiveCounts:
    """The whole. `needed` is the part of the tasks with all their answers that a reviewer decides
    or has decided; `answers` counts them by how many answers they have."""

    states: dict[TaskState, int]
    answers: dict[int, int]
    needed: Share
    waiting: Waiting
    saved: SavedAnswers | None
    time_zone: str
    days: list[date]
    people: list[PersonDays]


def live_counts(*, dataset: Dataset, now: datetime, measured: Insights | None) -> LiveCounts:
    """Return what can be counted of `dataset` at once; `measured` saves counting past days."""
    told = TASKS.of(dataset.pk)
    states, answers = told.states, told.answers
    today = now.astimezone(ZoneInfo(dataset.time_zone)).date()
    days = shown_days(today)
    return LiveCounts(
        states=states,
        answers=answers,
        needed=Share(told.count + told.decided, sum(states.values()) - states[TaskState.OPEN]),
        waiting=told.waiting(now),
        saved=_saved(dataset, answers),
        time_zone=dataset.time_zone,
        days=days,
        people=people_days(dataset, days, measured),
    )


def _counted(dataset: uuid.UUID) -> Counted:
    states, decided, gone = _states(dataset)
    values = {"dataset": dataset, "gone": gone}
    oldest, median = first_row(AGES, values) or (None, None)
    answers, kinds = dict(all_rows(ANSWERS, values)), all_rows(KINDS, values)
    return Counted(states, decided, answers, oldest, median, [(kind, n) for kind, n in kinds])


TASKS = Recounted(
    "insights",
    count=lambda datasets, _: {dataset: _counted(dataset) for dataset in datasets},
    rows=lambda counted: sum(counted.states.values()),
)


def _states(dataset: uuid.UUID) -> tuple[dict[TaskState, int], int, list[uuid.UUID]]:
    """Return tasks by state, how many of them a reviewer decided, and which are withdrawn."""
    states = dict.fromkeys(TaskState, 0)
    decided, withdrawn = 0, []
    for state, locked, n, gone in all_rows(STATES, {"dataset": dataset}):
        states[TaskState(state)] += n
        decided += n if locked else 0
        withdrawn += gone
    return states, decided, withdrawn


def _saved(dataset: Dataset, answers: Mapping[int, int]) -> SavedAnswers | None:
    """None where everybody is asked from the start."""
    overlap = DatasetConfig.of(dataset).overlap
    if not isinstance(overlap, DisputedOverlap):
        return None
    return SavedAnswers(
        base=overlap.base,
        most=overlap.most,
        given=sum(n * tasks for n, tasks in answers.items()),
        fixed=overlap.most * sum(answers.values()),
    )


def people_by_day(dataset: Dataset, *, since: datetime) -> dict[uuid.UUID, dict[date, int]]:
    """Return who answered how many tasks first on which local day, from `since` on."""
    counts: dict[uuid.UUID, dict[date, int]] = defaultdict(dict)
    values = {"dataset": dataset.pk, "since": since, "zone": dataset.time_zone}
    for user, day, n in all_rows(DAYS, values):
        counts[user][day] = n
    return counts


def shown_days(today: date) -> list[date]:
    """The days that are shown, up to today."""
    return [today - timedelta(days=ago) for ago in reversed(range(SHOWN_DAYS))]


def first_day(dataset: Dataset, now: datetime) -> datetime:
    """When the first of the days that are shown began."""
    today = now.astimezone(ZoneInfo(dataset.time_zone)).date()
    return day_began(dataset, today - timedelta(days=SHOWN_DAYS - 1))


def day_began(dataset: Dataset, day: date) -> datetime:
    """When a day began where the dataset's time zone says so."""
    return datetime.combine(day, datetime.min.time(), tzinfo=ZoneInfo(dataset.time_zone))


def people_days(dataset: Dataset, days: list[date], measured: Insights | None) -> list[PersonDays]:
    """Return who answered something on one of `days`, most first.

    What was measured holds for the days that were over by then; the others are counted.
    """
    counts = defaultdict[uuid.UUID, dict[date, int]](dict)
    if measured is not None and (last := _last_measured(dataset, measured)) is not None:
        for user, by_day in measured.figures["days"]["people"].items():
            known = {date.fromisoformat(day): n for day, n in by_day.items()}
            counts[uuid.UUID(user)] = {day: n for day, n in known.items() if days[0] <= day < last}
    for user, counted in DAYS_COUNTED.of(dataset.pk).items():
        counts[user].update(counted)
    users = User.objects.in_bulk([user for user, by_day in counts.items() if by_day])
    people = [
        PersonDays(user, [counts[pk].get(day, 0) for day in days]) for pk, user in users.items()
    ]
    return sorted(people, key=lambda row: (-sum(row.days), str(row.user.pk)))


def _last_measured(dataset: Dataset, measured: Insights) -> date | None:
    """The first day that was not over when it was measured; None if days were others then."""
    if measured.figures["days"]["time_zone"] != dataset.time_zone:
        return None
    return measured.measured_at.astimezone(ZoneInfo(dataset.time_zone)).date()


def _count_days(pk: uuid.UUID) -> dict[uuid.UUID, dict[date, int]]:
    dataset = Dataset.objects.get(pk=pk)
    since = first_day(dataset, timezone.now())
    measured = Insights.objects.filter(dataset=dataset).first()
    if measured is not None and (last := _last_measured(dataset, measured)) is not None:
        since = max(since, day_began(dataset, last))
    return people_by_day(dataset, since=since)


DAYS_COUNTED = Recounted(
    "days",
    count=lambda datasets, _: {dataset: _count_days(dataset) for dataset in datasets},
    rows=lambda people: sum(n for days in people.values() for n in days.values()),
)
