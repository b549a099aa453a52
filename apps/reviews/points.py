"""Conflicts of many tasks at a time, each with what it takes to judge it beside others."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Count, Exists, OuterRef, QuerySet
from django.db.models.expressions import RawSQL

from apps.annotators.models import User
from apps.datasets.models import Dataset
from apps.reviews.domain.sentences import Names
from apps.reviews.models import Conflict, Merge
from apps.reviews.queries import waiting_for
from apps.reviews.words import names_for
from apps.tasks.letters import letters_in
from apps.tasks.models import Revision, Task, TaskImage, TaskState
from apps.tasks.spans import label_names, labels_in_use

# A label stands on an object if the merge proposes it or anybody gave it.
HAS_LABEL = """
(SELECT (m.result->'objects'->reviews_conflict.object_index->>'label') = ANY(%s)
        OR EXISTS (SELECT FROM jsonb_array_elements(
                     m.result->'objects'->reviews_conflict.object_index->'label_votes') AS v
                    WHERE v->>0 = ANY(%s))
   FROM reviews_merge m WHERE m.task_id = reviews_conflict.task_id)
"""


@dataclass(frozen=True, slots=True)
class Point:
    """A conflict, and the answers and the merge that it is about."""

    conflict: Conflict
    task: Task
    images: Sequence[TaskImage]
    merge: Merge
    revisions: Sequence[Revision]
    """What was merged, in the order of the letters."""
    names: Names
    offered: Mapping[str, str]
    """The labels that a new shape may have: names by ids, in their order."""

    @property
    def object(self) -> Mapping[str, Any] | None:
        """The merged object that it is about, as `MergedObject.as_dict()` has it."""
        place = self.conflict.object_index
        return None if place is None else self.merge.result["objects"][place]


def open_conflicts(
    *, user: User, dataset: Dataset, kind: str | None = None, label: str | None = None
) -> QuerySet[Conflict]:
    """Return what is open in `dataset` and `user` may decide, the oldest first.

    `label` is a name: of what is proposed for an object, or what anybody called it. Nothing in an
    archived dataset.
    """
    rows = Conflict.objects.filter(dataset=dataset, state=Conflict.State.OPEN)
    if dataset.archived_at is not None:
        return rows.none()
    rows = rows.filter(task__in=waiting_for(user, [dataset.pk]))
    if kind is not None:
        rows = rows.filter(kind=kind)
    if label is not None:
        ids = [key for key, name in label_names(dataset).items() if name == label]
        has_label = RawSQL(HAS_LABEL, [ids, ids], BooleanField())  # noqa: S611 (constant)
        rows = rows.exclude(object_index=None).filter(has_label)
    return rows.order_by("id")


def count_kinds(*, user: User, dataset: Dataset) -> dict[str, int]:
    """Return how many conflicts of each kind `user` could decide in `dataset`."""
    rows = open_conflicts(user=user, dataset=dataset).order_by()
    return dict(rows.values_list("kind").annotate(n=Count("id")).order_by("-n", "kind"))


def waiting_for_a_look(*, user: User, dataset: Dataset) -> int:
    """Return on how many images all is decided but whether anything was missed."""
    left = Conflict.objects.filter(task=OuterRef("pk"), state=Conflict.State.OPEN)
    decided = Conflict.objects.filter(task=OuterRef("pk"), state=Conflict.State.DECIDED)
    waiting = waiting_for(user, [dataset.pk]).filter(state=TaskState.CONFLICTED)
    return waiting.filter(Exists(decided), ~Exists(left)).count()


def points_of(conflicts: Iterable[Conflict], *, dataset: Dataset) -> list[Point]:
    """Return conflicts of `dataset` with what they are about; the queries do not grow with them."""
    listed = list(conflicts)
    ids = {conflict.task_id for conflict in listed}
    tasks = Task.objects.in_bulk(ids)
    for task in tasks.values():
        task.dataset = dataset
    merges = Merge.objects.in_bulk(ids)
    revisions = Revision.objects.in_bulk(
        {each for row in merges.values() for each in row.revisions}
    )
    letters, images = letters_in(ids), _images(ids)
    labels = label_names(dataset)
    offered = {label.id: label.name for label in labels_in_use(dataset)}
    return [
        Point(
            conflict=conflict,
            task=tasks[conflict.task_id],
            images=images[conflict.task_id],
            merge=merges[conflict.task_id],
            revisions=_in_order(
                [revisions[each] for each in merges[conflict.task_id].revisions],
                letters[conflict.task_id],
            ),
            names=names_for(
                tasks[conflict.task_id],
                letters[conflict.task_id],
                labels=labels,
                images=images[conflict.task_id],
            ),
            offered=offered,
        )
        for conflict in listed
        if conflict.task_id in tasks  # its image may have been taken down just now
    ]


def _images(tasks: Collection[uuid.UUID]) -> dict[uuid.UUID, list[TaskImage]]:
    found: dict[uuid.UUID, list[TaskImage]] = {task: [] for task in tasks}
    for row in TaskImage.objects.filter(task__in=tasks).select_related("image__blob").order_by("n"):
        found[row.task_id].append(row)
    return found


def _in_order(revisions: Sequence[Revision], letters: Mapping[str, str]) -> list[Revision]:
    return sorted(revisions, key=lambda row: [*letters].index(str(row.user_id)))
