"""Notifications: written once for each event, marked as seen, and wanted or not."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now

from apps.annotators.models import Notification, NotificationSettings, User

NEVER_BY_MAIL = frozenset({Notification.Kind.MAIL_FAILED})
"""That mail does not work is not told by mail."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What one person is to be told of one event; see `Notification`."""

    user_id: uuid.UUID
    kind: Notification.Kind
    event_id: int
    dataset_id: uuid.UUID | None = None
    object_id: uuid.UUID | None = None
    data: Mapping[str, Any] = field(default_factory=dict)


def notify(notices: Iterable[Notice]) -> None:
    """Write the notices of active people, as they want them; safe to repeat.

    Who wants a kind neither on the page nor by mail gets none.
    """
    notices = list(notices)
    people = {notice.user_id for notice in notices}
    active = set(User.objects.filter(pk__in=people, is_active=True).values_list("pk", flat=True))
    wishes = NotificationSettings.objects.in_bulk(active)
    rows = [
        _row(notice, wishes.get(notice.user_id) or NotificationSettings())
        for notice in notices
        if notice.user_id in active
    ]
    Notification.objects.bulk_create(
        (row for row in rows if row.on_page or row.by_mail), ignore_conflicts=True
    )


def _row(notice: Notice, wishes: NotificationSettings) -> Notification:
    return Notification(
        user_id=notice.user_id,
        kind=notice.kind,
        dataset_id=notice.dataset_id,
        object_id=notice.object_id,
        event_id=notice.event_id,
        data=dict(notice.data),
        on_page=notice.kind not in wishes.page_off,
        by_mail=notice.kind not in NEVER_BY_MAIL and notice.kind not in wishes.mail_off,
    )


def mark_seen(notifications: QuerySet[Notification]) -> None:
    """Note that their person has seen these: nobody is mailed what they know. Safe to repeat."""
    unseen = notifications.filter(seen_at=None)
    unseen.filter(mail=None).update(by_mail=False)
    unseen.update(seen_at=Now())


def change_settings(*, user: User, changes: Mapping[str, Any]) -> NotificationSettings:
    """Change what `user` wants to be told, and how often."""
    settings, _ = NotificationSettings.objects.update_or_create(user=user, defaults=dict(changes))
    return settings


@transaction.atomic
def stop_mails(*, user: User, kinds: Collection[str]) -> None:
    """Send `user` no more mails of these kinds, those that wait to go out included.

    Safe to repeat.
    """
    NotificationSettings.objects.get_or_create(user=user)
    held = NotificationSettings.objects.select_for_update().get(user=user)
    held.mail_off = sorted({*held.mail_off, *kinds})
    held.save(update_fields=["mail_off"])
    Notification.objects.filter(user=user, kind__in=list(kinds), mail=None).update(by_mail=False)
