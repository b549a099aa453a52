"""How one person gets on: what they answered, and how much of their time it took."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Q, Sum

from apps.annotators.models import User
from apps.datasets.models import Dataset
from apps.desk.queries.work import local_day
from apps.tasks.models import Answer, Verdict

SHOWN_DAYS = 14
HOUR = 3600


@dataclass(frozen=True, slots=True)
class Day:
    """What was answered for the first time on one day; `seconds` of activity, as far as known."""

    day: date
    answers: int
    seconds: float


@dataclass(frozen=True, slots=True)
class OwnProgress:
    """One person's part in a dataset.

    `per_hour` counts the answers whose time is known against that time; None without any. `days`
    are the last ones up to today, where the dataset's time zone says so, those without work too.
    """

    time_zone: str
    total: int
    answers: dict[Verdict, int]
    seconds: float
    per_hour: float | None
    days: list[Day]

    @property
    def today(self) -> Day:
        """The last of the days."""
        return self.days[-1]


def own_progress(*, user: User, dataset: Dataset, now: datetime) -> OwnProgress:
    """Return how `user` gets on in `dataset`, from their own answers alone."""
    rows = _rows(user, dataset)
    timed = sum(row["timed"] for row in rows)
    seconds = sum(row["seconds"] or 0.0 for row in rows)
    return OwnProgress(
        time_zone=dataset.time_zone,
        total=sum(row["n"] for row in rows),
        answers={verdict: sum(row[verdict.value] for row in rows) for verdict in Verdict},
        seconds=seconds,
        per_hour=HOUR * timed / seconds if seconds else None,
        days=_days(rows, today=now.astimezone(ZoneInfo(dataset.time_zone)).date()),
    )


def _rows(user: User, dataset: Dataset) -> list[dict[str, Any]]:
    """One row for each day on which the person answered something first."""
    answers = Answer.everything.filter(user=user, dataset=dataset, head__isnull=False)
    days = answers.annotate(day=local_day(F("created_at"))).order_by().values("day")
    said = {verdict.value: Count("pk", filter=Q(head__answer=verdict)) for verdict in Verdict}
    return list(
        days.annotate(
            n=Count("pk"), seconds=Sum("head__seconds"), timed=Count("head__seconds"), **said
        )
    )


def _days(rows: list[dict[str, Any]], *, today: date) -> list[Day]:
    by_day = {row["day"]: Day(row["day"], row["n"], row["seconds"] or 0.0) for row in rows}
    shown = [today - timedelta(days=ago) for ago in reversed(range(SHOWN_DAYS))]
    return [by_day.get(day, Day(day, 0, 0.0)) for day in shown]
