"""The images of tasks that a comparison tells of, as far as there are any."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from apps.tasks.models import TaskImage


@dataclass(frozen=True, slots=True)
class Picture:
    """The first image of a task: its address for members, and its size."""

    thumbnail: str
    width: int
    height: int


def pictures_of(tasks: Collection[str]) -> dict[str, Picture]:
    """Return the images of those tasks that still have one, by task."""
    rows = TaskImage.objects.filter(task__in=tasks, n=0, image__taken_down_at=None)
    return {
        str(row.task_id): Picture(
            thumbnail=f"/api/images/{row.image_id}/thumbnail/",
            width=row.image.blob.width,
            height=row.image.blob.height,
        )
        for row in rows.select_related("image__blob")
    }
