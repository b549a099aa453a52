"""What a person is told, as far as they may still know of it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from apps.annotators.models import Notification, NotificationSettings, User
from apps.datasets.models import Dataset
from apps.datasets.policy import Capability, allows
from apps.datasets.queries import roles_of
from apps.tasks.models import Mention, Return
from apps.tasks.talk import threads_of

Kind = Notification.Kind

NEEDS = {
    Kind.INVITED: Capability.SEE_DATASET,
    Kind.SENT_BACK: Capability.LABEL,
    Kind.MENTIONED: Capability.LABEL,
    Kind.RESOLVED: Capability.LABEL,
    Kind.IMPORT_DONE: Capability.IMPORT,
    Kind.IMPORT_STOPPED: Capability.IMPORT,
    Kind.EXPORT_DONE: Capability.EXPORT,
    Kind.WEBHOOK_STOPPED: Capability.MANAGE,
}
"""Whoever lost what a kind needs is told nothing of it any more."""

MOST_UNSEEN = 100
"""Beyond, it is many."""


@dataclass(frozen=True, slots=True)
class Told:
    """A notification with what it is about; `link` is the page to go to."""

    id: uuid.UUID
    kind: Notification.Kind
    at: Any
    seen_at: Any
    dataset: Dataset | None
    person: User | None
    data: dict[str, Any]
    link: str


def notices_of(user: User) -> QuerySet[Notification]:
    """Return what `user` may know of all that they were told, on the page or by mail.

    Their role is looked up anew, and so is whether they were really sent an answer back, or called
    by a comment: both can be taken back.
    """
    roles = roles_of(user)
    may = Q(dataset_id=None)
    for capability in dict.fromkeys(NEEDS.values()):
        kinds = [kind for kind, needed in NEEDS.items() if needed == capability]
        datasets = [dataset for dataset, role in roles.items() if allows(role, capability)]
        may |= Q(kind__in=kinds, dataset_id__in=datasets)
    sent = Return.objects.filter(task=OuterRef("object_id"), user=user, task__withdrawn_at=None)
    called = Mention.objects.filter(
        comment=OuterRef("object_id"),
        user=user,
        comment__deleted_at=None,
        thread__in=threads_of(user),
    )
    stands = (Q(kind=Kind.SENT_BACK) & Exists(sent)) | (Q(kind=Kind.MENTIONED) & Exists(called))
    others = ~Q(kind__in=[Kind.SENT_BACK, Kind.MENTIONED])
    return Notification.objects.filter(may, others | stands, user=user)


def count_unseen(notices: QuerySet[Notification]) -> int:
    """Count those that nobody has seen, up to MOST_UNSEEN."""
    return notices.filter(on_page=True, seen_at=None).order_by()[:MOST_UNSEEN].count()


def tell(notices: Iterable[Notification]) -> list[Told]:
    """Look up what the notices are about, in two queries."""
    notices = list(notices)
    datasets = Dataset.objects.in_bulk({row.dataset_id for row in notices if row.dataset_id})
    about = {row.object_id for row in notices if row.kind == Kind.MAIL_FAILED}
    people = User.objects.in_bulk(about)
    return [
        Told(
            id=row.id,
            kind=Kind(row.kind),
            at=row.created_at,
            seen_at=row.seen_at,
            dataset=(dataset := datasets.get(row.dataset_id) if row.dataset_id else None),
            person=people.get(row.object_id) if row.object_id else None,
            data=row.data,
            link=_link(row, dataset),
        )
        for row in notices
    ]


def _link(row: Notification, dataset: Dataset | None) -> str:
    """Where it is dealt with. Never a task's own address: an annotator may know it by another."""
    if "thread" in row.data:
        return f"/threads/{row.data['thread']}"
    if dataset is None:
        return "/people"
    page = {
        Kind.SENT_BACK: f"/label/{dataset.slug}",
        Kind.IMPORT_DONE: f"/datasets/{dataset.slug}/import?run={row.object_id}",
        Kind.IMPORT_STOPPED: f"/datasets/{dataset.slug}/import?run={row.object_id}",
        Kind.EXPORT_DONE: f"/datasets/{dataset.slug}/export",
        Kind.WEBHOOK_STOPPED: f"/datasets/{dataset.slug}/webhooks",
    }
    return page.get(Kind(row.kind), f"/datasets/{dataset.slug}")


def settings_of(user: User) -> NotificationSettings:
    """Return what `user` wants to be told; everything, where they said nothing."""
    return NotificationSettings.objects.filter(user=user).first() or NotificationSettings(user=user)
