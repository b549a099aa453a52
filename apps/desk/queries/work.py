"""How much work there is for one person, in several datasets at once."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, DateField, F, Func, Q
from django.db.models.functions import Cast, Now

from apps.annotators.models import User
from apps.datasets.recounting import Recounted
from apps.reviews.queries import waiting_for
from apps.reviews.second_looks import count_second_looks
from apps.tasks.models import Answer, Place, Slot, SlotState

Datasets = Collection[uuid.UUID]
Counts = dict[uuid.UUID, int]
WEEK = 7


def count_left(*, user: User, datasets: Datasets) -> Counts:
    """Count the tasks that `user` could still answer: with a free slot, or held by them."""
    return LEFT.of_all(datasets, user=user)


def _count_left(datasets: Datasets, user: User | None) -> Counts:
    assert user is not None
    slots = Slot.objects.for_person(user).filter(dataset__in=datasets)
    given = Slot.objects.filter(dataset__in=datasets, user=user, state=SlotState.SUBMITTED)
    open_to_me = (
        Q(state=SlotState.FREE)
        | Q(state=SlotState.LEASED, user=user)
        | Q(state=SlotState.LEASED, lease_expires_at__lte=Now())
    )
    return _by_dataset(slots.filter(open_to_me).exclude(task__in=given.values("task")), datasets)


def count_week(*, user: User, datasets: Datasets) -> dict[uuid.UUID, list[int]]:
    """Count the answers that `user` first gave on each of the last seven days, today last, where
    the dataset's time zone says so; datasets without any are left out."""
    given = Answer.everything.filter(user=user, dataset__in=datasets, head__isnull=False)
    # No day lasts longer than two days; the index on updated_at then reads few rows.
    recent = given.filter(updated_at__gte=Now() - timedelta(days=WEEK + 1))
    rows = recent.annotate(day=local_day(F("created_at")), today=local_day(Now()))
    weeks: dict[uuid.UUID, list[int]] = {}
    days = rows.order_by().values("dataset", "day", "today").annotate(n=Count("pk"))
    for dataset, day, today, n in days.values_list("dataset", "day", "today", "n"):
        ago = (today - day).days
        if 0 <= ago < WEEK:
            weeks.setdefault(dataset, [0] * WEEK)[WEEK - 1 - ago] += n
    return weeks


def count_done_today(*, user: User, datasets: Datasets) -> Counts:
    """Count the answers that `user` first gave today, where the dataset's time zone says so."""
    return {pk: week[-1] for pk, week in count_week(user=user, datasets=datasets).items()}


def last_at(*, user: User) -> dict[uuid.UUID, datetime]:
    """Return when `user` last got work, by dataset."""
    return dict(Place.objects.filter(user=user).values_list("dataset", "asked_at"))


def count_waiting(*, user: User, datasets: Datasets) -> Counts:
    """Count the tasks that wait for `user` as a reviewer, those to be looked at a second time by
    somebody who does not know the first one's decisions among them."""
    first = WAITING.of_all(datasets, user=user)
    second = count_second_looks(user=user, datasets=datasets)
    return dict(Counter(first) + Counter(second))


def _count_waiting(datasets: Datasets, user: User | None) -> Counts:
    assert user is not None
    return _by_dataset(waiting_for(user, datasets), datasets, count="pk")


def count_sent_back(*, user: User) -> Counts:
    """Count the tasks that a reviewer returned to `user` and that wait for them."""
    held = Slot.objects.filter(user=user, state=SlotState.LEASED, lease_expires_at__gt=Now())
    back = held.filter(
        task__sent_back=True, task__answers__user=user, dataset__memberships__user=user
    )
    return _by_dataset(back)


def _by_dataset(rows: Any, among: Datasets = (), *, count: str = "task") -> Counts:
    pairs: Iterable[tuple[uuid.UUID, int]] = (
        rows.order_by()
        .values("dataset")
        .annotate(n=Count(count, distinct=True))
        .values_list("dataset", "n")
    )
    return dict.fromkeys(among, 0) | dict(pairs)


LEFT = Recounted("left", count=_count_left, rows=int)
WAITING = Recounted("waiting", count=_count_waiting, rows=int)
"""Both for one person."""


def local_day(moment: Any) -> Any:
    return Cast(Func(F("dataset__time_zone"), moment, function="timezone"), DateField())
