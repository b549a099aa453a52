"""Webhooks: made, changed, tried and removed by those who lead a dataset."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from apps.annotators.models import User
from apps.datasets.models import Dataset
from apps.exchange.models import Delivery, Webhook
from apps.exchange.webhooks.following import make_delivery
from apps.exchange.webhooks.payloads import TEST
from apps.exchange.webhooks.sending import ring
from concord.errors import Conflict, Invalid
from concord.events.actions import record
from concord.storage.egress import egress
from concord.storage.failures import FetchError
from concord.storage.urls import SafeUrl

MOST = 20
"""So many webhooks may a dataset have."""


@transaction.atomic
def create_webhook(*, user: User, dataset: Dataset, url: str, events: Sequence[str]) -> Webhook:
    """Have `url` told of `events` from now on. Raises Invalid for an address that no request goes
    to, Conflict `too_many_webhooks`."""
    _check(url)
    Dataset.objects.select_for_update(no_key=True).get(pk=dataset.pk)
    if Webhook.objects.filter(dataset=dataset).count() >= MOST:
        raise Conflict("too_many_webhooks", f"A dataset has at most {MOST} webhooks. Delete one.")
    made = Webhook.objects.create(
        dataset=dataset, created_by=user, url=url, events=sorted(set(events))
    )
    _record("webhook.created", user, made, {"events": made.events})
    return made


@transaction.atomic
def change_webhook(*, user: User, webhook: Webhook, **changes: Any) -> Webhook:
    """Change `url`, `events` or `active`. One that is switched on again hears of what happens from
    then on, and gets what waited for it."""
    if "url" in changes:
        _check(changes["url"])
    if "events" in changes:
        changes["events"] = sorted(set(changes["events"]))
    held = Webhook.objects.select_for_update().get(pk=webhook.pk)
    changes = {name: value for name, value in changes.items() if getattr(held, name) != value}
    if not changes:
        return webhook
    told = {
        name: {"was": _shown(name, getattr(held, name)), "is": _shown(name, value)}
        for name, value in changes.items()
    }
    if changes.get("active"):
        changes |= {"since": Now(), "failing_since": None, "stopped_at": None}
    Webhook.objects.filter(pk=held.pk).update(**changes)
    webhook.refresh_from_db()
    _record("webhook.changed", user, webhook, {"changes": told})
    return webhook


@transaction.atomic
def delete_webhook(*, user: User, webhook: Webhook) -> None:
    """Remove a webhook and its log; what waited is not sent."""
    _record("webhook.deleted", user, webhook, {})
    webhook.delete()


@transaction.atomic
def send_test(*, webhook: Webhook) -> Delivery:
    """Send a message that tells of nothing. Raises Conflict `switched_off`."""
    now = timezone.now().isoformat()
    made = make_delivery(webhook, kind=TEST, at=now, data={}, event_id=None)
    made.save(force_insert=True)
    return _send_soon(made, webhook)


@transaction.atomic
def redeliver(*, delivery: Delivery) -> Delivery:
    """Send a message once more, as it was, with all its attempts. Raises Conflict
    `switched_off`."""
    waiting = Delivery.State.WAITING
    Delivery.objects.filter(pk=delivery.pk).update(state=waiting, attempts=0, due_at=Now())
    return _send_soon(delivery, delivery.webhook)


def _send_soon(delivery: Delivery, webhook: Webhook) -> Delivery:
    if not webhook.active:
        raise Conflict("switched_off", "This webhook is switched off. Switch it on first.")
    Webhook.objects.filter(pk=webhook.pk, failing_since__isnull=False).update(sending_until=None)
    transaction.on_commit(partial(ring, webhook.pk), robust=True)
    delivery.refresh_from_db()
    return delivery


def _check(url: str) -> None:
    try:
        egress().checked(url)
    except FetchError as error:
        raise Invalid(error.code, error.reason, errors={"url": [error.reason]}) from error


def _shown(name: str, value: Any) -> Any:
    """As the audit log has it: what follows the host of an address often is a key to it."""
    return SafeUrl.parse(value).host if name == "url" else value


def _record(kind: str, user: User, webhook: Webhook, data: dict[str, Any]) -> None:
    record(
        kind=kind,
        actor=user,
        dataset_id=webhook.dataset_id,
        subject=webhook,
        data={"host": _shown("url", webhook.url), **data},
    )
