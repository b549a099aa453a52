"""Counts that are told again for a while where there is much to count.

A page that counts a million rows each time it is asked keeps a database busy with nothing but that,
and its readers waiting. What came to many rows is therefore kept, and told again for twenty times
as long as it took: five per cent of a processor at most goes into it. Few rows are counted anew
each time, so that nobody finds their own last answer missing.

Whoever comes first after that time counts anew while the others are told what is known; where that
takes longer than somebody waits, a job does it.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Mapping
from time import monotonic, time
from typing import Any, Generic, TypeVar

from django.core.cache import cache

from apps.annotators.models import User
from concord.jobs.actions import enqueue

Value = TypeVar("Value")
Datasets = Collection[uuid.UUID]
Count = Callable[[Datasets, User | None], Mapping[uuid.UUID, Value]]
"""Counts in each of several datasets, for a person if it is their count."""

KIND = "datasets.recount"
MANY = 50_000
"""Rows from which on a count is kept."""
SHARE = 20
"""So many times as long as it took a count is told again."""
PATIENCE = 2.0
"""What takes longer to count is counted in the background, s."""
LOST = 7 * 86400
"""What nobody has asked for so long, s, is not told any more."""
GIVEN_UP = 120
"""So long nobody else begins to count, s; whoever did may have been killed."""

TURN = ":counting"
"""Ends the key of whoever counts anew."""

_named: dict[str, Recounted[Any]] = {}


class Recounted(Generic[Value]):
    """A count of a dataset, or of what concerns one person in it, under a name; `rows` says how
    many rows it is of."""

    def __init__(self, name: str, *, count: Count[Value], rows: Callable[[Value], int]) -> None:
        self._name, self._count, self._rows = name, count, rows
        _named[name] = self

    def of(self, dataset: uuid.UUID, *, user: User | None = None) -> Value:
        """Return the count of one dataset."""
        return self.of_all([dataset], user=user)[dataset]

    def of_all(self, datasets: Datasets, *, user: User | None = None) -> dict[uuid.UUID, Value]:
        """Return the counts of several; those of few rows are of this moment."""
        keys = {dataset: self._key(dataset, user) for dataset in datasets}
        known = cache.get_many(keys.values())
        told = {
            dataset: known[key][0]
            for dataset, key in keys.items()
            if key in known and not self._is_my_turn(dataset, user, *known[key][1:])
        }
        missing = [dataset for dataset in datasets if dataset not in told]
        return told | self.recount(missing, user=user)

    def recount(self, datasets: Datasets, *, user: User | None = None) -> dict[uuid.UUID, Value]:
        """Count these now, and keep what came to many rows."""
        if not datasets:
            return {}
        began = monotonic()
        counted = dict(self._count(datasets, user))
        took = monotonic() - began
        for dataset, value in counted.items():
            if self._rows(value) >= MANY:
                key = self._key(dataset, user)
                cache.set(key, (value, took, time()), LOST)
                cache.delete(f"{key}{TURN}")
        return counted

    def _is_my_turn(self, dataset: uuid.UUID, user: User | None, took: float, at: float) -> bool:
        """Whether it is time to count anew, and for the caller to do so."""
        turn = f"{self._key(dataset, user)}{TURN}"
        if time() - at < SHARE * took or not cache.add(turn, 1, GIVEN_UP):
            return False
        if took < PATIENCE:
            return True
        args = {
            "name": self._name,
            "dataset": str(dataset),
            "user": None if user is None else str(user.pk),
        }
        enqueue(kind=KIND, args=args, dataset_id=dataset)
        return False

    def _key(self, dataset: uuid.UUID, user: User | None) -> str:
        return f"{self._name}:{dataset}:{'' if user is None else user.pk}"


def recount(*, name: str, dataset: uuid.UUID, user: uuid.UUID | None) -> None:
    """Make the count of this name anew."""
    person = None if user is None else User.objects.get(pk=user)
    _named[name].recount([dataset], user=person)
