"""What predictions are about: images and tasks of one dataset, in a fixed number of queries."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from apps.assist.domain.predictions import PredictionError, Target
from apps.datasets.models import Dataset, Image
from apps.tasks.models import Task, TaskImage


class Targets:
    """The images and tasks that a batch of predictions names."""

    def __init__(self, *, dataset: Dataset, targets: Iterable[Target]) -> None:
        wanted: dict[str, set[uuid.UUID | str]] = {"task": set(), "image": set(), "url": set()}
        for target in targets:
            wanted[target.kind].add(target.value)
        images = Image.objects.filter(dataset=dataset).select_related("blob")
        self._images = images.in_bulk(list(wanted["image"]))
        self._by_url: dict[str, list[Image]] = {}
        for image in images.filter(source_url__in=wanted["url"]):
            self._by_url.setdefault(image.source_url, []).append(image)
        self._tasks: dict[uuid.UUID | str, tuple[Task, Image]] = {}
        self._of_image: dict[uuid.UUID, list[uuid.UUID]] = {}
        self._read_tasks(dataset, wanted["task"])

    def _read_tasks(self, dataset: Dataset, named: set[uuid.UUID | str]) -> None:
        """Read the tasks that are named, and those of the images that are."""
        rows = TaskImage.objects.filter(dataset=dataset, n=0).select_related("task", "image__blob")
        images = {*self._images, *(row.id for same in self._by_url.values() for row in same)}
        for row in [
            *rows.filter(task__in=Task.objects.filter(pk__in=named)),
            *rows.filter(image__in=images),
        ]:
            if row.task_id not in self._tasks:
                row.task.dataset = dataset
                self._tasks[row.task_id] = (row.task, row.image)
                self._of_image.setdefault(row.image_id, []).append(row.task_id)

    def image(self, target: Target) -> Image:
        """Return the image that a prediction is about; raises PredictionError."""
        if target.kind == "image" and target.value in self._images:
            return self._images[target.value]
        if target.kind == "url":
            found = self._by_url.get(str(target.value), [])
            if len(found) > 1:
                detail = f"{len(found)} images came from this address; name one by its id."
                raise PredictionError("several_images", detail)
            if found:
                return found[0]
        if target.kind == "task":
            raise PredictionError("bad_target", "Boxes are about an image: name it, not a task.")
        raise PredictionError(f"unknown_{target.kind}", f"There is no such {target.kind} here.")

    def task(self, target: Target) -> tuple[Task, Image]:
        """Return the task that a prediction is about, and its image; raises PredictionError."""
        if target.kind == "task":
            if target.value not in self._tasks:
                raise PredictionError("unknown_task", "There is no such task here.")
            return self._tasks[target.value]
        image = self.image(target)
        tasks = self._of_image.get(image.id, [])
        if not tasks:
            raise PredictionError("no_task", "No task asks about this image.")
        if len(tasks) > 1:
            detail = f"{len(tasks)} tasks ask about this image; name one by its id."
            raise PredictionError("several_tasks", detail)
        return self._tasks[tasks[0]]
