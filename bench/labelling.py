"""The labelling loop over HTTP: eight people claim a task and answer it with ten boxes."""

from __future__ import annotations

import http.client
import json
import os
import random
import threading
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from bench.instance import throwaway, web
from bench.processes import cpu_seconds, family, name_of
from bench.records import Record, of_milliseconds

PEOPLE, BOXES = 8, 10
WARM_UP, SECONDS = 3.0, 12.0
CPU = "processor time, hardly touched by what else is running"
SIZES = {"10k": 10_000, "100k": 100_000}


ANSWERS = """
SELECT count(*) FILTER (WHERE answers > overlap), sum(answers)
  FROM (SELECT t.overlap, count(*) AS answers
          FROM tasks_answer a JOIN tasks_task t ON t.id = a.task_id
               JOIN datasets_dataset d ON d.id = t.dataset_id
         WHERE d.slug = %s GROUP BY t.id) counted
"""


@dataclass(slots=True)
class Timings:
    """What one person measured, in seconds."""

    claims: list[float] = field(default_factory=list)
    submits: list[float] = field(default_factory=list)


def measure() -> Iterator[Record]:
    """Figures of the part `queue`."""
    with throwaway() as environment:
        # Models can be imported once the throw-away instance has set Django up.
        from apps.annotators.models import User
        from bench.datasets import make_annotator, make_dataset

        owner = User.objects.create(email="owner@example.org")
        for size, tasks in SIZES.items():
            began = time.perf_counter()
            dataset = make_dataset(slug=f"queue-{size}", tasks=tasks, owner=owner)
            filled = f"{tasks} tasks made in {time.perf_counter() - began:.1f} s"
            emails = [f"person{n}@example.org" for n in range(PEOPLE)]
            secrets = [make_annotator(dataset=dataset, email=email) for email in emails]
            with web(environment) as port:
                _work(port, dataset.slug, secrets, seconds=WARM_UP)
                before = _cpu()
                timings = _work(port, dataset.slug, secrets, seconds=SECONDS)
                after = _cpu()
            yield from _records(f"{size}_8users", timings, note=filled)
            cycles = sum(len(each.submits) for each in timings)
            for name in ("app", "database"):
                spent = (after[name] - before[name]) / cycles * 1000
                yield Record(f"cpu_ms_per_cycle_{size}_{name}", spent, "ms", cycles, note=CPU)
            yield _over_overlap(size)


def _cpu() -> dict[str, float]:
    """Seconds of processor time of all that this process has started, the database apart."""
    used = {"app": 0.0, "database": 0.0}
    for pid in set(family(os.getpid())) - {os.getpid()}:
        used["database" if name_of(pid) == "postgres" else "app"] += cpu_seconds(pid)
    return used


def _work(port: int, slug: str, secrets: Sequence[str], *, seconds: float) -> list[Timings]:
    """Let everybody work for the same time."""
    until = time.perf_counter() + seconds
    timings = [Timings() for _ in secrets]
    people = [
        threading.Thread(target=_annotate, args=(port, slug, secret, until, mine))
        for secret, mine in zip(secrets, timings, strict=True)
    ]
    for person in people:
        person.start()
    for person in people:
        person.join()
    return timings


def _annotate(port: int, slug: str, secret: str, until: float, timings: Timings) -> None:
    headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
    hand = random.Random(secret)
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        while (began := time.perf_counter()) < until:
            reply = _post(connection, f"/api/datasets/{slug}/next/", {"count": 1}, headers)
            claimed = time.perf_counter()
            (task,) = reply["tasks"]
            body = {"answer": "accept", "spans": _drawn(hand), "lease": task["lease"]}
            key = {"Idempotency-Key": str(uuid.uuid4())}
            sent = time.perf_counter()
            _post(connection, f"/api/tasks/{task['id']}/answer/", body, {**headers, **key})
            ended = time.perf_counter()
            timings.claims.append(claimed - began)
            timings.submits.append(ended - sent)


def _post(
    connection: http.client.HTTPConnection, path: str, body: Any, headers: dict[str, str]
) -> Any:
    connection.request("POST", path, json.dumps(body), headers)
    response = connection.getresponse()
    data = response.read()
    if response.status != http.HTTPStatus.OK:
        raise RuntimeError(f"{path} answered {response.status}: {data[:500]!r}")
    return json.loads(data)


def _drawn(hand: random.Random) -> list[dict[str, Any]]:
    """Ten boxes in a grid, each a few pixels off; one in fifty with the other label."""
    return [
        {
            "type": "rect",
            "x": 100 + 300 * (n % 5) + hand.gauss(0, 3),
            "y": 200 + 400 * (n // 5) + hand.gauss(0, 3),
            "width": 200 + hand.gauss(0, 3),
            "height": 150 + hand.gauss(0, 3),
            "label": "van" if hand.random() < 0.02 else "car",
        }
        for n in range(BOXES)
    ]


def _records(name: str, timings: Sequence[Timings], *, note: str) -> Iterator[Record]:
    claims = [seconds for each in timings for seconds in each.claims]
    submits = [seconds for each in timings for seconds in each.submits]
    yield Record(f"cycles_per_second_{name}", len(submits) / SECONDS, "/s", len(submits), note=note)
    yield of_milliseconds(f"claim_ms_{name}", claims, note="in the cycle")
    yield of_milliseconds(f"submit_ms_{name}", submits, note="10 boxes, merge included")


def _over_overlap(size: str) -> Record:
    """How many tasks have more answers than they asked for."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(ANSWERS, [f"queue-{size}"])
        over, answers = cursor.fetchone()
    return Record(f"tasks_over_overlap_{size}", over, "", int(answers), note="should be 0")
