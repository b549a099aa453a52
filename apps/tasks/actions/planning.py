"""Who is to answer a task, how many answers it is to get, and when it is handed out."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from functools import cached_property
from typing import Any

from apps.annotators.models import normalise_email
from apps.datasets.config import DatasetConfig, DisputedOverlap
from apps.datasets.domain.orders import BY_SCORE
from apps.datasets.domain.routing import Audience, audience_of
from apps.datasets.models import Dataset
from apps.datasets.queries import annotators_of, labellers_of
from apps.tasks.domain.identity import falls_in_share
from apps.tasks.domain.turns import NO_MIX, Mix, Ranked, turn_of
from apps.tasks.models import Queue, Task


class Plan:
    """What the settings of a dataset, and its members, ask for at this moment."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self.config = DatasetConfig.of(dataset)

    def audience(
        self, meta: Mapping[str, Any], assigned: Collection[uuid.UUID] | None = None
    ) -> Audience:
        """Return who may get the task with this meta; `assigned` as in `Task`."""
        if not self.config.routing and assigned is None:
            return Audience()
        if assigned is not None:
            assigned = [*{*assigned}.intersection(self._labellers.values())]
        return audience_of(meta, self.config.routing, find=self.find, assigned=assigned)

    def overlap(
        self,
        *,
        digest: str,
        audience: Audience,
        answered: Collection[uuid.UUID] = (),
        extra: int = 0,
    ) -> int:
        """Return how many answers the task with this input hash is to get, at least 1.

        At most one from each person whom it may go to; those who have `answered` already count.
        `extra` answers were asked for because people differed; the settings may still allow them.
        """
        wanted, only = self._wanted(digest), audience.only
        if isinstance(self.config.overlap, DisputedOverlap) and extra:
            people = len(self._people(audience).union(answered))
            base, most = self.config.overlap.base, self.config.overlap.most
            wanted = max(base, min(base + extra, most, people))
        if wanted is None and only is None:
            only = tuple(self._people(audience))
        if only is None:
            return wanted or 1
        people = len({*only, *answered})
        return max(1, people if wanted is None else min(wanted, people))

    def asks_another(self, task: Task, *, answered: Collection[uuid.UUID]) -> bool:
        """Whether one more answer is to be had, now that those who `answered` differ."""
        overlap = self.config.overlap
        if not isinstance(overlap, DisputedOverlap) or len(answered) >= overlap.most:
            return False
        return self.has_others(task, answered=answered)

    def has_others(self, task: Task, *, answered: Collection[uuid.UUID]) -> bool:
        """Whether it is the work of anybody who has not `answered`."""
        return not self._people(self.audience(task.meta, task.assigned)).issubset(answered)

    def turn(self, task: Ranked, *, n: int) -> int:
        """Return the turn of the n-th slot of a task."""
        config = self.config
        return turn_of(task, n=n, order=config.order, spread=config.spread, mix=self._mix)

    def find(self, address: str) -> uuid.UUID | None:
        """Return who has this address and may label; None for a stranger."""
        return self._labellers.get(normalise_email(address))

    def may_label(self, people: Collection[uuid.UUID]) -> bool:
        """Whether all of them may label here."""
        return {*people}.issubset(self._labellers.values())

    def _wanted(self, digest: str) -> int | None:
        """The number that the settings name; None for everybody."""
        overlap = self.config.overlap
        if overlap == "all":
            return None
        if isinstance(overlap, int):
            return overlap
        if isinstance(overlap, DisputedOverlap):
            return overlap.base
        return overlap.to if falls_in_share(digest, overlap.share) else overlap.base

    def _people(self, audience: Audience) -> frozenset[uuid.UUID]:
        """Whose work it is to answer a task with this audience."""
        people = self._annotators if audience.only is None else frozenset(audience.only)
        return people.difference(audience.barred)

    @cached_property
    def _mix(self) -> Mix:
        if self.config.order not in BY_SCORE:
            return NO_MIX
        queue = Queue.objects.filter(dataset=self.dataset).first()
        return Mix(share=self.config.random_share, ladder=queue.ladder if queue else ())

    @cached_property
    def _annotators(self) -> frozenset[uuid.UUID]:
        return annotators_of(self.dataset)

    @cached_property
    def _labellers(self) -> Mapping[str, uuid.UUID]:
        return labellers_of(self.dataset)


def is_routed(dataset: Dataset) -> bool:
    """Whether there may be work here that is for certain people alone."""
    if DatasetConfig.of(dataset).routing:
        return True
    return Task.objects.of(dataset).filter(assigned__isnull=False).exists()
