"""What came back to somebody, and what a review changed in their answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from django.db.models import OuterRef, Q, Subquery
from django.db.models.fields.json import KeyTextTransform

from apps.annotators.models import User
from apps.datasets.domain.iou import shape_iou
from apps.datasets.domain.parsing import parse_shape
from apps.datasets.models import Dataset
from apps.datasets.queries import merged_labels
from apps.reviews.citing import Citations, Cited
from apps.reviews.models import Decision, Final
from apps.reviews.stored import with_label_keys
from apps.tasks.domain.changes import Change, changes_between
from apps.tasks.models import Answer, Return, Revision, Task
from apps.tasks.origins import without_origin

MOST_LOOKED_AT = 200
MOST_SHOWN = 50
Merged = Mapping[str, str]
AS_DRAWN = 0.8
"""A shape that still overlaps the person's own by so much was left as they drew it."""


@dataclass(frozen=True, slots=True)
class OwnItem:
    """One of somebody's answers that was `returned` to them or `changed` by a review.

    `before` and `after` are bodies as changes compare them; of a returned one `after` is the answer
    that they gave since, None while they gave none.
    """

    kind: Literal["returned", "changed"]
    task: Task
    at: datetime
    before: dict[str, Any]
    after: dict[str, Any] | None
    changes: list[Change]
    remarks: list[Return] = field(default_factory=list)
    cited: list[Cited] = field(default_factory=list)


def own_items(*, user: User, dataset: Dataset) -> list[OwnItem]:
    """Return what a reviewer returned to `user` or changed in their answers, newest first; of many
    decided answers the newest are looked at."""
    citations = Citations(dataset)
    labels = merged_labels(dataset.pk)
    items = [
        *_returned(user, dataset, citations, labels),
        *_changed(user, dataset, citations, labels),
    ]
    return sorted(items, key=lambda item: item.at, reverse=True)[:MOST_SHOWN]


def _returned(user: User, dataset: Dataset, citations: Citations, labels: Merged) -> list[OwnItem]:
    word = Q(action=Decision.Action.SEND_BACK, user=OuterRef("reviewer"))
    fault = KeyTextTransform("fault", "detail")
    said = Decision.objects.annotate(fault=fault).filter(word, task=OuterRef("task"))
    said = said.filter(fault=OuterRef("fault"))
    rows = (
        Return.objects.filter(user=user, dataset=dataset, task__withdrawn_at=None)
        .select_related("task__dataset", "revision")
        .annotate(decided=Subquery(said.order_by("-id").values("detail")[:1]))
        .order_by("-id")[:MOST_LOOKED_AT]
    )
    by_revision: dict[Any, list[Any]] = {}
    for row in rows:
        by_revision.setdefault(row.revision_id, []).append(row)
    tasks = [remarks[0].task_id for remarks in by_revision.values()]
    heads = _heads(user, tasks)
    return [_return(remarks[::-1], heads, citations, labels) for remarks in by_revision.values()]


def _return(
    remarks: Sequence[Any], heads: Mapping[Any, Revision], citations: Citations, labels: Merged
) -> OwnItem:
    last = remarks[-1]
    head = heads.get(last.task_id)
    before = _body(last.revision, labels)
    after = _body(head, labels) if head is not None and head.pk != last.revision_id else None
    cited = [citations.find((row.decided or {}).get("guideline")) for row in remarks]
    return OwnItem(
        kind="returned",
        task=last.task,
        at=last.created_at,
        before=before,
        after=after,
        changes=changes_between(before, after) if after else [],
        remarks=list(remarks),
        cited=list(dict.fromkeys(each for each in cited if each)),
    )


def _changed(user: User, dataset: Dataset, citations: Citations, labels: Merged) -> list[OwnItem]:
    answered = Answer.objects.filter(user=user, dataset=dataset, head__isnull=False)
    finals = (
        Final.objects.filter(origin=Final.Origin.DECIDED, task__in=answered.values("task"))
        .filter(task__locked_at__isnull=False, task__withdrawn_at=None)
        .select_related("task__dataset")
        .order_by("-created_at")[:MOST_LOOKED_AT]
    )
    heads = _heads(user, [final.task_id for final in finals])
    items = (_change(final, heads[final.task_id], citations, labels) for final in finals)
    return [item for item in items if item is not None]


def _change(final: Final, head: Revision, citations: Citations, labels: Merged) -> OwnItem | None:
    before, after = _body(head, labels), _body(final, labels)
    changes = [each for each in changes_between(before, after) if not _is_left(each)]
    if not changes:
        return None
    cited = [citations.find(each) for each in final.provenance.get("guideline", [])]
    return OwnItem(
        kind="changed",
        task=final.task,
        at=final.created_at,
        before=before,
        after=after,
        changes=changes,
        cited=[each for each in cited if each],
    )


def _is_left(change: Change) -> bool:
    """Whether a shape lies where its author drew it, as far as merging leaves any there."""
    if change.kind != "moved":
        return False
    shapes = (parse_shape(span, index=0) for span in (change.before, change.after))
    return shape_iou(*shapes) >= AS_DRAWN


def _heads(user: User, tasks: Sequence[Any]) -> dict[Any, Revision]:
    rows = Answer.objects.filter(user=user, task__in=tasks).select_related("head")
    return {row.task_id: row.head for row in rows if row.head is not None}


def _body(row: Revision | Final, labels: Merged) -> dict[str, Any]:
    return {
        "answer": row.answer,
        "spans": with_label_keys([without_origin(span) for span in row.spans], labels),
        "accept": row.accept,
        "attributes": row.attributes,
    }
