"""What a person finds on coming in: work to go on with, and the datasets they know of."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef

from apps.annotators.models import User
from apps.datasets.models import Dataset, Image, Membership, Role
from apps.datasets.policy import Capability, allows
from apps.datasets.recounting import Recounted
from apps.desk.queries import work
from apps.exchange.models import Export
from apps.imports.actions.running import UNFINISHED
from apps.imports.models import Import
from apps.tasks.models import Task, TaskState, Thread
from apps.tasks.talk import waiting_threads

THUMBNAILS = 4
MOST_THREADS = 8
MOST_RUNS = 8
NEVER = datetime.min.replace(tzinfo=UTC)

Row = TypeVar("Row", Import, Export)


@dataclass(frozen=True, slots=True)
class Card:
    """A dataset at a glance; `states` counts its tasks."""

    dataset: Dataset
    role: Role
    images: int
    states: dict[TaskState, int]
    thumbnails: list[uuid.UUID]

    @property
    def counts(self) -> dict[str, int]:
        """Images, tasks, and tasks by state."""
        states = {str(state): n for state, n in self.states.items()}
        return {"images": self.images, "tasks": sum(states.values()), **states}


@dataclass(frozen=True, slots=True)
class ToLabel:
    """A dataset in which the person can go on labelling; `last_at` is when they last got work."""

    dataset: Dataset
    left: int
    done_today: int
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class ToReview:
    """A dataset in which tasks wait for the person's decision."""

    dataset: Dataset
    waiting: int


@dataclass(frozen=True, slots=True)
class Home:
    """The whole page. Where the person worked last comes first in `to_label`; `sent_back` are the
    datasets in which answers came back to them, `threads` those in which somebody waits for them,
    `week` what they answered on the last seven days, today last. `imports` and `exports` are theirs
    and not over."""

    to_label: list[ToLabel]
    to_review: list[ToReview]
    sent_back: list[ToReview]
    threads: list[Thread]
    week: list[int]
    imports: list[Import]
    exports: list[Export]
    cards: list[Card]


def home_of(user: User) -> Home:
    """Return `user`'s home in a fixed number of queries, newest datasets first.

    Work is offered where the person is a member. An instance admin sees all datasets, but those
    of other people are not theirs to work through.
    """
    roles = {row.dataset_id: Role(row.role) for row in Membership.objects.filter(user=user)}
    datasets = _datasets(user)
    week = work.count_week(user=user, datasets=[dataset.id for dataset in datasets])
    labelled = [row for row in datasets if _may(roles, row, Capability.LABEL)]
    reviewed = [row for row in datasets if _may(roles, row, Capability.REVIEW)]
    waiting = waiting_threads(user).select_related("dataset")
    return Home(
        to_label=_to_label(user, labelled, week),
        to_review=_counted(reviewed, work.count_waiting(user=user, datasets=_ids(reviewed))),
        sent_back=_counted(datasets, work.count_sent_back(user=user)),
        threads=list(waiting.order_by("id")[:MOST_THREADS]),
        week=[sum(day) for day in zip(*week.values(), [0] * work.WEEK, strict=False)],
        imports=_under_way(Import, user, datasets, UNFINISHED),
        exports=_under_way(Export, user, datasets, [Export.State.QUEUED, Export.State.RUNNING]),
        cards=_cards(user, datasets, roles),
    )


def _datasets(user: User) -> list[Dataset]:
    newest = Image.objects.filter(dataset=OuterRef("pk")).order_by("id").values("id")[:THUMBNAILS]
    visible = Dataset.objects.visible_to(user).annotate(thumbnails=ArraySubquery(newest))
    return list(visible.order_by("-created_at", "-id"))


def _may(roles: dict[uuid.UUID, Role], dataset: Dataset, capability: Capability) -> bool:
    return dataset.id in roles and allows(roles[dataset.id], capability)


def _to_label(
    user: User, datasets: list[Dataset], week: dict[uuid.UUID, list[int]]
) -> list[ToLabel]:
    left = work.count_left(user=user, datasets=_ids(datasets))
    last = work.last_at(user=user)
    rows = [
        ToLabel(
            dataset,
            left=left[dataset.id],
            done_today=week[dataset.id][-1] if dataset.id in week else 0,
            last_at=last.get(dataset.id),
        )
        for dataset in datasets
        if left[dataset.id]
    ]
    return sorted(rows, key=lambda row: row.last_at or NEVER, reverse=True)


def _counted(datasets: list[Dataset], counts: work.Counts) -> list[ToReview]:
    return [ToReview(row, counts[row.id]) for row in datasets if row.id in counts]


def _under_way(
    kind: type[Row], user: User, datasets: list[Dataset], states: Collection[str]
) -> list[Row]:
    rows = kind._default_manager.filter(created_by=user, dataset__in=_ids(datasets))
    return list(rows.filter(state__in=states).select_related("dataset").order_by("-id")[:MOST_RUNS])


def _ids(datasets: list[Dataset]) -> list[uuid.UUID]:
    return [dataset.id for dataset in datasets]


def _cards(user: User, datasets: list[Dataset], roles: dict[uuid.UUID, Role]) -> list[Card]:
    ids = _ids(datasets)
    images = IMAGES.of_all(ids)
    states = STATES.of_all(ids)
    return [
        Card(
            dataset=dataset,
            role=Role.MANAGER if user.is_admin else roles[dataset.id],
            images=images[dataset.id],
            states=states[dataset.id],
            thumbnails=dataset.thumbnails,  # type: ignore[attr-defined]  # annotated above
        )
        for dataset in datasets
    ]


def _count_images(datasets: Collection[uuid.UUID]) -> dict[uuid.UUID, int]:
    rows = Image.objects.filter(dataset__in=datasets).order_by().values("dataset")
    counted = dict(rows.annotate(n=Count("id")).values_list("dataset", "n"))
    return {dataset: counted.get(dataset, 0) for dataset in datasets}


def _count_states(datasets: Collection[uuid.UUID]) -> dict[uuid.UUID, dict[TaskState, int]]:
    counts = {dataset: dict.fromkeys(TaskState, 0) for dataset in datasets}
    rows = Task.objects.filter(dataset__in=datasets).order_by().values("dataset", "state")
    for dataset, state, n in rows.annotate(n=Count("id")).values_list("dataset", "state", "n"):
        counts[dataset][TaskState(state)] = n
    return counts


IMAGES = Recounted("images", count=lambda datasets, _: _count_images(datasets), rows=int)
STATES = Recounted(
    "states",
    count=lambda datasets, _: _count_states(datasets),
    rows=lambda states: sum(states.values()),
)
"""The images of a dataset, and its tasks by state; every state is there, if only with 0."""
