"""Making tasks, with their slots and what a model or a list suggests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from apps.datasets.config import DatasetConfig
from apps.datasets.models import Dataset, Image
from apps.datasets.queries import count_annotators
from apps.tasks.domain.identity import falls_in_share, input_hash
from apps.tasks.models import Slot, Suggestion, Task, TaskImage


@dataclass(frozen=True, slots=True)
class TaskContent:
    """What a line of a list says of a task beyond its images. Unknown keys are kept in `extra`."""

    label: str = ""
    options: list[dict[str, Any]] | None = None
    meta: dict[str, Any] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def create_task(
    *, dataset: Dataset, images: Sequence[Image], order_key: int, content: TaskContent
) -> Task:
    """Create a task about `images` with as many free slots as its overlap asks for.

    Lower order keys are served first. `images` must have their blobs loaded.
    """
    digest = input_hash(
        images=[image.blob.sha256 for image in images],
        options=content.options,
        label=content.label,
    )
    task = Task.objects.create(
        dataset=dataset,
        order_key=order_key,
        overlap=overlap_of(dataset=dataset, digest=digest),
        config_version=dataset.config_version,
        input_hash=digest,
        label=content.label,
        options=content.options,
        meta=content.meta,
        extra=content.extra,
    )
    TaskImage.objects.bulk_create(
        TaskImage(task=task, n=n, dataset=dataset, image=image) for n, image in enumerate(images)
    )
    add_slots(task=task, count=task.overlap, first=0)
    return task


def overlap_of(*, dataset: Dataset, digest: str) -> int:
    """Return how many answers the task with this input hash is to get."""
    overlap = DatasetConfig.of(dataset).overlap
    if isinstance(overlap, int):
        return overlap
    if overlap == "all":
        return max(1, count_annotators(dataset))
    return overlap.to if falls_in_share(digest, overlap.share) else overlap.base


def add_slots(*, task: Task, count: int, first: int) -> None:
    """Add `count` free slots, numbered from `first`; the caller holds the task if it is not new."""
    Slot.objects.bulk_create(
        Slot(task=task, n=n, dataset_id=task.dataset_id, order_key=task.order_key)
        for n in range(first, first + count)
    )


@transaction.atomic
def suggest(
    *,
    task: Task,
    model: str,
    spans: list[dict[str, Any]],
    accept: list[int | str],
    label: str = "",
    score: float | None = None,
) -> Suggestion:
    """Offer shapes or choices for a task; they are kept apart from people's answers.

    Spans are as stored: labels by id (see `apps.tasks.spans`).
    """
    return Suggestion.objects.create(
        task=task,
        dataset_id=task.dataset_id,
        model=model,
        spans=spans,
        accept=accept,
        label=label,
        score=score,
    )
