"""Making tasks, with their slots."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from apps.datasets.actions.changing import hold_settings
from apps.datasets.domain.routing import Audience
from apps.datasets.models import Dataset, Image, Interface
from apps.tasks.actions.places import work_appeared
from apps.tasks.actions.planning import Plan
from apps.tasks.domain.identity import input_hash
from apps.tasks.models import Purpose, Slot, Task, TaskImage


@dataclass(frozen=True, slots=True)
class TaskContent:
    """What a line of a list says of a task beyond its images. Unknown keys are kept in `extra`.

    `tiles` is what it says of each image to pick from, where it names several; `spans` are the
    shapes that the question is about, as rows keep them.
    """

    label: str = ""
    tiles: Sequence[dict[str, Any]] = ()
    options: list[dict[str, Any]] | None = None
    spans: Sequence[dict[str, Any]] = ()
    meta: dict[str, Any] = field(default_factory=dict)
    priority: int = 0
    score: float | None = None
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NewTask:
    """A task to make.

    `order_key` is its place among all that were imported; the dataset's `order` says whether that
    or something else decides when it is handed out. `images` must have their blobs loaded.
    """

    images: Sequence[Image]
    order_key: int
    content: TaskContent = field(default_factory=TaskContent)


def create_task(
    *, dataset: Dataset, images: Sequence[Image], order_key: int, content: TaskContent
) -> Task:
    """Create one task, as `create_tasks` does."""
    (task,) = create_tasks(dataset=dataset, wanted=[NewTask(images, order_key, content)])
    return task


@transaction.atomic
def create_tasks(*, dataset: Dataset, wanted: Sequence[NewTask]) -> list[Task]:
    """Create tasks, each with as many free slots as its overlap asks for, by few statements."""
    plan = Plan(hold_settings(dataset=dataset))
    audiences = [plan.audience(each.content.meta) for each in wanted]
    tasks = Task.objects.bulk_create(
        _task(plan, each, audience) for each, audience in zip(wanted, audiences, strict=True)
    )
    TaskImage.objects.bulk_create(
        image
        for task, each in zip(tasks, wanted, strict=True)
        for image in _images(task, each.images, each.content.tiles)
    )
    slots = [new_slot(task=task, n=n, plan=plan) for task in tasks for n in range(task.overlap)]
    Slot.objects.bulk_create(slots)
    if slots:
        work_appeared(dataset_id=dataset.id, turn=min(slot.order_key for slot in slots))
    return tasks


def _task(plan: Plan, wanted: NewTask, audience: Audience) -> Task:
    dataset, content = plan.dataset, wanted.content
    digest = digest_of(dataset=dataset, images=wanted.images, content=content)
    return Task(
        dataset=dataset,
        order_key=wanted.order_key,
        priority=content.priority,
        score=content.score,
        overlap=plan.overlap(digest=digest, audience=audience),
        config_version=dataset.config_version,
        input_hash=digest,
        label=content.label,
        options=content.options,
        spans=list(content.spans),
        meta=content.meta,
        extra=content.extra,
    )


def digest_of(*, dataset: Dataset, images: Sequence[Image], content: TaskContent) -> str:
    """Return the input hash of a task; in which order images to pick from are shown is no part."""
    digests = [image.blob.sha256 for image in images]
    picks = dataset.interface == Interface.IMAGE_CHOICE
    return input_hash(
        images=sorted(digests) if picks else digests,
        options=content.options,
        label=content.label,
        shapes=[(span["label_id"], span["points"]) for span in content.spans],
    )


def _images(
    task: Task, images: Sequence[Image], tiles: Sequence[dict[str, Any]]
) -> Iterator[TaskImage]:
    """The images of a new task; those to pick among get names that tell nothing."""
    picks = task.dataset.interface == Interface.IMAGE_CHOICE
    for n, image in enumerate(images):
        yield TaskImage(
            task=task,
            n=n,
            dataset_id=task.dataset_id,
            image=image,
            tile=uuid.uuid4() if picks else None,
            option=tiles[n] if tiles else None,
        )


def add_extra_slots(*, task: Task, numbers: Iterable[int], plan: Plan) -> None:
    """Add free slots beyond what was planned; the caller holds the task.

    They lie behind where people are in the queue, as slots do that came back, and go out first.
    """
    Slot.objects.bulk_create(
        new_slot(task=task, n=n, plan=plan, purpose=Purpose.EXTRA, returned=True) for n in numbers
    )


def new_slot(*, task: Task, n: int, plan: Plan, **state: Any) -> Slot:
    """Return the n-th slot of a task, not saved yet, in its turn and for those who may have it."""
    return Slot(
        task=task,
        n=n,
        dataset_id=task.dataset_id,
        order_key=plan.turn(task, n=n),
        **columns_of(plan.audience(task.meta, task.assigned)),
        **state,
    )


def columns_of(audience: Audience) -> dict[str, list[uuid.UUID] | None]:
    """Return an audience as the columns of a slot."""
    only = None if audience.only is None else list(audience.only)
    return {"only": only, "barred": list(audience.barred) or None}
