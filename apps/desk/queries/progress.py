"""How far a dataset is."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import Aggregate, Count, FloatField

from apps.annotators.models import User
from apps.datasets.access import role_of
from apps.datasets.models import Dataset
from apps.datasets.policy import Capability, capabilities_of
from apps.datasets.recounting import Recounted
from apps.desk.queries import work
from apps.desk.queries.home import STATES
from apps.tasks.models import Answer, TaskState, Verdict


class Median(Aggregate):
    """The median of a column; NULLs do not count."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()


@dataclass(frozen=True, slots=True)
class Person:
    """What one person has answered; the median is None where it is not the reader's to see."""

    id: uuid.UUID
    name: str
    answers: int
    seconds_median: float | None


@dataclass(frozen=True, slots=True)
class Given:
    """Answers by verdict, and who gave how many, most first, with the median of their seconds."""

    verdicts: dict[Verdict, int]
    people: list[tuple[uuid.UUID, int, float | None]]


@dataclass(frozen=True, slots=True)
class Progress:
    """Counts of a dataset, and of the reader's own part in it."""

    states: dict[TaskState, int]
    answers: dict[Verdict, int]
    people: list[Person]
    done: int
    done_today: int
    left: int
    waiting: int


def progress_of(*, user: User, dataset: Dataset) -> Progress:
    """Return the progress of `dataset` as far as `user` may know.

    Those who may not see other people's answers find only their own under `answers` and
    `people`: with one task, a count would give away what somebody said. Times are private to
    the person and the managers. Answers about images that were taken down are work done, so
    people keep them; they say nothing of the dataset any more.
    """
    may = _capabilities(user=user, dataset=dataset)
    mine = Answer.everything.filter(dataset=dataset, head__isnull=False, user=user)
    given = GIVEN.of(dataset.pk) if Capability.SEE_ANSWERS in may else _given(mine)
    to_label = [dataset.id] if Capability.LABEL in may else []
    to_review = [dataset.id] if Capability.REVIEW in may else []
    return Progress(
        states=STATES.of(dataset.pk),
        answers=given.verdicts,
        people=_people(given, times_of=None if Capability.MANAGE in may else user),
        done=mine.count(),
        done_today=work.count_done_today(user=user, datasets=to_label).get(dataset.id, 0),
        left=work.count_left(user=user, datasets=to_label).get(dataset.id, 0),
        waiting=work.count_waiting(user=user, datasets=to_review).get(dataset.id, 0),
    )


def _capabilities(*, user: User, dataset: Dataset) -> list[Capability]:
    role = role_of(user=user, dataset=dataset)
    return [] if role is None else capabilities_of(role)


def _verdicts(answers: Any) -> dict[Verdict, int]:
    rows = answers.order_by().values("head__answer").annotate(n=Count("pk"))
    counted = dict(rows.values_list("head__answer", "n"))
    return {verdict: counted.get(verdict, 0) for verdict in Verdict}


def _people(given: Given, *, times_of: User | None) -> list[Person]:
    """Return who answered how much, most first; times of `times_of` alone, of all with None."""
    names = User.objects.in_bulk([user for user, _, _ in given.people])
    return [
        Person(
            id=user,
            name=names[user].display_name,
            answers=n,
            seconds_median=median if times_of is None or times_of.id == user else None,
        )
        for user, n, median in given.people
    ]


def _given(answers: Any) -> Given:
    people = (
        answers.order_by().values("user").annotate(n=Count("pk"), median=Median("head__seconds"))
    )
    return Given(
        verdicts=_verdicts(answers.filter(task__withdrawn_at=None)),
        people=list(people.order_by("-n", "user").values_list("user", "n", "median")),
    )


def _given_in(dataset: uuid.UUID) -> Given:
    # Said of both, or the planner reads the revisions of all datasets to find those of a small one.
    return _given(Answer.objects.filter(dataset=dataset, head__dataset=dataset))


GIVEN = Recounted(
    "answers",
    count=lambda datasets, _: {dataset: _given_in(dataset) for dataset in datasets},
    rows=lambda given: sum(n for _, n, _ in given.people),
)
"""All answers of a dataset."""
