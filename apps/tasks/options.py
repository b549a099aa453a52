"""What can be picked in answer to a task."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from apps.datasets.config import DatasetConfig
from apps.datasets.models import Interface
from apps.tasks.models import Task, TaskImage


def options_of(
    task: Task, *, images: Iterable[TaskImage] | None = None
) -> list[dict[str, Any]] | None:
    """Return the options as the API shows them, None where none are offered.

    They are the task's own or its dataset's; where people pick among images they are the tiles.
    `images` are the task's, in their order, if the caller has them.
    """
    if task.dataset.interface != Interface.IMAGE_CHOICE:
        return task.options or DatasetConfig.of(task.dataset).options_as_json()
    rows = TaskImage.objects.filter(task=task).order_by("n") if images is None else images
    return [{"id": str(row.tile), "text": f"image {row.n + 1}"} for row in rows]


def picks_several(task: Task) -> bool:
    """Whether more than one option can be picked."""
    dataset = task.dataset
    multiple = DatasetConfig.of(dataset).choice_style == "multiple"
    return multiple or dataset.interface == Interface.IMAGE_CHOICE
