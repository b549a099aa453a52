"""What a person finds on coming in: work to go on with, and the datasets they know of."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef

from apps.annotators.models import User
from apps.datasets.models import Dataset, Image, Membership, Role
from apps.datasets.policy import Capability, allows
from apps.desk.queries import work
from apps.tasks.models import Task, TaskState, Thread
from apps.tasks.talk import waiting_threads

THUMBNAILS = 4
MOST_THREADS = 8


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
    """A dataset in which the person can go on labelling."""

    dataset: Dataset
    left: int
    done_today: int


@dataclass(frozen=True, slots=True)
class ToReview:
    """A dataset in which tasks wait for the person's decision."""

    dataset: Dataset
    waiting: int


@dataclass(frozen=True, slots=True)
class Home:
    """The whole page; `threads` are those in which somebody waits for the person."""

    to_label: list[ToLabel]
    to_review: list[ToReview]
    sent_back: int
    threads: list[Thread]
    cards: list[Card]


def home_of(user: User) -> Home:
    """Return `user`'s home in a fixed number of queries, newest datasets first.

    Work is offered where the person is a member. An instance admin sees all datasets, but those
    of other people are not theirs to work through.
    """
    roles = {row.dataset_id: Role(row.role) for row in Membership.objects.filter(user=user)}
    datasets = _datasets(user)
    return Home(
        to_label=_to_label(user, [row for row in datasets if _may(roles, row, Capability.LABEL)]),
        to_review=_to_review(
            user, [row for row in datasets if _may(roles, row, Capability.REVIEW)]
        ),
        sent_back=work.count_sent_back(user=user),
        threads=list(waiting_threads(user).select_related("dataset").order_by("id")[:MOST_THREADS]),
        cards=_cards(user, datasets, roles),
    )


def _datasets(user: User) -> list[Dataset]:
    newest = Image.objects.filter(dataset=OuterRef("pk")).order_by("id").values("id")[:THUMBNAILS]
    visible = Dataset.objects.visible_to(user).annotate(thumbnails=ArraySubquery(newest))
    return list(visible.order_by("-created_at", "-id"))


def _may(roles: dict[uuid.UUID, Role], dataset: Dataset, capability: Capability) -> bool:
    return dataset.id in roles and allows(roles[dataset.id], capability)


def _to_label(user: User, datasets: list[Dataset]) -> list[ToLabel]:
    ids = [dataset.id for dataset in datasets]
    left = work.count_left(user=user, datasets=ids)
    done = work.count_done_today(user=user, datasets=ids)
    return [
        ToLabel(dataset, left=left[dataset.id], done_today=done.get(dataset.id, 0))
        for dataset in datasets
        if dataset.id in left
    ]


def _to_review(user: User, datasets: list[Dataset]) -> list[ToReview]:
    waiting = work.count_waiting(user=user, datasets=[dataset.id for dataset in datasets])
    return [ToReview(row, waiting[row.id]) for row in datasets if row.id in waiting]


def _cards(user: User, datasets: list[Dataset], roles: dict[uuid.UUID, Role]) -> list[Card]:
    ids = [dataset.id for dataset in datasets]
    images = _count_images(ids)
    states = count_states(ids)
    return [
        Card(
            dataset=dataset,
            role=Role.MANAGER if user.is_admin else roles[dataset.id],
            images=images.get(dataset.id, 0),
            states=states[dataset.id],
            thumbnails=dataset.thumbnails,  # type: ignore[attr-defined]  # annotated above
        )
        for dataset in datasets
    ]


def _count_images(datasets: Collection[uuid.UUID]) -> dict[uuid.UUID, int]:
    rows = Image.objects.filter(dataset__in=datasets).order_by().values("dataset")
    return dict(rows.annotate(n=Count("id")).values_list("dataset", "n"))


def count_states(datasets: Collection[uuid.UUID]) -> dict[uuid.UUID, dict[TaskState, int]]:
    """Count the tasks of each dataset by state; every state is there, if only with 0."""
    counts: dict[uuid.UUID, dict[TaskState, int]] = defaultdict(lambda: dict.fromkeys(TaskState, 0))
    rows = Task.objects.filter(dataset__in=datasets).order_by().values("dataset", "state")
    for dataset, state, n in rows.annotate(n=Count("id")).values_list("dataset", "state", "n"):
        counts[dataset][TaskState(state)] = n
    return counts
