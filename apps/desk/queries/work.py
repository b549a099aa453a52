"""How much work there is for one person, in several datasets at once."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from datetime import timedelta
from typing import Any

from django.db.models import Count, DateField, F, Func, Q
from django.db.models.functions import Cast, Now

from apps.annotators.models import User
from apps.reviews.queries import waiting_for
from apps.tasks.models import Answer, Slot, SlotState

Datasets = Collection[uuid.UUID]
Counts = dict[uuid.UUID, int]


def count_left(*, user: User, datasets: Datasets) -> Counts:
    """Count the tasks that `user` could still answer: with a free slot, or held by them."""
    slots = Slot.objects.for_person(user).filter(dataset__in=datasets)
    given = Slot.objects.filter(dataset__in=datasets, user=user, state=SlotState.SUBMITTED)
    open_to_me = (
        Q(state=SlotState.FREE)
        | Q(state=SlotState.LEASED, user=user)
        | Q(state=SlotState.LEASED, lease_expires_at__lte=Now())
    )
    return _by_dataset(slots.filter(open_to_me).exclude(task__in=given.values("task")))


def count_done_today(*, user: User, datasets: Datasets) -> Counts:
    """Count the answers that `user` first gave today, where the dataset's time zone says so."""
    given = Answer.everything.filter(user=user, dataset__in=datasets, head__isnull=False)
    # No day lasts longer than two days ago; the index on updated_at then reads few rows.
    recent = given.filter(updated_at__gte=Now() - timedelta(days=2))
    rows = recent.annotate(day=local_day(F("created_at")), today=local_day(Now()))
    return _by_dataset(rows.filter(day=F("today")), count="pk")


def count_waiting(*, user: User, datasets: Datasets) -> Counts:
    """Count the tasks that wait for `user` as a reviewer."""
    return _by_dataset(waiting_for(user, datasets), count="pk")


def count_sent_back(*, user: User) -> int:
    """Count the tasks that a reviewer returned to `user` and that wait for them."""
    held = Slot.objects.filter(user=user, state=SlotState.LEASED, lease_expires_at__gt=Now())
    return held.filter(task__sent_back=True, task__answers__user=user).count()


def _by_dataset(rows: Any, count: str = "task") -> Counts:
    pairs: Iterable[tuple[uuid.UUID, int]] = (
        rows.order_by()
        .values("dataset")
        .annotate(n=Count(count, distinct=True))
        .values_list("dataset", "n")
    )
    return dict(pairs)


def local_day(moment: Any) -> Any:
    return Cast(Func(F("dataset__time_zone"), moment, function="timezone"), DateField())
