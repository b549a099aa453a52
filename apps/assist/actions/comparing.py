"""Holding what models said to final answers, task by task, and adding up how each version does."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import reduce
from operator import add
from typing import Any, cast

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from apps.assist.actions.turns import wait_for_others
from apps.assist.domain.comparing import Judged, Kept, Word, judge, keeping
from apps.assist.models import Comparison, ModelFigures
from apps.datasets.domain.matching import Labelled
from apps.datasets.domain.parsing import parse_shape
from apps.datasets.models import Dataset
from apps.datasets.queries import merged_labels
from apps.reviews.domain.answers import Interface as Asked
from apps.reviews.models import Final, Merge
from apps.tasks.models import Revision, Suggestion, Task
from apps.tasks.origins import ORIGIN
from concord.jobs.actions import enqueue
from concord.jobs.queries import is_busy
from concord.rows import all_rows

KIND = "assist.compare"
CHUNK = 500
# What was changed earlier may commit after what was changed later, and was read.
LATE = timedelta(seconds=30)
PIECE_SECONDS = 20
EVER = datetime.min.replace(tzinfo=UTC)
FIRST = uuid.UUID(int=0)

# Where models said something, and since then something was said or a task moved.
BEHIND = """
SELECT d.id
  FROM datasets_dataset d LEFT JOIN assist_modelfigures f ON f.dataset_id = d.id
 WHERE d.deleted_at IS NULL
   AND EXISTS (SELECT FROM tasks_suggestion s WHERE s.dataset_id = d.id)
   AND (f.measured_at IS NULL OR f.stale
        OR EXISTS (SELECT FROM tasks_task t
                    WHERE t.dataset_id = d.id AND (f.through IS NULL OR t.updated_at > f.through)))
"""

SUMS = """
SELECT model, version, count(*), sum(said), sum(hits), sum(wanted), sum(unchanged), sum(changed)
  FROM assist_comparison WHERE dataset_id = %s GROUP BY 1, 2
"""
PREDICTED = """
SELECT model, model_version, count(DISTINCT task_id), min(created_at)
  FROM tasks_suggestion WHERE dataset_id = %s GROUP BY 1, 2 ORDER BY 4, 1, 2
"""
SUMMED = ("compared", "said", "hits", "wanted", "unchanged", "changed")

Beat = Callable[..., None]
Place = tuple[datetime, uuid.UUID]
"""When a task changed, and its id."""


def order_comparing() -> int:
    """Queue the comparing of every dataset that has news; returns how many."""
    due = [pk for (pk,) in all_rows(BEHIND, []) if not is_busy(dataset_id=pk, prefix=KIND)]
    for pk in due:
        enqueue(kind=KIND, args={"dataset": str(pk)}, dataset_id=pk)
    return len(due)


def compare_for_a_while(*, dataset: Dataset, progress: Mapping[str, Any], beat: Beat) -> bool:
    """Compare tasks of `dataset` that changed since the last time, from where `progress` stands,
    and in the end add everything up; True if some may be left when the time is up.

    `beat(done=, total=, place=)` keeps the place after each chunk, and may raise to end it.
    """
    end, done = time.monotonic() + PIECE_SECONDS, progress["done"]
    figures, _ = ModelFigures.objects.get_or_create(dataset=dataset)
    place = _read_place(progress.get("place")) or _beginning(figures)
    while chunk := _changed(dataset, place):
        place = chunk[-1]
        with transaction.atomic():
            compare_tasks(dataset=dataset, tasks=[task for _, task in chunk])
            ModelFigures.objects.filter(pk=figures.pk).update(through=place[0])
        done += len(chunk)
        beat(done=done, total=None, place=[place[0].isoformat(), str(place[1])])
        if time.monotonic() >= end:
            return True
    _add_up(figures)
    return False


def _beginning(figures: ModelFigures) -> Place:
    through = figures.through
    return (EVER if through is None else through - LATE), FIRST


def _read_place(given: Any) -> Place | None:
    return None if given is None else (datetime.fromisoformat(given[0]), uuid.UUID(given[1]))


def _changed(dataset: Dataset, place: Place) -> list[Place]:
    """The next tasks that changed after `place`, in that order."""
    changed, task = place
    later = Q(updated_at__gt=changed) | Q(updated_at=changed, id__gt=task)
    rows = Task.objects.of(dataset).filter(later, updated_at__gte=changed)
    return list(rows.order_by("updated_at", "id").values_list("updated_at", "id")[:CHUNK])


def _add_up(figures: ModelFigures) -> None:
    # First, so that what is said meanwhile makes it stale again.
    ModelFigures.objects.filter(pk=figures.pk).update(stale=False)
    sums = {(model, version): row for model, version, *row in all_rows(SUMS, [figures.pk])}
    figures.rows = [
        {
            "model": model,
            "version": version,
            "predicted": predicted,
            "first_at": first.isoformat(),
            **dict(zip(SUMMED, sums.get((model, version), [0] * len(SUMMED)), strict=True)),
        }
        for model, version, predicted, first in all_rows(PREDICTED, [figures.pk])
    ]
    figures.measured_at = timezone.now()
    figures.save(update_fields=["rows", "measured_at"])


@transaction.atomic
def compare_tasks(*, dataset: Dataset, tasks: Collection[uuid.UUID]) -> None:
    """Compare what models said of these tasks with their finals, as both are now."""
    wait_for_others(dataset)
    finals = Final.objects.filter(task__in=Task.objects.filter(pk__in=tasks)).select_related("task")
    suggestions: dict[uuid.UUID, list[Suggestion]] = {}
    for row in Suggestion.objects.filter(task__in=finals.values("task")).order_by(
        "created_at", "id"
    ):
        suggestions.setdefault(row.task_id, []).append(row)
    reader = _Reader(dataset, suggestions)
    made = [
        row for final in finals if final.task_id in suggestions for row in reader.compared(final)
    ]
    Comparison.objects.filter(task__in=tasks).delete()
    Comparison.objects.bulk_create(made)


class _Reader:
    """Reads what was offered (`suggestions`, oldest first), answered and agreed."""

    def __init__(
        self, dataset: Dataset, suggestions: Mapping[uuid.UUID, Sequence[Suggestion]]
    ) -> None:
        self._interface = cast(Asked, dataset.interface)
        self._suggestions = suggestions
        self._merged = merged_labels(dataset.pk)
        counted = dict(Merge.objects.filter(task__in=suggestions).values_list("task", "revisions"))
        rows = Revision.objects.in_bulk([pk for those in counted.values() for pk in those])
        self._answers = {
            task: [rows[pk] for pk in those if pk in rows] for task, those in counted.items()
        }

    def compared(self, final: Final) -> Iterator[Comparison]:
        """Compare the last word of each version with the final answer."""
        last = {(row.model, row.model_version): row for row in self._suggestions[final.task_id]}
        truth = self._word(final.spans, final.accept)
        for (model, version), row in last.items():
            judged = judge(
                self._interface,
                asked=final.task.label,
                word=self._word(row.spans, row.accept, row.label),
                verdict=cast(Any, final.answer),
                truth=truth,
            )
            if judged is not None:
                kept = self._kept(final.task_id, (model, version))
                yield _row(final, row, judged, kept)

    def _word(
        self, spans: Sequence[Mapping[str, Any]], accept: Sequence[int | str], label: str = ""
    ) -> Word:
        drawn = self._interface == "image_manual"
        return Word(
            shapes=[self._shape(span) for span in spans] if drawn else [],
            accept=accept,
            label=label,
        )

    def _shape(self, span: Mapping[str, Any]) -> Labelled:
        label = span.get("label_id") or ""
        return self._merged.get(label, label), parse_shape(span, index=0)

    def _kept(self, task: uuid.UUID, source: tuple[str, str]) -> Kept:
        """What the answers to a task took over from a version of a model."""
        answers = self._answers.get(task, [])
        if self._interface == "image_manual":
            origins = [span[ORIGIN] for row in answers for span in row.spans if ORIGIN in span]
            own = [each for each in origins if (each["model"], each["version"]) == source]
            changed = sum(bool(each["changed"]) for each in own)
            return Kept(unchanged=len(own) - changed, changed=changed)
        return reduce(add, (self._kept_by(row, task, source) for row in answers), Kept())

    def _kept_by(self, answer: Revision, task: uuid.UUID, source: tuple[str, str]) -> Kept:
        """Whether an answer is what this version offered, if that was what its author saw."""
        before = [row for row in self._suggestions[task] if row.created_at <= answer.created_at]
        if not before or (before[-1].model, before[-1].model_version) != source:
            return Kept()
        return keeping(
            self._interface,
            offered=self._word((), before[-1].accept, before[-1].label),
            verdict=cast(Any, answer.answer),
            accept=answer.accept,
        )


def _row(final: Final, suggestion: Suggestion, judged: Judged, kept: Kept) -> Comparison:
    return Comparison(
        task_id=final.task_id,
        dataset_id=final.dataset_id,
        suggestion=suggestion,
        model=suggestion.model,
        version=suggestion.model_version,
        said=judged.said,
        hits=judged.hits,
        wanted=judged.wanted,
        unchanged=kept.unchanged,
        changed=kept.changed,
    )
