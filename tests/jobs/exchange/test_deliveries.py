"""Deliveries while transactions commit in any order, receivers dawdle and workers die."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.db.models.functions import Now
from pytest_django.fixtures import Settings

from apps.datasets.models import Dataset
from apps.exchange.models import Delivery, Webhook
from apps.exchange.webhooks import sending
from apps.exchange.webhooks.following import owe_deliveries
from concord.events.actions import record
from concord.storage.egress import egress
from tests.factories import make_dataset, make_user
from tests.jobs.desk.test_telling import database_url
from tests.jobs.tasks.test_nothing_left import in_thread, unfinished
from tests.servers.receiving import Receiver, receiver

pytestmark = pytest.mark.django_db(transaction=True)

ROOT = Path(__file__).parents[3]


@pytest.fixture
def server(settings: Settings) -> Iterator[Receiver]:
    with receiver() as one:
        settings.FETCH_ALLOW = [one.allowance]
        egress.cache_clear()
        yield one
    egress.cache_clear()


@pytest.fixture
def webhook(server: Receiver) -> Webhook:
    owner = make_user("Olga")
    return Webhook.objects.create(
        dataset=make_dataset(owner=owner),
        created_by=owner,
        url=server.url,
        events=["answer.created"],
    )


def happen(dataset: Dataset, verdict: str = "accept") -> None:
    """As if somebody had answered: the event alone."""
    data = {"revision": str(uuid4()), "answer": verdict, "late": False}
    record(kind="answer.created", actor=None, dataset_id=dataset.pk, data=data)


def heard(server: Receiver) -> list[str]:
    return [message.headers["Concord-Delivery"] for message in server.messages]


def test_an_event_that_commits_after_a_newer_one_is_delivered(
    webhook: Webhook, server: Receiver
) -> None:
    with ThreadPoolExecutor(1) as threads:
        with unfinished(threads, lambda: happen(webhook.dataset, "reject")):
            happen(webhook.dataset, "ignore")
            owe_deliveries()
            sending.send_due(webhook.pk)
            assert len(server.messages) == 1
            assert b'"answer":"ignore"' in server.messages[0].body
        owe_deliveries()
        sending.send_due(webhook.pk)
    assert len(server.messages) == 2
    assert b'"answer":"reject"' in server.messages[1].body


def test_two_lookouts_and_two_workers_at_once_send_everything_once(
    webhook: Webhook, server: Receiver
) -> None:
    for _ in range(40):
        happen(webhook.dataset)
    start = threading.Barrier(4)

    def run() -> None:
        start.wait(30)
        owe_deliveries()
        sending.send_due(webhook.pk)

    with ThreadPoolExecutor(4) as threads:
        for running in [in_thread(threads, run) for _ in range(4)]:
            running.result(120)
    sending.send_due(webhook.pk)
    assert len(heard(server)) == len(set(heard(server))) == 40


def test_a_worker_that_is_killed_in_the_middle_leaves_it_to_the_next_under_the_same_id(
    webhook: Webhook, server: Receiver
) -> None:
    happen(webhook.dataset)
    owe_deliveries()
    server.holding.set()
    code = f"""
import uuid, django
django.setup()
from apps.exchange.webhooks.sending import send_due
send_due(uuid.UUID("{webhook.pk}"))
"""
    environment = os.environ | {
        "DATABASE_URL": database_url(),
        "CONCORD_DATA_DIR": str(settings.DATA_DIR),
        "CONCORD_FETCH_ALLOW": server.allowance,
        "DJANGO_SETTINGS_MODULE": "concord.settings",
        "PYTHONPATH": f"{ROOT / 'platform'}{os.pathsep}{ROOT}",
    }
    with subprocess.Popen([sys.executable, "-c", code], env=environment) as worker:
        try:
            assert server.taken.wait(120)
        finally:
            worker.kill()
    server.holding.clear()
    assert Delivery.objects.get().state == "waiting"
    assert sending.send_due(webhook.pk) is False, "the dead one's lease still holds"
    assert len(server.messages) == 1
    Webhook.objects.update(sending_until=Now() - timedelta(seconds=1))
    sending.send_due(webhook.pk)
    assert Delivery.objects.get().state == "done"
    assert len(heard(server)) == 2
    assert len(set(heard(server))) == 1


def test_a_receiver_that_says_nothing_is_not_waited_for(
    webhook: Webhook, server: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "DEADLINE", 0.2)
    server.holding.set()
    for _ in range(2):
        happen(webhook.dataset)
    owe_deliveries()
    sending.send_due(webhook.pk)
    first, second = Delivery.objects.order_by("id")
    assert (first.state, first.status, first.code) == ("waiting", None, "timed_out")
    assert second.attempts == 0, "one that fails is left alone for a moment"
    server.holding.clear()
    Webhook.objects.update(sending_until=None)
    Delivery.objects.update(due_at=Now())
    sending.send_due(webhook.pk)
    assert set(Delivery.objects.values_list("state", flat=True)) == {"done"}


def test_a_receiver_that_is_not_there_is_told_as_that(webhook: Webhook, settings: Settings) -> None:
    with receiver() as gone:
        Webhook.objects.update(url=gone.url)
        settings.FETCH_ALLOW = [gone.allowance]
    egress.cache_clear()
    happen(webhook.dataset)
    owe_deliveries()
    sending.send_due(webhook.pk)
    assert Delivery.objects.get().code == "connection_refused"


def test_what_nobody_can_make_sense_of_keeps_nobody_from_the_rest(
    webhook: Webhook, server: Receiver
) -> None:
    record(kind="answer.created", actor=None, dataset_id=webhook.dataset_id, data={})
    happen(webhook.dataset)
    owe_deliveries()
    sending.send_due(webhook.pk)
    assert len(server.messages) == 1


def test_a_deleted_dataset_tells_nothing_more(webhook: Webhook, server: Receiver) -> None:
    happen(webhook.dataset)
    owe_deliveries()
    Dataset.objects.update(deleted_at=Now())
    happen(webhook.dataset)
    owe_deliveries()
    sending.send_due(webhook.pk)
    assert server.messages == []
    assert Delivery.objects.count() == 1
