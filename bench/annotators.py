"""People at work over HTTP: each claims a task and answers it with ten boxes, again and again."""

from __future__ import annotations

import http.client
import json
import random
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol

BOXES = 10


@dataclass(slots=True)
class Timings:
    """What was measured, in seconds."""

    claims: list[float] = field(default_factory=list)
    submits: list[float] = field(default_factory=list)


class Person(Protocol):
    """Somebody at work, here or at a peer's."""

    timings: Timings

    def cycle(self) -> None:
        """Take a task and answer it; adds to the timings."""


class Annotator:
    """One person on one connection that is kept open."""

    def __init__(self, connection: http.client.HTTPConnection, *, slug: str, secret: str) -> None:
        self._connection = connection
        self._slug = slug
        self._headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
        self._hand = random.Random(secret)
        self.timings = Timings()

    def cycle(self) -> None:
        (task,) = self.claim()["tasks"]
        self.submit(task)

    def claim(self) -> dict[str, Any]:
        """Ask for one task; the reply of the server."""
        began = time.perf_counter()
        reply = self.send(f"/api/datasets/{self._slug}/next/", {"count": 1})
        self.timings.claims.append(time.perf_counter() - began)
        return reply

    def submit(self, task: dict[str, Any]) -> None:
        body = {"answer": "accept", "spans": drawn(self._hand), "lease": task["lease"]}
        began = time.perf_counter()
        self.send(f"/api/tasks/{task['id']}/answer/", body, key=str(uuid.uuid4()))
        self.timings.submits.append(time.perf_counter() - began)

    def send(
        self, path: str, body: Any = None, *, method: str = "POST", key: str | None = None
    ) -> dict[str, Any]:
        """Send a request that must succeed; its reply, empty if it has none."""
        headers = {**self._headers, **({"Idempotency-Key": key} if key else {})}
        self._connection.request(method, path, json.dumps(body), headers)
        response = self._connection.getresponse()
        data = response.read()
        if response.status not in {http.HTTPStatus.OK, http.HTTPStatus.NO_CONTENT}:
            raise RuntimeError(f"{path} answered {response.status}: {data[:500]!r}")
        reply: dict[str, Any] = json.loads(data) if data else {}
        return reply


@contextmanager
def annotator(port: int, *, slug: str, secret: str) -> Iterator[Annotator]:
    """Somebody who is at the door of the instance at `port`."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=120)) as connection:
        connection.connect()
        yield Annotator(connection, slug=slug, secret=secret)


def work(
    come: Sequence[Callable[[], AbstractContextManager[Person]]], *, seconds: float
) -> Timings:
    """Let everybody claim and submit for the same time; returns what all of them measured."""
    until = time.perf_counter() + seconds
    timings = [Timings() for _ in come]
    threads = [
        threading.Thread(target=_work, args=(person, until, mine))
        for person, mine in zip(come, timings, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Timings(
        claims=[each for mine in timings for each in mine.claims],
        submits=[each for mine in timings for each in mine.submits],
    )


def _work(
    come: Callable[[], AbstractContextManager[Person]], until: float, timings: Timings
) -> None:
    with come() as person:
        person.timings = timings
        while time.perf_counter() < until:
            person.cycle()


def drawn(hand: random.Random) -> list[dict[str, Any]]:
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
