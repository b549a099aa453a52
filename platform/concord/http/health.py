"""Whether this process lives, whether it can work, and how much work waits."""

from __future__ import annotations

import psycopg
import redis
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu import Connection
from kombu.exceptions import KombuError
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest

from concord.jobs import queries

PATIENCE = 2
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
    parts = {"database": _database_answers(), "broker": _broker_answers()}
    body = {name: "reachable" if fine else "unreachable" for name, fine in parts.items()}
    answer = JsonResponse(body, status=200 if all(parts.values()) else 503)
    if answer.status_code == 503:
        answer["Retry-After"] = "5"
    return answer


@require_safe
@never_cache
def metrics(_request: HttpRequest) -> HttpResponse:
    """Gauges for Prometheus. They come from the database, so any one process knows them all."""
    registry = CollectorRegistry()
    jobs = Gauge("concord_jobs", "Jobs by kind and state", ["kind", "state"], registry=registry)
    for kind, state, count in queries.counts():
        jobs.labels(kind, state).set(count)
    waiting = Gauge(
        "concord_jobs_oldest_due_seconds",
        "For how long the oldest job that is due has waited for a worker",
        registry=registry,
    )
    waiting.set(queries.oldest_due_seconds())
    silent = Gauge(
        "concord_jobs_oldest_heartbeat_seconds",
        "For how long the most silent running job has been silent",
        registry=registry,
    )
    silent.set(queries.oldest_heartbeat_seconds())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _database_answers() -> bool:
    """A connection of its own: the pool may be busy, or hold connections to a server that died."""
    parameters = connection.get_connection_params()
    parameters |= {"connect_timeout": PATIENCE, "autocommit": True}
    try:
        with psycopg.connect(**parameters) as own:
            own.execute("SELECT 1")
    except (psycopg.Error, OSError):
        return False
    return True


def _broker_answers() -> bool:
    try:
        with Connection(settings.CELERY_BROKER_URL, transport_options=BROKER_OPTIONS) as broker:
            broker.connect()
            broker.channel()  # opening one pings the server
    except (redis.RedisError, KombuError, OSError):
        return False
    return True
