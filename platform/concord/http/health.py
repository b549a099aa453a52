"""Whether this process lives, and whether it can work."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import partial
from typing import Any

import psycopg
import redis
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu import Connection
from kombu.exceptions import KombuError

PATIENCE = 2
LONGEST = 4.0
"""Seconds until an answer, whatever the servers do: one that is stopped takes connections still."""

BROKER_OPTIONS = {"socket_connect_timeout": PATIENCE, "socket_timeout": PATIENCE, "max_retries": 0}


@require_safe
@never_cache
def alive(_request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers at all: restarting it helps nobody otherwise."""
    return HttpResponse("alive\n", content_type="text/plain")


@require_safe
@never_cache
def ready(_request: HttpRequest) -> JsonResponse:
    """200 if the database and the broker answer, else 503 that says which does not."""
    found = parts()
    body = {name: "reachable" if fine else "unreachable" for name, fine in found.items()}
    answer = JsonResponse(body, status=200 if all(found.values()) else 503)
    if answer.status_code == 503:
        answer["Retry-After"] = "5"
    return answer


def parts() -> dict[str, bool]:
    """Which of the servers that this process needs answer, within LONGEST seconds."""
    questions = [
        _database.ask(partial(_database_answers, connection.get_connection_params())),
        _broker.ask(partial(_broker_answers, settings.CELERY_BROKER_URL)),
    ]
    answered, _ = wait(questions, timeout=LONGEST)
    return {
        name: asked in answered and asked.result()
        for name, asked in zip(("database", "broker"), questions, strict=True)
    }


class _Line:
    """To one server. It is asked by one thread at a time, for everybody who wants to know: where
    nobody answers, questions do not pile up."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="health")
        self._lock = threading.Lock()
        self._asked: Future[bool] | None = None

    def ask(self, question: Callable[[], bool]) -> Future[bool]:
        with self._lock:
            if self._asked is None or self._asked.done():
                self._asked = self._thread.submit(question)
            return self._asked


_database, _broker = _Line(), _Line()


def _database_answers(parameters: dict[str, Any]) -> bool:
    """A connection of its own: the pool may be busy, or hold connections to a server that died."""
    parameters = parameters | {"connect_timeout": PATIENCE, "autocommit": True}
    try:
        with psycopg.connect(**parameters) as own:
            own.execute("SELECT 1")
    except (psycopg.Error, OSError):
        return False
    return True


def _broker_answers(url: str) -> bool:
    try:
        with Connection(url, transport_options=BROKER_OPTIONS) as broker:
            broker.connect()
            broker.channel()  # opening one pings the server
    except (redis.RedisError, KombuError, OSError):
        return False
    return True
