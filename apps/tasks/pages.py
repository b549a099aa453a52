"""What the labelling page shows of the tasks that a person holds."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from apps.annotators.models import User
from apps.datasets.config import DatasetConfig
from apps.datasets.domain.orders import BY_SCORE, Order
from apps.datasets.models import Blob, Dataset, Image
from apps.tasks.domain.turns import comes_at_random
from apps.tasks.models import Draft, Return, Suggestion, Task, TaskImage
from apps.tasks.options import options_of
from apps.tasks.queries import returns_to
from apps.tasks.spans import label_names, show_spans
from concord.rows import Columns, all_rows, select

WHY: dict[Order, str] = {
    "as_imported": "The next in the order of import.",
    "random": "Drawn at random.",
    "priority": "The next by priority.",
    "score": "The next by score: a model gave it a high one.",
    "uncertain": "A model is not sure of this one.",
}
DRAWN = {"code": "drawn", "text": "Drawn at random, so that not only a model decides what you see."}
UNSCORED = {"code": "unscored", "text": "No model has given this one a score yet."}

TASK = Columns(Task, "t")
DRAFT = Columns(Draft, "d")
# Not the parameter itself: knowing how many there are, the planner would plan anew each time.
THESE = "ANY((SELECT %(tasks)s::uuid[])::uuid[])"
REVISION = """(SELECT max(r.seq) FROM tasks_revision r
         WHERE r.task_id = t.id AND r.user_id = %(user)s)"""
TASKS = f"""
{select(TASK, REVISION, DRAFT)}
  FROM tasks_task t LEFT JOIN tasks_draft d ON d.task_id = t.id AND d.user_id = %(user)s
 WHERE t.id = {THESE}
"""

PLACED = Columns(TaskImage, "ti")
IMAGE = Columns(Image, "i")
BLOB = Columns(Blob, "b")
IMAGES = f"""
{select(PLACED, IMAGE, BLOB)}
  FROM tasks_taskimage ti JOIN datasets_image i ON i.id = ti.image_id
       JOIN datasets_blob b ON b.id = i.blob_id
 WHERE ti.task_id = {THESE} ORDER BY ti.task_id, ti.n
"""

SUGGESTION = Columns(Suggestion, "s")
SUGGESTIONS = f"""
{select(SUGGESTION)} FROM tasks_suggestion s
 WHERE s.task_id = {THESE} ORDER BY s.created_at, s.id
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
    returns: list[Return]  # what a reviewer said of this person's answer


@dataclass(frozen=True, slots=True)
class _Held:
    """A task, and what one person did with it so far."""

    task: Task
    revision: int
    draft: Draft | None


def task_pages(*, user: User, dataset: Dataset, task_ids: Sequence[uuid.UUID]) -> list[TaskPage]:
    """Return the pages of tasks in the order of `task_ids`, in a fixed number of statements."""
    if not task_ids:
        return []
    values = {"user": user.id, "tasks": list(task_ids)}
    config = DatasetConfig.of(dataset)
    held = {each.task.pk: each for each in _held(dataset, values)}
    images = _by_task(_images(values))
    suggestions = _by_task(SUGGESTION.read(row) for row in all_rows(SUGGESTIONS, values))
    sent_back = [each.task.pk for each in held.values() if each.task.sent_back]
    returns = _by_task(returns_to(user=user, tasks=sent_back) if sent_back else [])
    asked = any(each.task.spans for each in held.values())
    names = label_names(dataset) if suggestions or asked else {}
    return [
        _page(
            held[identifier],
            images=images.get(identifier, []),
            suggestions=suggestions.get(identifier, []),
            returns=returns.get(identifier, []),
            names=names,
            config=config,
        )
        for identifier in task_ids
    ]


def _held(dataset: Dataset, values: dict[str, Any]) -> Iterator[_Held]:
    for row in all_rows(TASKS, values):
        task = TASK.read(row)
        task.dataset = dataset
        begun = row[-1] is not None
        draft = DRAFT.read(row, start=len(TASK) + 1) if begun else None
        yield _Held(task, revision=row[len(TASK)] or 0, draft=draft)


def _images(values: dict[str, Any]) -> Iterator[TaskImage]:
    for row in all_rows(IMAGES, values):
        placed = PLACED.read(row)
        placed.image = IMAGE.read(row, start=len(PLACED))
        placed.image.blob = BLOB.read(row, start=len(PLACED) + len(IMAGE))
        yield placed


def _by_task(rows: Iterable[Any]) -> dict[uuid.UUID, list[Any]]:
    grouped: dict[uuid.UUID, list[Any]] = {}
    for row in rows:
        grouped.setdefault(row.task_id, []).append(row)
    return grouped


def _page(
    held: _Held,
    *,
    images: list[TaskImage],
    suggestions: list[Suggestion],
    returns: list[Return],
    names: dict[str, str],
    config: DatasetConfig,
) -> TaskPage:
    task = held.task
    return TaskPage(
        task=task,
        images=images,
        question=task.label or config.question,
        options=options_of(task, images=images),
        spans=show_spans(_spans(task, suggestions), names=names),
        suggestions=[_suggestion(row, names) for row in suggestions],
        draft=held.draft,
        revision=held.revision,
        why=why_now(task, config),
        returns=returns,
    )


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


def why_now(task: Task, config: DatasetConfig) -> dict[str, str]:
    """Why a task comes when it does, as a code and a sentence."""
    if task.sent_back:
        return {"code": "sent_back", "text": "A reviewer sent this back to you."}
    if config.order in BY_SCORE:
        if comes_at_random(task.id, config.random_share):
            return DRAWN
        if task.score is None:
            return UNSCORED
    return {"code": config.order, "text": WHY[config.order]}
