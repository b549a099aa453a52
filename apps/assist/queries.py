"""How suggested boxes stand: image by image, and model by model."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from apps.datasets.models import Dataset, Image, Interface
from apps.tasks.models import Suggestion, Task, TaskImage, TaskState
from concord.errors import Invalid


class BoxState(StrEnum):
    """What has become of a box: the final answer, a reviewer's turn, or not all answers in yet."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    UNSURE = "unsure"
    WAITING = "waiting"
    OPEN = "open"


FINALS = {"accept": BoxState.ACCEPTED, "reject": BoxState.REJECTED, "ignore": BoxState.UNSURE}
STATES: dict[BoxState, Q] = {
    **{
        state: Q(task__state=TaskState.FINAL, task__final__answer=answer)
        for answer, state in FINALS.items()
    },
    BoxState.WAITING: Q(task__state__in=[TaskState.ANSWERED, TaskState.CONFLICTED]),
    BoxState.OPEN: Q(task__state=TaskState.OPEN),
}


def check_judges(dataset: Dataset) -> None:
    """Raise Invalid `not_for_interface` where people do not judge boxes."""
    if dataset.interface != Interface.IMAGE:
        raise Invalid("not_for_interface", "People do not judge suggested boxes in this dataset.")


def images_with_boxes(dataset: Dataset, *, state: BoxState | None = None) -> QuerySet[Image]:
    """Return the images of a dataset, each with the questions about its boxes as `asked`.

    With a `state` only the images that have a box in it, each with all its boxes all the same.
    """
    # A probe asks again about a box that is listed already.
    work = TaskImage.objects.filter(task__probe_of=None)
    asked = work.select_related("task__final").order_by("task__order_key", "task")
    images = Image.objects.filter(dataset=dataset).select_related("blob")
    if state is not None:
        images = images.filter(Exists(work.filter(STATES[state], image=OuterRef("pk"))))
    return images.prefetch_related(Prefetch("task_images", queryset=asked, to_attr="asked"))


def state_of(task: Task) -> BoxState:
    """Return what has become of a box; its task's final must be loaded."""
    final = getattr(task, "final", None)
    if task.state == TaskState.FINAL and final is not None:
        return FINALS[final.answer]
    return BoxState.OPEN if task.state == TaskState.OPEN else BoxState.WAITING


def models_of(dataset: Dataset) -> QuerySet[Suggestion, dict[str, Any]]:
    """Return every version of every model with how its boxes stand, by name and version."""
    counts = {
        str(state): Count("task", distinct=True, filter=condition)
        for state, condition in STATES.items()
    }
    rows = Suggestion.objects.filter(dataset=dataset).values("model", "model_version")
    return rows.annotate(boxes=Count("task", distinct=True), **counts).order_by(
        "model", "model_version"
    )
