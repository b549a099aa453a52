"""Cloning a dataset: its settings at once, its images by a job, a chunk at a time."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from apps.annotators.models import User
from apps.datasets.actions.cloning import clone_settings
from apps.datasets.models import Dataset, Image, Interface
from apps.tasks.actions.creating import NewTask, TaskContent, create_tasks
from apps.tasks.models import Task, TaskImage
from concord.jobs.actions import enqueue
from concord.rows import all_rows

KIND = "tasks.clone"
CHUNK = 200
PIECE_SECONDS = 15.0

ASKED_ONE_BY_ONE = (Interface.IMAGE_MANUAL, Interface.CLASSIFICATION, Interface.CHOICE)
"""Where each image is a task of its own; elsewhere groups or a model's boxes are made of images."""

# A blob that is held is not swept away, whatever becomes of the images that had it.
HOLD_BLOBS = "SELECT id FROM datasets_blob WHERE id = ANY(%s) ORDER BY id FOR KEY SHARE"

Beat = Callable[..., None]


@transaction.atomic
def clone_dataset(
    *, source: Dataset, actor: User, name: str, members: bool, images: bool
) -> Dataset:
    """Make a dataset like `source`, and with `images` order a job that brings those as well.

    Nobody's answers come along. Raises Forbidden without the right to create datasets.
    """
    clone = clone_settings(source=source, actor=actor, name=name, members=members)
    if images:
        args = {"source": str(source.id), "clone": str(clone.id)}
        enqueue(kind=KIND, args=args, created_by=actor, dataset_id=clone.id)
    return clone


def clone_for_a_while(
    *, source: Dataset, clone: Dataset, progress: Mapping[str, Any], beat: Beat
) -> bool:
    """Bring images from where `progress` stands; True if some may be left when the time is up.

    A chunk that was cut off is brought again, which adds nothing where it had come through: an
    image is known by its blob and its number among its copies.
    """
    end, done, place = time.monotonic() + PIECE_SECONDS, progress["done"], progress.get("place")
    total = done + _after(source, place).count()
    beat(done=done, total=total, place=place)
    while chunk := list(_after(source, place).order_by("id")[:CHUNK]):
        bring_chunk(chunk=chunk, clone=clone)
        done, place = done + len(chunk), str(chunk[-1].id)
        beat(done=done, total=max(total, done), place=place)
        if time.monotonic() > end:
            return True
    return False


def _after(source: Dataset, place: str | None) -> QuerySet[Image]:
    images = Image.objects.filter(dataset=source)
    return images if place is None else images.filter(id__gt=uuid.UUID(place))


@transaction.atomic
def bring_chunk(*, chunk: Sequence[Image], clone: Dataset) -> None:
    """Bring the images of a chunk that the clone does not have yet, all or none."""
    held = {blob for (blob,) in all_rows(HOLD_BLOBS, [[image.blob_id for image in chunk]])}
    there = set(
        Image.everything.filter(dataset=clone, probe=False, blob__in=held).values_list(
            "blob_id", "copy"
        )
    )
    new = [
        image
        for image in chunk
        if image.blob_id in held and (image.blob_id, image.copy) not in there
    ]
    tasks = _tasks_of(new) if clone.interface in ASKED_ONE_BY_ONE else {}
    if clone.interface in ASKED_ONE_BY_ONE:
        new = [image for image in new if image.id in tasks]
    made = Image.objects.bulk_create(_copy(image, clone) for image in new)
    made = list(Image.objects.select_related("blob").in_bulk([each.id for each in made]).values())
    by_blob = {(each.blob_id, each.copy): each for each in made}
    pairs = [(tasks.get(image.id), by_blob[image.blob_id, image.copy]) for image in new]
    create_tasks(
        dataset=clone,
        wanted=[NewTask([image], task.order_key, _content(task)) for task, image in pairs if task],
    )


def _copy(image: Image, clone: Dataset) -> Image:
    return Image(
        dataset=clone,
        blob_id=image.blob_id,
        copy=image.copy,
        name=image.name,
        source_url=image.source_url,
        meta=image.meta,
        known=image.known,
    )


def _tasks_of(images: Sequence[Image]) -> dict[uuid.UUID, Task]:
    """The task about each image; one that is about none was taken out of the work."""
    rows = TaskImage.objects.filter(image__in=images)
    about = dict(rows.values_list("task_id", "image_id"))
    return {about[task.id]: task for task in Task.objects.filter(pk__in=about)}


def _content(task: Task) -> TaskContent:
    return TaskContent(
        label=task.label,
        options=task.options,
        meta=task.meta,
        priority=task.priority,
        score=task.score,
        extra=task.extra,
    )
