"""Reads of tasks and of what people said to them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.db.models import F, QuerySet

from apps.annotators.models import User
from apps.datasets.models import Dataset
from apps.tasks.models import Answer, Flag, Return, Task
from apps.tasks.origins import without_origin
from apps.tasks.spans import label_names, show_spans
from concord.rows import first_row

SIZE = """
SELECT b.width, b.height
  FROM tasks_taskimage ti JOIN datasets_image i ON i.id = ti.image_id
       JOIN datasets_blob b ON b.id = i.blob_id
 WHERE ti.task_id = %s AND ti.n = 0
"""


def size_of(task: Task) -> tuple[int, int]:
    """Return width and height, in pixels, of the image that a task's shapes are drawn on."""
    row = first_row(SIZE, [task.pk])
    assert row is not None
    return row[0], row[1]


def my_response(*, user: User, task: Task) -> dict[str, Any] | None:
    """Return `user`'s own answer as a draft body, labels by name; None without one that counts."""
    answer = Answer.everything.select_related("head").filter(user=user, task=task).first()
    if answer is None or answer.head is None:
        return None
    head = answer.head
    return {
        "answer": head.answer,
        "spans": show_spans(
            [without_origin(span) for span in head.spans], names=label_names(task.dataset)
        ),
        "accept": head.accept,
        "attributes": head.attributes,
        "seconds": head.seconds,
    }


def returns_to(*, user: User, tasks: Sequence[uuid.UUID]) -> list[Return]:
    """Return what reviewers said of `user`'s answers that they have not answered yet."""
    rows = Return.objects.filter(user=user, task__in=tasks)
    unanswered = rows.filter(task__answers__user=user, task__answers__head=F("revision"))
    return list(unanswered.order_by("created_at", "id"))


def unresolved_flags(dataset: Dataset) -> QuerySet[Flag]:
    """Return what waits for a manager of `dataset`, with the people who raised it."""
    return Flag.objects.filter(dataset=dataset, resolved_at=None).select_related("user")
