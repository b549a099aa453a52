"""What merging anew, or by another policy, would change; nothing is written."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from apps.datasets.domain.parsing import parse_shape
from apps.datasets.models import Dataset
from apps.datasets.queries import merged_labels
from apps.datasets.review_rules import Policy
from apps.reviews.domain.consolidation import consolidate
from apps.reviews.domain.known import Known
from apps.reviews.learnt import known_of
from apps.reviews.models import Merge
from apps.reviews.policy import confidence_in, propose, state_of
from apps.reviews.stored import answers_of, question_of
from apps.tasks.models import Revision, Task, TaskState
from concord.rows import all_rows

MOST_TASKS = 500
MOST_EXAMPLES = 12
STILL = 1.0
"""Pixels by which an edge may move and still be where it was."""

# By a hash, so that one forecast after another looks at the same tasks.
SAMPLE = """
SELECT task_id, count(*) OVER () FROM reviews_merge m JOIN tasks_task t ON t.id = m.task_id
 WHERE m.dataset_id = %s AND t.state <> 'open' AND t.locked_at IS NULL AND t.withdrawn_at IS NULL
 ORDER BY md5(m.task_id::text) LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Change:
    """A task that would go elsewhere, or whose proposal would be another."""

    task: uuid.UUID
    before: str
    after: str
    labels: int
    moved_px: tuple[float, ...]
    """By how much the edge that moves most would move, of each object that does."""

    @property
    def is_one(self) -> bool:
        """Whether anything would change."""
        return self.before != self.after or self.labels > 0 or bool(self.moved_px)


@dataclass(frozen=True, slots=True)
class Forecast:
    """What would change among `looked_at` of the `finished` tasks that no reviewer has decided."""

    finished: int
    looked_at: int
    before: Mapping[str, int]
    after: Mapping[str, int]
    labels: int
    moved: int
    moved_px: float | None
    """The median of what would move."""
    examples: Sequence[Change]


def forecast(*, dataset: Dataset, policy: Policy) -> Forecast:
    """Merge a fixed random part of what is finished, as if it came in now under `policy`."""
    rows = all_rows(SAMPLE, [dataset.pk, MOST_TASKS])
    _, known = known_of(dataset.id)
    merged = merged_labels(dataset.id)
    seen = list(_changes([row[0] for row in rows], policy, known, merged))
    moved = [px for change in seen for px in change.moved_px]
    return Forecast(
        finished=rows[0][1] if rows else 0,
        looked_at=len(seen),
        before=_counted(change.before for change in seen),
        after=_counted(change.after for change in seen),
        labels=sum(change.labels for change in seen),
        moved=len(moved),
        moved_px=median(moved) if moved else None,
        examples=[change for change in seen if change.is_one][:MOST_EXAMPLES],
    )


def _counted(states: Iterable[str]) -> dict[str, int]:
    found = Counter(states)
    return {state: found[state] for state in TaskState if state != TaskState.OPEN}


def _changes(
    ids: Sequence[uuid.UUID], policy: Policy, known: Known, labels_merged: Mapping[str, str]
) -> Iterator[Change]:
    tasks = Task.objects.select_related("dataset").in_bulk(ids)
    merges = Merge.objects.filter(task__in=tasks)
    rows = Revision.objects.in_bulk([row for merge in merges for row in merge.revisions])
    for merge in merges:
        task, revisions = tasks[merge.task_id], [rows[row] for row in merge.revisions]
        question = question_of(task)
        anew = consolidate(question, answers_of(revisions, labels_merged), known)
        result = anew.as_dict()
        proposal = propose(question, result, revisions)
        confidence = confidence_in(question, anew, known, policy)
        state = state_of(task, policy, anew, proposal, confidence)
        labels, moved = _compare(merge.result["objects"], result["objects"])
        yield Change(task.id, task.state, state, labels, moved)


def _compare(
    before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]
) -> tuple[int, tuple[float, ...]]:
    """How many of the same objects are called otherwise, and by how much those move that do."""
    was = {_members(entry): entry for entry in before}
    same = [(was[key], entry) for entry in after if (key := _members(entry)) in was]
    labels = sum(old["label"] != new["label"] for old, new in same)
    moved = (_moved(old["span"], new["span"]) for old, new in same)
    return labels, tuple(round(px, 1) for px in moved if px > STILL)


def _members(entry: Mapping[str, Any]) -> frozenset[tuple[str, str]]:
    return frozenset((member["annotator"], member["span"]) for member in entry["members"])


def _moved(old: Mapping[str, Any], new: Mapping[str, Any]) -> float:
    was, now = parse_shape(old, index=0).edges, parse_shape(new, index=0).edges
    return max(abs(one - other) for one, other in zip(was, now, strict=True))
