"""Counting all tasks that match a search, however many they are, in the background."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from apps.annotators.models import User
from apps.datasets.models import Dataset
from apps.desk.access import reach_of
from apps.desk.queries.finding import Search
from apps.desk.queries.wanted import Filter
from concord.errors import NotFound
from concord.jobs.actions import enqueue
from concord.jobs.models import Job

KIND = "desk.count"


def order_count(*, user: User, dataset: Dataset, given: Mapping[str, list[str]]) -> Job:
    """Queue the counting of what was checked before; `given` is the filter as it was given."""
    args = {"dataset": str(dataset.pk), "user": str(user.pk), "filter": dict(given)}
    return enqueue(kind=KIND, args=args, created_by=user, dataset_id=dataset.pk)


def get_count_for(*, user: User, dataset: Dataset, pk: uuid.UUID) -> Job:
    """Return the counting that `user` ordered; its result is `progress["done"]` once it is done.

    Raises NotFound.
    """
    mine = Job.objects.filter(kind=KIND, created_by=user, dataset_id=dataset.pk)
    if (found := mine.filter(pk=pk).first()) is None:
        raise NotFound
    return found


def count_tasks(*, user: User, dataset: Dataset, wanted: Filter) -> int:
    """Count what `user` would find at this moment."""
    reach = reach_of(user=user, dataset=dataset, wanted=wanted)
    return Search(dataset, wanted, reach).count_all()
