"""How often labels were given, and what merging one into another would touch."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from apps.datasets.config import DatasetConfig
from apps.datasets.models import Dataset, Label
from apps.datasets.queries import merged_labels
from concord.rows import all_rows, first_row

# The answers that count, one row for each of their shapes.
GIVEN = """
  FROM tasks_answer a
  JOIN tasks_task t ON t.id = a.task_id AND t.withdrawn_at IS NULL
  JOIN tasks_revision r ON r.id = a.head_id
  CROSS JOIN LATERAL jsonb_array_elements(r.spans) span
 WHERE a.dataset_id = %(dataset)s AND NOT a.probe
"""
FINAL = """
  FROM reviews_final f
  JOIN tasks_task t ON t.id = f.task_id AND t.withdrawn_at IS NULL AND t.state = 'final'
  CROSS JOIN LATERAL jsonb_array_elements(f.spans) span
 WHERE f.dataset_id = %(dataset)s
"""
SHAPES = f"""
SELECT span->>'label_id', count(*), count(DISTINCT a.id) {GIVEN} GROUP BY 1
"""
FINALS = f"""
SELECT span->>'label_id', count(DISTINCT f.task_id) {FINAL} GROUP BY 1
"""
THESE = " AND span->>'label_id' = ANY(%(labels)s)"
TOUCHED = f"""
SELECT (SELECT count(*) {GIVEN} {THESE}),
       (SELECT count(DISTINCT a.id) {GIVEN} {THESE}),
       (SELECT count(DISTINCT f.task_id) {FINAL} {THESE}),
       (SELECT count(DISTINCT f.task_id) {FINAL} {THESE} AND f.origin = 'decided')
"""

# Of each open conflict about an object somebody called so: whether it is only about these names,
# and whether a reviewer has decided something of its task already.
DISPUTED = """
SELECT c.kind = 'label' AND NOT EXISTS (
           SELECT FROM jsonb_array_elements(o.object->'label_votes') v
            WHERE v->>0 <> ALL(%(both)s)) AS ends,
       EXISTS (SELECT FROM reviews_conflict d
                WHERE d.task_id = c.task_id AND d.state = 'decided') AS begun
  FROM reviews_conflict c
  JOIN reviews_merge m ON m.task_id = c.task_id
  JOIN tasks_task t ON t.id = c.task_id AND t.withdrawn_at IS NULL
  CROSS JOIN LATERAL (SELECT m.result->'objects'->c.object_index AS object) o
 WHERE c.dataset_id = %(dataset)s AND c.state = 'open' AND c.object_index IS NOT NULL
   AND EXISTS (SELECT FROM jsonb_array_elements(o.object->'label_votes') v
                WHERE v->>0 = ANY(%(labels)s))
"""


@dataclass(frozen=True, slots=True)
class Usage:
    """How many shapes have a label, in how many answers that count, and in how many finals."""

    id: str
    shapes: int
    answers: int
    finals: int


@dataclass(frozen=True, slots=True)
class Touched:
    """What a merge of labels reaches.

    `decided` of the `finals` are a reviewer's, and keep their decision under the new name. Of the
    open `conflicts` about the label some end with the merge; those `begun` stay, for a reviewer has
    decided something of their image. `is_required` if the rules for answers ask for the label.
    """

    shapes: int
    answers: int
    finals: int
    decided: int
    conflicts: int
    ends: int
    begun: int
    is_required: bool


def usage_of(dataset: Dataset) -> list[Usage]:
    """Return how often each label was given, those that never were left out.

    A merged label has what is still kept under it.
    """
    values = {"dataset": dataset.pk}
    finals = dict(all_rows(FINALS, values))
    given = {label: (shapes, answers) for label, shapes, answers in all_rows(SHAPES, values)}
    used = sorted(label for label in given.keys() | finals.keys() if label)
    return [Usage(label, *given.get(label, (0, 0)), finals.get(label, 0)) for label in used]


def touched_by_merging(*, label: Label, into: Label, dataset: Dataset) -> Touched:
    """Return what merging `label` into `into` reaches; nothing is written."""
    ends = merged_labels(dataset.pk)
    labels, others = _counting_as(label, ends), _counting_as(into, ends)
    values = {"dataset": dataset.pk, "labels": labels, "both": [*labels, *others]}
    row = first_row(TOUCHED, values)
    assert row is not None
    disputed = all_rows(DISPUTED, values)
    shapes, answers, finals, decided = row
    return Touched(
        shapes=shapes,
        answers=answers,
        finals=finals,
        decided=decided,
        conflicts=len(disputed),
        ends=sum(end and not begun for end, begun in disputed),
        begun=sum(end and begun for end, begun in disputed),
        is_required=label.name in DatasetConfig.of(dataset).rules.required_labels,
    )


def _counting_as(label: Label, ends: Mapping[str, str]) -> Collection[str]:
    return [str(label.pk), *(each for each, end in ends.items() if end == str(label.pk))]
