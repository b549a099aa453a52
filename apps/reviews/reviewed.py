"""What reviewers decided, beside what would be proposed with what is known now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from apps.datasets.domain.matching import same_objects
from apps.datasets.domain.parsing import parse_shape
from apps.datasets.domain.shapes import Shape
from apps.datasets.models import Dataset
from apps.datasets.queries import merged_labels
from apps.reviews.domain.answers import Question
from apps.reviews.domain.audit import Truth, judged
from apps.reviews.domain.calibration import Reviewed
from apps.reviews.domain.consolidation import consolidate
from apps.reviews.domain.known import Known
from apps.reviews.domain.results import Consolidation
from apps.reviews.models import Final, Merge
from apps.reviews.stored import answers_of, question_of, with_label_keys
from apps.tasks.models import Revision

MOST_TASKS = 1_000
"""The newest are looked at: people and guidelines change."""


@dataclass(frozen=True, slots=True)
class Decided:
    """One reviewed task: its parts, and its boxes as merged and as the reviewer left them."""

    parts: list[Reviewed]
    boxes: list[tuple[Shape, Shape]]


def decided_in(dataset: Dataset, known: Known) -> Iterator[Decided]:
    """The tasks that reviewers decided last, merged anew with `known`, without its shift."""
    finals = Final.objects.filter(dataset=dataset, origin=Final.Origin.DECIDED)
    newest = finals.filter(task__withdrawn_at=None).select_related("task__dataset")
    chosen = list(newest.order_by("-created_at")[:MOST_TASKS])
    read = dict(
        Merge.objects.filter(task__in=[final.task_id for final in chosen]).values_list(
            "task", "revisions"
        )
    )
    rows = Revision.objects.in_bulk([row for rows in read.values() for row in rows])
    merged = merged_labels(dataset.pk)
    for final in chosen:
        answers = answers_of((rows[row] for row in read[final.task_id]), merged)
        if answers:
            question = question_of(final.task)
            spans = with_label_keys(final.spans, merged)
            yield _compare(final, spans, question, consolidate(question, answers, known))


def _compare(
    final: Final, spans: list[dict[str, Any]], question: Question, merged: Consolidation
) -> Decided:
    truth = Truth(final.answer, spans, final.accept)
    parts = judged(question, merged, truth, task=str(final.task_id))
    if not question.draws:
        return Decided(parts, [])
    before = [each.shape for each in merged.objects]
    after = [parse_shape(span, index=0) for span in spans]
    # Whatever they are called: a label says nothing of an edge.
    same = same_objects([("", shape) for shape in before], [("", shape) for shape in after])
    pairs = ((before[one], after[other]) for one, other in same)
    return Decided(parts, [pair for pair in pairs if {each.type for each in pair} == {"rect"}])
