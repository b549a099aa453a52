"""Events become deliveries: each webhook is owed every event that it asked for, once."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta

import structlog
from django.db.models import Q
from django.db.models.functions import Now

from apps.exchange.models import Delivery, Webhook
from apps.exchange.webhooks.payloads import SOURCES, body_of, told_of
from apps.exchange.webhooks.sending import ring
from apps.tasks.models import Task
from concord.events.following import follow
from concord.events.models import Event
from concord.ids import uuid7

READER = "webhooks"
KEPT = timedelta(days=30)

log = structlog.get_logger(__name__)


def owe_deliveries() -> None:
    """Write a delivery for each event that a webhook is to hear of, and ring for those that are
    due; safe to run twice, and two at once."""
    follow(reader=READER, kinds=list(SOURCES), deal=_deal)
    due = Q(deliveries__state=Delivery.State.WAITING, deliveries__due_at__lte=Now())
    for webhook in Webhook.objects.sendable().free().filter(due).distinct():
        ring(webhook.pk)


def forget_deliveries() -> int:
    """Drop the log of long ago; returns how many entries."""
    old = Delivery.objects.filter(created_at__lt=Now() - KEPT)
    return old.exclude(state=Delivery.State.WAITING).delete()[0]


def _deal(events: Sequence[Event]) -> None:
    by_dataset: dict[uuid.UUID | None, list[Webhook]] = defaultdict(list)
    datasets = {event.dataset_id for event in events}
    for webhook in (
        Webhook.objects.sendable().filter(dataset__in=datasets).select_related("dataset")
    ):
        by_dataset[webhook.dataset_id].append(webhook)
    heard = [event for event in events if event.dataset_id in by_dataset]
    if not heard:
        return
    known = set(
        Delivery.objects.filter(event_id__in=[event.id for event in heard]).values_list(
            "webhook", "event_id"
        )
    )
    hidden = _probes(heard)
    owed = [
        delivery
        for event in heard
        if event.object_id not in hidden
        for webhook in by_dataset[event.dataset_id]
        if (webhook.pk, event.id) not in known
        for delivery in _deliveries(event, webhook)
    ]
    Delivery.objects.bulk_create(owed, ignore_conflicts=True)


def _deliveries(event: Event, webhook: Webhook) -> Iterator[Delivery]:
    """An event that nobody can make sense of must not keep others from their webhooks."""
    if event.at < webhook.since:
        return
    try:
        told = list(told_of(event))
    except Exception:
        log.exception("webhooks.not_told", about=event.id, kind=event.kind)
        return
    for kind, data in told:
        if kind in webhook.events:
            yield make_delivery(
                webhook, kind=kind, at=event.at.isoformat(), data=data, event_id=event.id
            )


def make_delivery(
    webhook: Webhook, *, kind: str, at: str, data: dict[str, object], event_id: int | None
) -> Delivery:
    """Return a message to a webhook, not written yet."""
    pk = uuid7()
    body = body_of(delivery=pk, kind=kind, at=at, dataset=webhook.dataset, data=data)
    return Delivery(pk=pk, webhook=webhook, event_id=event_id, kind=kind, body=body)


def _probes(events: Sequence[Event]) -> set[str]:
    """Tasks in which people are compared with what is known: nobody outside is to know of them."""
    tasks = {event.object_id for event in events if event.object_type == "task"}
    rows = Task._base_manager.filter(pk__in=tasks, probe_of__isnull=False)
    return {str(pk) for pk in rows.values_list("pk", flat=True)}
