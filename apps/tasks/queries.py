"""Reads of tasks: what an annotator's page needs, and why there is nothing to do."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, QuerySet

from apps.annotators.models import User
from apps.datasets.config import DatasetConfig
from apps.datasets.domain.orders import Order
from apps.datasets.models import Dataset
from apps.tasks.models import (
    Answer,
    Draft,
    Flag,
    Revision,
    Suggestion,
    Task,
    TaskImage,
)
from apps.tasks.options import options_of
from apps.tasks.spans import label_names, show_spans
from concord.rows import first_row

WHY: dict[Order, str] = {
    "as_imported": "The next in the order of import.",
    "random": "Drawn at random.",
    "priority": "The next by priority.",
    "score": "The next by score.",
}

SIZE = """
SELECT b.width, b.height
  FROM tasks_taskimage ti JOIN datasets_image i ON i.id = ti.image_id
       JOIN datasets_blob b ON b.id = i.blob_id
 WHERE ti.task_id = %s AND ti.n = 0
"""


@dataclass(frozen=True, slots=True)
class TaskPage:
    """Everything that the labelling page shows of one task, labels by name.

    `spans` are what the question is about, else what to start from: the newest suggestion's.
    """

    task: Task
    images: list[TaskImage]
    question: str
    options: list[dict[str, Any]] | None
    spans: list[dict[str, Any]]
    suggestions: list[dict[str, Any]]
    draft: Draft | None
    revision: int  # the last of this person's own answer, 0 for none
    why: dict[str, str]


def task_pages(*, user: User, dataset: Dataset, task_ids: Sequence[uuid.UUID]) -> list[TaskPage]:
    """Return the pages of tasks in the order of `task_ids`, in a fixed number of queries."""
    config = DatasetConfig.of(dataset)
    tasks = Task.everything.in_bulk(list(task_ids))
    for task in tasks.values():
        task.dataset = dataset
    images = _by_task(
        TaskImage.objects.filter(task__in=tasks).select_related("image__blob").order_by("n")
    )
    suggestions = _by_task(
        Suggestion.everything.filter(task__in=tasks).order_by("created_at", "id")
    )
    asked = any(task.spans for task in tasks.values())
    names = label_names(dataset) if suggestions or asked else {}
    drafts = {draft.task_id: draft for draft in Draft.objects.filter(task__in=tasks, user=user)}
    revisions = dict(
        Revision.objects.filter(task__in=tasks, user=user)
        .values_list("task")
        .annotate(last=Max("seq"))
    )
    return [
        TaskPage(
            task=tasks[identifier],
            images=images.get(identifier, []),
            question=tasks[identifier].label or config.question,
            options=options_of(tasks[identifier], images=images.get(identifier, [])),
            spans=show_spans(
                _spans(tasks[identifier], suggestions.get(identifier, [])), names=names
            ),
            suggestions=[_suggestion(row, names) for row in suggestions.get(identifier, [])],
            draft=drafts.get(identifier),
            revision=revisions.get(identifier, 0),
            why=_why(tasks[identifier], config.order),
        )
        for identifier in task_ids
    ]


def size_of(task: Task) -> tuple[int, int]:
    """Return width and height, in pixels, of the image that a task's shapes are drawn on."""
    row = first_row(SIZE, [task.pk])
    assert row is not None
    return row[0], row[1]


def _by_task(rows: Any) -> dict[uuid.UUID, list[Any]]:
    grouped: dict[uuid.UUID, list[Any]] = {}
    for row in rows:
        grouped.setdefault(row.task_id, []).append(row)
    return grouped


def _spans(task: Task, suggestions: Sequence[Suggestion]) -> list[dict[str, Any]]:
    spans: list[dict[str, Any]] = task.spans
    return spans or (suggestions[-1].spans if suggestions else [])


def _suggestion(row: Suggestion, names: dict[str, str]) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "model": row.model,
        "version": row.model_version,
        "score": row.score,
        "label": row.label,
        "spans": show_spans(row.spans, names=names),
        "accept": row.accept,
    }


def _why(task: Task, order: Order) -> dict[str, str]:
    if task.sent_back:
        return {"code": "sent_back", "text": "A reviewer sent this back to you."}
    return {"code": order, "text": WHY[order]}


def my_response(*, user: User, task: Task) -> dict[str, Any] | None:
    """Return `user`'s own answer as a draft body, labels by name; None without one that counts."""
    answer = Answer.everything.select_related("head").filter(user=user, task=task).first()
    if answer is None or answer.head is None:
        return None
    head = answer.head
    return {
        "answer": head.answer,
        "spans": show_spans(head.spans, names=label_names(task.dataset)),
        "accept": head.accept,
        "attributes": head.attributes,
        "seconds": head.seconds,
    }


def unresolved_flags(dataset: Dataset) -> QuerySet[Flag]:
    """Return what waits for a manager of `dataset`, with the people who raised it."""
    return Flag.objects.filter(dataset=dataset, resolved_at=None).select_related("user")
