"""Sending what webhooks are owed.

One worker at a time sends to a webhook, under a lease that it renews with every message. A worker
that dies leaves its message waiting: the next one sends it once more, under the same id.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import structlog
from django.db import transaction
from django.db.models.functions import Coalesce, Now

from apps.exchange.domain.signing import signature
from apps.exchange.models import Delivery, Webhook
from apps.exchange.webhooks.secrets import secret_of
from concord.celery import app
from concord.events.actions import record
from concord.storage.egress import Message, egress
from concord.storage.failures import FetchError
from concord.storage.urls import SafeUrl

TASK = "exchange.send_deliveries"
PIECE_SECONDS = 20
DEADLINE = 10.0
LEASE = timedelta(seconds=60)
MINUTE = 60
PAUSES = (30, MINUTE, 5 * MINUTE, 30 * MINUTE, 120 * MINUTE, 360 * MINUTE, 900 * MINUTE)
"""Seconds between one attempt and the next: all of them together are a day."""
NONE, AFTER_FAILURE = timedelta(0), timedelta(seconds=20)
PATIENCE = timedelta(days=3)
"""So long a webhook may fail without getting anything before it is switched off."""
EXCERPT = 200

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one attempt: the status, if there was one, else the `code` of why not."""

    status: int | None
    code: str
    excerpt: str
    milliseconds: int

    @property
    def arrived(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


def ring(webhook_id: uuid.UUID) -> None:
    """Have a worker send what this webhook is owed. Never raises: it is rung for again."""
    try:
        app.send_task(TASK, args=[str(webhook_id)], retry=False)
    except Exception as error:
        log.warning("webhooks.bell_unheard", webhook=str(webhook_id), error=repr(error))


def send_due(webhook_id: uuid.UUID) -> bool:
    """Send for a while what a webhook is owed; True if more is due. Nothing if another worker is
    at it, or if it is switched off. One that fails is then left alone for a moment, so that those
    who do not answer keep no worker from the others."""
    rows = Webhook.objects.sendable().filter(pk=webhook_id)
    if not rows.free().update(sending_until=Now() + LEASE):
        return False
    end, pause = time.monotonic() + PIECE_SECONDS, NONE
    try:
        while pause == NONE and time.monotonic() < end:
            webhook = rows.first()
            due = _next_due(webhook_id)
            if webhook is None or due is None:
                return False
            outcome = _attempt(due, webhook)
            _note(due, webhook, outcome)
            pause = NONE if outcome.arrived else AFTER_FAILURE
        return pause == NONE
    finally:
        Webhook.objects.filter(pk=webhook_id).update(sending_until=Now() + pause)


def _next_due(webhook_id: uuid.UUID) -> Delivery | None:
    waiting = Delivery.objects.filter(webhook=webhook_id, state=Delivery.State.WAITING)
    return waiting.filter(due_at__lte=Now()).order_by("due_at", "id").first()


def _attempt(delivery: Delivery, webhook: Webhook) -> Outcome:
    body, began = delivery.body.encode(), time.monotonic()
    message = Message(body=body, more=_headers(delivery, webhook, body))
    try:
        reply = egress().tell(webhook.url, message, deadline=DEADLINE)
        status, code, excerpt = reply.status, "", _readable(reply.excerpt)
    except FetchError as error:
        status, code, excerpt = None, error.code, error.reason[:EXCERPT]
    return Outcome(status, code, excerpt, round((time.monotonic() - began) * 1000))


def _headers(delivery: Delivery, webhook: Webhook, body: bytes) -> Mapping[str, str]:
    return {
        "Concord-Signature": signature(secret_of(webhook.pk), body, at=int(time.time())),
        "Concord-Delivery": str(delivery.pk),
        "Concord-Event": delivery.kind,
    }


def _readable(excerpt: bytes) -> str:
    """The start of what a server said, as text on one line."""
    text = excerpt.decode("utf-8", "replace")
    shown = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(shown.split())[:EXCERPT]


@transaction.atomic
def _note(delivery: Delivery, webhook: Webhook, outcome: Outcome) -> None:
    """Write down an attempt, and what it means for the webhook."""
    attempts = delivery.attempts + 1
    Delivery.objects.filter(pk=delivery.pk).update(
        attempts=attempts,
        sent_at=Now(),
        status=outcome.status,
        code=outcome.code,
        excerpt=outcome.excerpt,
        milliseconds=outcome.milliseconds,
        **_afterwards(attempts, outcome),
    )
    rows = Webhook.objects.filter(pk=webhook.pk)
    if outcome.arrived:
        rows.update(failing_since=None, sending_until=Now() + LEASE)
        return
    rows.update(failing_since=Coalesce("failing_since", Now()), sending_until=Now() + LEASE)
    hopeless = rows.filter(active=True, failing_since__lt=Now() - PATIENCE)
    if hopeless.update(active=False, stopped_at=Now()):
        host = SafeUrl.parse(webhook.url).host
        record(
            kind="webhook.stopped",
            actor=None,
            dataset_id=webhook.dataset_id,
            subject=webhook,
            data={"host": host},
        )


def _afterwards(attempts: int, outcome: Outcome) -> dict[str, object]:
    if outcome.arrived:
        return {"state": Delivery.State.DONE}
    if attempts > len(PAUSES):
        return {"state": Delivery.State.FAILED}
    return {"due_at": Now() + timedelta(seconds=PAUSES[attempts - 1])}
