import socket
import threading
import time

import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings

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


def test_two_servers_that_take_connections_and_never_answer_are_named_together(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = str(silent.getsockname()[1])
        parameters = {**connection.get_connection_params(), "host": "127.0.0.1", "port": port}
        monkeypatch.setattr(connection, "get_connection_params", lambda: dict(parameters))
        settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{port}/0"
        began = time.monotonic()
        answer = Client().get("/readyz")
        assert time.monotonic() - began < 5
    assert answer.json() == {"database": "unreachable", "broker": "unreachable"}


def test_questions_to_a_server_that_is_stuck_do_not_pile_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As when it stops after it has taken the connection: nothing ever ends the question."""
    asked, over = [], threading.Event()

    def stuck(_url: str) -> bool:
        asked.append(_url)
        return over.wait(30)

    monkeypatch.setattr("concord.http.health._broker_answers", stuck)
    monkeypatch.setattr("concord.http.health.LONGEST", 0.05)
    try:
        bodies = [Client().get("/readyz").json() for _ in range(3)]
    finally:
        over.set()
    assert [body["broker"] for body in bodies] == ["unreachable"] * 3
    assert len(asked) == 1
