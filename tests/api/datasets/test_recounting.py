"""Counts of many rows are told again for a while; counts of few are always of this moment."""

from __future__ import annotations

import uuid
from collections import deque

import pytest
from django.core.cache import cache

from apps.datasets import recounting
from apps.datasets.jobs import recount
from apps.datasets.recounting import MANY, PATIENCE, SHARE, Recounted
from concord.jobs.context import JobContext
from concord.jobs.models import Job

pytestmark = pytest.mark.django_db

DATASET, OTHER = uuid.uuid4(), uuid.uuid4()


class Clock:
    """Time as the count sees it: each count takes as long as it is told to."""

    def __init__(self, patch: pytest.MonkeyPatch, *, takes: float) -> None:
        self.now, self.takes = 1000.0, takes
        patch.setattr(recounting, "time", lambda: self.now)
        patch.setattr(recounting, "monotonic", lambda: self.now)

    def counted(self, *numbers: int) -> Recounted[int]:
        """A count that comes to these numbers, one after the other."""
        coming = deque(numbers)

        def count(datasets: recounting.Datasets, _: object) -> dict[uuid.UUID, int]:
            self.now += self.takes
            found = coming.popleft()
            return dict.fromkeys(datasets, found)

        return Recounted("tested", count=count, rows=int)


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    cache.clear()


def test_few_rows_are_counted_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    counted = Clock(monkeypatch, takes=1).counted(MANY - 1, MANY - 2)
    assert [counted.of(DATASET), counted.of(DATASET)] == [MANY - 1, MANY - 2]


def test_many_rows_are_told_again_for_a_share_of_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch, takes=1)
    counted = clock.counted(MANY, MANY + 1, MANY + 2)
    assert counted.of(DATASET) == MANY
    clock.now += SHARE - 1
    assert counted.of(DATASET) == MANY
    clock.now += 1
    assert [counted.of(DATASET), counted.of(DATASET)] == [MANY + 1, MANY + 1]
    clock.now += SHARE
    assert counted.of(DATASET) == MANY + 2, "whoever counted has made room for the next"


def test_one_counts_while_others_are_told_what_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch, takes=1)
    counted = clock.counted(MANY, MANY + 1)
    counted.of(DATASET)
    clock.now += SHARE
    told = []
    inner = counted._count
    monkeypatch.setattr(
        counted, "_count", lambda *given: told.append(counted.of(DATASET)) or inner(*given)
    )
    assert counted.of(DATASET) == MANY + 1
    assert told == [MANY], "somebody else who asks meanwhile"


def test_what_takes_long_is_counted_by_a_job(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch, takes=PATIENCE)
    counted = clock.counted(MANY, MANY + 1)
    counted.of(DATASET)
    clock.now += SHARE * PATIENCE
    assert [counted.of(DATASET), counted.of(DATASET)] == [MANY, MANY]
    (job,) = Job.objects.filter(kind=recounting.KIND)
    recount(JobContext(job.pk, uuid.uuid4(), 1, job.args, {}, DATASET, None))
    assert counted.of(DATASET) == MANY + 1


def test_each_dataset_is_kept_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    counted = Clock(monkeypatch, takes=1).counted(MANY, MANY + 1)
    assert counted.of(DATASET) == MANY
    assert counted.of_all([DATASET, OTHER]) == {DATASET: MANY, OTHER: MANY + 1}
