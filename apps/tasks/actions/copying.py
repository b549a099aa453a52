"""A copy of a task that nobody can tell from the tasks around it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from random import Random
from typing import Any

from django.db.models import Q

from apps.annotators.models import User
from apps.datasets.models import Image
from apps.tasks.domain.probing import name_beside
from apps.tasks.models import Purpose, Slot, Suggestion, Task, TaskImage
from concord.ids import uuid7_between


def copy_beside(
    original: Task, *, neighbour: uuid.UUID, turn: int, user: User, chance: Random
) -> Task:
    """Return a copy of `original`, with a free slot for `user` alone, of the same `turn` as that of
    `neighbour`, a task of the same dataset.

    Ids and dates are as if it had been made right after `neighbour`, as many answers are to come,
    and its images are named like that one's. What is asked, and what people may start from, is the
    original's.
    """
    beside = Task.objects.get(pk=neighbour)
    after = _task_after(beside)
    task = _copy(original, id=uuid7_between(beside.pk, after.pk if after else None))
    task.probe_of = original
    task.order_key, task.overlap = beside.order_key, beside.overlap
    task.save(force_insert=True)
    dates = {"created_at": beside.created_at, "updated_at": beside.updated_at}
    Task.everything.filter(pk=task.pk).update(**dates)
    _copy_images(original, task=task, beside=beside, after=after, chance=chance)
    Suggestion.everything.bulk_create(_suggestions(original, task))
    Slot.objects.create(
        task=task,
        n=0,
        dataset_id=task.dataset_id,
        order_key=turn,
        purpose=Purpose.GOLD,
        only=[user.pk],
    )
    return task


def _task_after(task: Task) -> Task | None:
    """The task that was imported after this one."""
    later = Q(order_key__gt=task.order_key) | Q(id__gt=task.pk)
    rows = Task.objects.filter(later, dataset=task.dataset_id, order_key__gte=task.order_key)
    return rows.order_by("order_key", "id").first()


def _copy(original: Task, **fields: Any) -> Task:
    return Task(
        dataset_id=original.dataset_id,
        priority=original.priority,
        score=original.score,
        config_version=original.config_version,
        input_hash=original.input_hash,
        label=original.label,
        options=original.options,
        spans=_renamed(original.spans),
        meta=original.meta,
        extra=original.extra,
        **fields,
    )


def _renamed(spans: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Spans with ids of their own, where these are ours; a list may have named them otherwise."""
    return [{**span, "id": _renewed(span["id"])} for span in spans]


def _renewed(identifier: str) -> str:
    try:
        was = uuid.UUID(identifier)
    except ValueError:
        return identifier
    return str(uuid7_between(was, None)) if was.version == 7 else str(uuid.uuid4())


def _copy_images(
    original: Task, *, task: Task, beside: Task, after: Task | None, chance: Random
) -> None:
    """Give the copy images with ids and names of their own, and tiles where people pick."""
    rows = list(TaskImage.objects.filter(task=original).select_related("image").order_by("n"))
    model = TaskImage.objects.select_related("image").get(task=beside, n=0).image
    next_one = TaskImage.objects.filter(task=after, n=0).values_list("image", flat=True).first()
    images = [
        Image(
            id=uuid7_between(model.pk, next_one),
            dataset_id=task.dataset_id,
            blob_id=row.image.blob_id,
            name=name_beside(model.name, original=row.image.name, chance=chance),
            probe=True,
        )
        for row in rows
    ]
    Image.everything.bulk_create(images)
    TaskImage.objects.bulk_create(
        TaskImage(
            task=task,
            n=row.n,
            dataset_id=task.dataset_id,
            image=image,
            tile=uuid.uuid4() if row.tile else None,
            option=row.option,
        )
        for row, image in zip(rows, images, strict=True)
    )


def _suggestions(original: Task, task: Task) -> Iterator[Suggestion]:
    for row in Suggestion.objects.filter(task=original).order_by("created_at", "id"):
        yield Suggestion(
            id=uuid7_between(row.pk, None),
            task=task,
            dataset_id=task.dataset_id,
            model=row.model,
            model_version=row.model_version,
            score=row.score,
            label=row.label,
            spans=_renamed(row.spans),
            accept=row.accept,
        )
