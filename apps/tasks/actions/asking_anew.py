"""Asking of another image what was asked of one that leaves."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from apps.annotators.models import User
from apps.datasets.models import Dataset, Image
from apps.tasks.actions.creating import NewTask, TaskContent, create_tasks
from apps.tasks.models import Suggestion, Task, TaskImage
from concord.errors import Invalid
from concord.events.actions import record


@dataclass(frozen=True, slots=True)
class Question:
    """What a task asks and where it stands in the queue, and what people could start from."""

    was: uuid.UUID
    wanted: NewTask
    tiles: Sequence[uuid.UUID | None]
    suggestions: Sequence[Suggestion]


def questions_about(*, image: Image, instead: Image) -> list[Question]:
    """Return what is asked of `image`, as it is to be asked of the one that comes `instead`.

    What people could start from is kept where both have the same number of pixels each way, as its
    coordinates would mean nothing else. Both images must have their blobs loaded. Raises Invalid
    `other_size` where the question itself is about shapes, and the sizes differ.
    """
    tasks = Task.objects.filter(task_images__image=image).order_by("order_key", "id")
    same_size = _size(image) == _size(instead)
    return [_question(task, image, instead, same_size=same_size) for task in tasks]


def ask_anew(*, dataset: Dataset, questions: Sequence[Question], actor: User) -> list[Task]:
    """Make tasks of questions, in the places in the queue that they had; returns them in order."""
    tasks = create_tasks(dataset=dataset, wanted=[each.wanted for each in questions])
    for task, question in zip(tasks, questions, strict=True):
        Suggestion.objects.bulk_create(_suggestions(question, task))
        record(
            kind="task.asked_anew",
            actor=actor,
            dataset_id=dataset.pk,
            subject=task,
            data={"instead_of": str(question.was)},
        )
    return tasks


def _size(image: Image) -> tuple[int, int]:
    return image.blob.width, image.blob.height


def _question(task: Task, image: Image, instead: Image, *, same_size: bool) -> Question:
    if task.spans and not same_size:
        width, height = _size(image)
        reason = f"Boxes lie on {width} × {height} pixels; the other image must have as many."
        raise Invalid("other_size", reason)
    rows = list(TaskImage.objects.filter(task=task).select_related("image__blob").order_by("n"))
    listed = [row.option for row in rows if row.option is not None]
    content = TaskContent(
        label=task.label,
        tiles=listed,
        options=task.options,
        spans=task.spans,
        meta=task.meta,
        priority=task.priority,
        score=task.score,
        extra=task.extra,
    )
    images = [instead if row.image_id == image.pk else row.image for row in rows]
    said = Suggestion.objects.filter(task=task).order_by("created_at", "id")
    return Question(
        was=task.pk,
        wanted=NewTask(images, task.order_key, content),
        tiles=[row.tile for row in rows],
        suggestions=list(said) if same_size else [],
    )


def _suggestions(question: Question, task: Task) -> Iterator[Suggestion]:
    renamed = _renamed_tiles(question, task)
    for row in question.suggestions:
        yield Suggestion(
            task=task,
            dataset_id=task.dataset_id,
            model=row.model,
            model_version=row.model_version,
            score=row.score,
            label=row.label,
            spans=row.spans,
            accept=[renamed.get(option, option) for option in row.accept],
        )


def _renamed_tiles(question: Question, task: Task) -> Mapping[Any, str]:
    """By the tiles of before those of the new task, where people pick among images."""
    new = TaskImage.objects.filter(task=task).order_by("n").values_list("tile", flat=True)
    pairs = zip(question.tiles, new, strict=True)
    return {str(old): str(tile) for old, tile in pairs if old is not None}
