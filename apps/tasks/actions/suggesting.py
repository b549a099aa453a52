"""What models and lists say of tasks, kept apart from what people answer."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from apps.tasks.models import Suggestion, Task


@dataclass(frozen=True, slots=True)
class Said:
    """What a model would answer: spans as stored (labels by id), options as offered."""

    spans: list[dict[str, Any]] = field(default_factory=list)
    accept: list[int | str] = field(default_factory=list)
    label: str = ""
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Suggested:
    """A suggestion, and whether it is new: a model that repeats itself adds nothing."""

    suggestion: Suggestion
    created: bool


@transaction.atomic
def suggest(*, said: Sequence[tuple[Task, Said]], model: str, version: str = "") -> list[Suggested]:
    """Keep what one version of a model says of tasks; returns what became of each, in order.

    Nothing that was said before is changed: another word on the same task is a new row, and the
    newest one is what people are shown. The same word again is the row that there is.
    """
    last = _last_words({task.id for task, _ in said}, model=model, version=version)
    kept: list[Suggested] = []
    for task, word in said:
        earlier = last.get(task.id)
        if earlier is not None and _same(earlier, word):
            kept.append(Suggested(earlier, created=False))
            continue
        new = Suggestion(
            task=task,
            dataset_id=task.dataset_id,
            model=model,
            model_version=version,
            spans=word.spans,
            accept=word.accept,
            label=word.label,
            score=word.score,
        )
        last[task.id] = new
        kept.append(Suggested(new, created=True))
    Suggestion.objects.bulk_create(each.suggestion for each in kept if each.created)
    return kept


def _last_words(
    tasks: Iterable[uuid.UUID], *, model: str, version: str
) -> dict[uuid.UUID, Suggestion]:
    rows = Suggestion.objects.filter(task__in=tasks, model=model, model_version=version)
    newest = rows.order_by("task", "-created_at", "-id").distinct("task")
    return {row.task_id: row for row in newest}


def _same(row: Suggestion, word: Said) -> bool:
    """Whether a row says this already. Ids of spans say nothing: ours are made up on arrival."""
    return (_without_ids(row.spans), row.accept, row.label, row.score) == (
        _without_ids(word.spans),
        word.accept,
        word.label,
        word.score,
    )


def _without_ids(spans: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{key: value for key, value in span.items() if key != "id"} for span in spans]
