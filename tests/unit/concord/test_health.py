import time

import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings

from concord.jobs.models import Job

pytestmark = pytest.mark.django_db


def test_a_process_that_answers_is_alive() -> None:
    assert Client().get("/healthz").status_code == 200


def test_it_is_ready_when_database_and_broker_answer() -> None:
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()) == (
        200,
        {"database": "reachable", "broker": "reachable"},
    )


def test_a_broker_that_is_away_is_named_within_seconds(settings: Settings) -> None:
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    began = time.monotonic()
    answer = Client().get("/readyz")
    assert time.monotonic() - began < 5
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert answer.json() == {"database": "reachable", "broker": "unreachable"}


def test_a_database_that_is_away_is_named_within_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    parameters = {**connection.get_connection_params(), "host": "127.0.0.1", "port": "1"}
    monkeypatch.setattr(connection, "get_connection_params", lambda: dict(parameters))
    answer = Client().get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"database": "unreachable", "broker": "reachable"}


def test_metrics_count_jobs_and_name_nobody() -> None:
    Job.objects.create(kind="import.fetch", args={"secret": "s3cr3t"})
    text = Client().get("/metrics").content.decode()
    assert 'concord_jobs{kind="import.fetch",state="queued"} 1.0' in text
    assert "concord_jobs_oldest_due_seconds" in text
    assert "s3cr3t" not in text
