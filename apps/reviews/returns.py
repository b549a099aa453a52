"""What became of answers that a reviewer sent back."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Now

from apps.annotators.models import User
from apps.datasets.models import Membership, Role
from apps.datasets.policy import Capability, allows
from apps.datasets.queries import merged_labels
from apps.reviews.handed_on import HANDED_ON
from apps.reviews.models import Decision
from apps.reviews.stored import with_label_keys
from apps.tasks.domain.changes import Change, changes_between
from apps.tasks.models import Answer, Return, Revision, Task
from apps.tasks.origins import without_origin

KEPT = timedelta(hours=24)
"""So long the new answers wait for whoever asked for them; then any reviewer gets them."""

REVIEWERS = [role for role in Role if allows(role, Capability.REVIEW)]


@dataclass(frozen=True, slots=True)
class Reworked:
    """The remarks on one person's answer, and what that person changed in it since."""

    user_id: uuid.UUID
    remarks: list[Return]
    answered: bool
    changes: list[Change]


def reworked_in(task: Task) -> list[Reworked]:
    """Return what was sent back last to each author of `task`, in the order of the remarks."""
    rows = Return.objects.filter(task=task).select_related("revision").order_by("created_at", "id")
    newest: dict[uuid.UUID, list[Return]] = {}
    for row in rows:
        known = newest.setdefault(row.user_id, [])
        if known and known[-1].revision_id != row.revision_id:
            known.clear()
        known.append(row)
    if not newest:
        return []
    heads = {
        row.user_id: row.head
        for row in Answer.objects.filter(task=task, user__in=newest).select_related("head")
    }
    merged = merged_labels(task.dataset_id)
    return [_reworked(remarks, heads[user], merged) for user, remarks in newest.items()]


def _reworked(
    remarks: Sequence[Return], head: Revision | None, merged: Mapping[str, str]
) -> Reworked:
    before = remarks[-1].revision
    answered = head is not None and head.pk != before.pk
    bodies = [_body(row, merged) for row in (before, head) if row is not None]
    changes = changes_between(*bodies) if answered else []
    return Reworked(remarks[-1].user_id, list(remarks), answered, changes)


def changes_after(
    remarks: Sequence[Return], merged: Mapping[str, str]
) -> list[tuple[Return, list[Change] | None]]:
    """Return with each remark what its author changed in the next revision, None while there is
    none. The remarks are of one task; `merged` are its dataset's labels that count as others."""
    if not remarks:
        return []
    rows = Revision.objects.using(remarks[0]._state.db).filter(task=remarks[0].task_id, late=False)
    next_of = {(row.user_id, row.seq): row for row in rows}
    found: list[tuple[Return, list[Change] | None]] = []
    for remark in remarks:
        before = remark.revision
        after = next_of.get((remark.user_id, before.seq + 1))
        changes = None
        if after is not None:
            changes = changes_between(_body(before, merged), _body(after, merged))
        found.append((remark, changes))
    return found


def _body(revision: Revision, merged: Mapping[str, str]) -> dict[str, Any]:
    return {
        "answer": revision.answer,
        "spans": with_label_keys([without_origin(span) for span in revision.spans], merged),
        "accept": revision.accept,
        "attributes": revision.attributes,
    }


def kept_for_others(user: User, datasets: Collection[uuid.UUID]) -> QuerySet[Task]:
    """Return the tasks whose new answers wait for the reviewer who asked for them, not for `user`.

    They wait no longer once that person may not review any more, left it to others or is gone for
    `KEPT`.
    """
    rows = _newest(datasets).exclude(reviewer=user)
    waiting = rows.filter(task__updated_at__gt=Now() - KEPT, reviewer__is_active=True)
    role = Membership.objects.filter(
        user=OuterRef("reviewer"), dataset=OuterRef("dataset"), role__in=REVIEWERS
    )
    left = Decision.objects.filter(
        task=OuterRef("task"), user=OuterRef("reviewer"), action__in=HANDED_ON
    )
    held = waiting.filter(Q(Exists(role)) | Q(reviewer__is_admin=True)).exclude(Exists(left))
    return Task.objects.filter(pk__in=held.values("task"))


def asked_for_by(user: User, datasets: Collection[uuid.UUID]) -> QuerySet[Task]:
    """Return the tasks that `user` sent back last: what is new in them is for `user` to see."""
    return Task.objects.filter(pk__in=_newest(datasets).filter(reviewer=user).values("task"))


def _newest(datasets: Collection[uuid.UUID]) -> QuerySet[Return]:
    of_task = Return.objects.filter(task=OuterRef("task")).order_by("-created_at", "-id")
    rows = Return.objects.filter(dataset__in=datasets, task__locked_at=None)
    return rows.filter(pk=Subquery(of_task.values("pk")[:1]))
