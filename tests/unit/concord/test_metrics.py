"""What Prometheus reads, and who may read it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models.functions import Now
from django.test import Client
from pytest_django import Settings

from apps.annotators.models import User
from apps.datasets.models import Dataset
from apps.exchange.models import Delivery, Webhook
from apps.imports.models import Import, ImportRow
from apps.tasks.models import Slot
from concord.events.models import Event, EventReader
from concord.ids import uuid7
from concord.jobs.models import Job
from tests.factories import make_task

pytestmark = pytest.mark.django_db


def figures(**extra: Any) -> dict[str, float]:
    """Each line of the answer, its labels as they are written."""
    answer = Client().get("/metrics", **extra)
    assert answer.status_code == 200
    lines = [line for line in answer.content.decode().splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


def test_jobs_are_counted_and_timed_and_nobody_is_named() -> None:
    Job.objects.create(kind="import.fetch", args={"secret": "s3cr3t"})
    for seconds in (1, 2, 9):
        Job.objects.create(
            kind="export.write",
            state=Job.State.DONE,
            started_at=Now() - timedelta(seconds=seconds),
            finished_at=Now(),
        )
    found = figures()
    assert found['concord_jobs{kind="import.fetch",state="queued"}'] == 1
    assert found["concord_jobs_oldest_due_seconds"] >= 0
    assert round(found['concord_job_seconds{kind="export.write",quantile="0.5"}']) == 2
    assert b"s3cr3t" not in Client().get("/metrics").content


def test_a_lease_is_timed_until_it_is_over(signs: Dataset, annotator: User) -> None:
    task = make_task(signs)
    Slot.objects.filter(task=task, n=1).update(
        state="leased", user=annotator, lease_token=uuid7(),
        leased_at=Now() - timedelta(seconds=700), lease_expires_at=Now() + timedelta(seconds=60),
    )  # fmt: skip
    found = figures()
    assert found['concord_leases{over="false"}'] == 1
    assert 700 <= found["concord_leases_oldest_seconds"] < 800
    Slot.objects.filter(task=task, n=1).update(lease_expires_at=Now())
    found = figures()
    assert (found['concord_leases{over="true"}'], found["concord_leases_oldest_seconds"]) == (1, 0)


def test_a_row_whose_worker_died_is_stuck(signs: Dataset, owner: User) -> None:
    found = Import.objects.create(dataset=signs, created_by=owner)
    for line, over in ((1, 90), (2, -90)):
        ImportRow.objects.create(
            of_import=found, dataset=signs, line=line, state="fetching", claimed_by=uuid7(),
            claimed_until=Now() - timedelta(seconds=over),
        )  # fmt: skip
    seen = figures()
    assert seen['concord_import_rows_under_way{over="true"}'] == 1
    assert seen['concord_import_rows_under_way{over="false"}'] == 1
    assert 90 <= seen["concord_import_rows_stuck_seconds"] < 190


def test_what_readers_and_webhooks_are_owed_is_seen(signs: Dataset, owner: User) -> None:
    webhook = Webhook.objects.create(
        dataset=signs, url="https://example.org/", events=[], created_by=owner
    )
    Delivery.objects.create(
        webhook=webhook, kind="ping", body="{}", due_at=Now() - timedelta(seconds=50)
    )
    newest = Event.objects.order_by("id").last()
    EventReader.objects.create(name="behind", sure=newest.id if newest else 0)
    assert figures()['concord_events_oldest_unread_seconds{reader="behind"}'] == 0
    Event.objects.create(kind="dataset.made", at=Now() - timedelta(seconds=400))
    seen = figures()
    assert 400 <= seen['concord_events_oldest_unread_seconds{reader="behind"}'] < 500
    assert seen["concord_deliveries_waiting"] == 1
    assert 50 <= seen["concord_deliveries_oldest_due_seconds"] < 150


def test_requests_are_timed_by_route_and_never_by_address(signs: Dataset) -> None:
    name = (
        'concord_request_seconds_count{method="GET",route="api/datasets/<str:dataset>/",'
        'status="4xx"}'
    )
    before = figures().get(name, 0)
    Client().get(f"/api/datasets/{signs.slug}/?secret=1")
    assert figures()[name] == before + 1
    assert signs.slug not in str(figures().keys())


def test_a_database_that_is_away_is_a_figure_too(monkeypatch: pytest.MonkeyPatch) -> None:
    parameters = {**connection.get_connection_params(), "host": "127.0.0.1", "port": "1"}
    monkeypatch.setattr(connection, "get_connection_params", lambda: dict(parameters))
    found = figures()
    assert (found["concord_database_up"], found["concord_broker_up"]) == (0, 1)
    assert not [name for name in found if name.startswith("concord_jobs")]


class TestWhoMayRead:
    def test_this_machine_may_of_an_instance_that_is_for_it_alone(self) -> None:
        assert Client().get("/metrics").status_code == 200

    @pytest.mark.parametrize(
        ("public", "proxies", "more"),
        [
            ("http://127.0.0.1:8000", 0, {"REMOTE_ADDR": "192.0.2.7"}),
            ("http://127.0.0.1:8000", 0, {"headers": {"X-Forwarded-For": "192.0.2.7"}}),
            ("http://127.0.0.1:8000", 0, {"headers": {"Forwarded": "for=192.0.2.7"}}),
            ("http://127.0.0.1:8000", 1, {}),
            ("https://concord.example.org", 0, {}),
        ],
        ids=["from elsewhere", "proxied", "proxied in the new way", "by a known proxy", "public"],
    )
    def test_nobody_else_may(
        self, settings: Settings, public: str, proxies: int, more: dict[str, Any]
    ) -> None:
        settings.PUBLIC_URL, settings.ALLAUTH_TRUSTED_PROXY_COUNT = public, proxies
        answer = Client().get("/metrics", **more)
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")

    def test_with_a_token_whoever_bears_it_may_and_nobody_else(self, settings: Settings) -> None:
        settings.METRICS_TOKEN, settings.PUBLIC_URL = "s3cr3t", "https://concord.example.org"
        assert figures(headers={"Authorization": "Bearer s3cr3t"}, REMOTE_ADDR="192.0.2.7")
        for header in ("Bearer s3cr3", "bearer s3cr3t", "Basic s3cr3t", "Bearer \u00e9"):
            answer = Client().get("/metrics", headers={"Authorization": header})
            assert answer.status_code == 404
        assert Client().get("/metrics").status_code == 404
