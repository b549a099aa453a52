"""People at work over HTTP while things break, each with a book of what they sent and were told."""

from __future__ import annotations

import random
import threading
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import httpx

from bench.annotators import drawn
from tests.faults.crew import BROUGHT, LABELLED
from tests.forms import LONG

PATIENCE = 120.0
"""How many seconds somebody tries again before they call what they sent lost."""
PAUSE = 0.1
THINKING = 0.03
REPLAYED = 1.0 if LONG else 0.1
"""The share of answers that are sent once more after they were taken."""


@dataclass(slots=True)
class Sent:
    """One answer under its key: without a reply nobody knows whether it arrived."""

    key: str
    task: str
    reply: dict[str, Any] | None = None


@dataclass(slots=True)
class Book:
    """What one person wrote down."""

    sent: list[Sent] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    outages: int = 0
    replays: int = 0
    complaints: list[str] = field(default_factory=list)


class Visitor(threading.Thread):
    """Somebody with a token, who tries again for as long as nobody says yes or no."""

    def __init__(self, address: str, secret: str, *, seed: int, leave: threading.Event) -> None:
        super().__init__(name=f"visitor {seed}")
        self.book = Book()
        self._hand = random.Random(seed)
        self._leave = leave
        self._client = httpx.Client(
            base_url=f"{address}/api/",
            headers={"Authorization": f"Bearer {secret}"},
            timeout=15,
            # A server may close one that is idle at any moment, which is no outage.
            limits=httpx.Limits(max_keepalive_connections=0),
        )

    def run(self) -> None:
        with self._client:
            while not self._leave.is_set():
                self.cycle()

    def cycle(self) -> None:
        raise NotImplementedError

    def send(self, path: str, body: Any, *, key: str) -> httpx.Response | None:
        """The first reply that settles it; None if there is none within `PATIENCE`."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                reply = self._client.post(path, json=body, headers={"Idempotency-Key": key})
            except httpx.TransportError:
                self.book.outages += 1
            else:
                self.book.statuses[reply.status_code] += 1
                if self._settles(path, reply):
                    return reply
            time.sleep(PAUSE)
        self.book.complaints.append(f"{path} under {key} was never settled")
        return None

    def _settles(self, path: str, reply: httpx.Response) -> bool:
        """Who cannot serve says 503 and when to come back, who is at it 409; no other failure."""
        if reply.status_code == 503 and "Retry-After" in reply.headers:
            return False
        if reply.status_code == 409 and reply.json().get("code") == "idempotency_in_flight":
            return False
        if reply.status_code >= 400:
            self.book.complaints.append(f"{path}: {reply.status_code} {reply.text[:300]}")
        return reply.status_code < 500


class Annotator(Visitor):
    """Takes a task and answers it, again and again."""

    def cycle(self) -> None:
        reply = self.send(f"datasets/{LABELLED}/next/", {"count": 1}, key=str(uuid.uuid4()))
        tasks = reply.json().get("tasks", []) if reply else []
        for task in tasks:
            self._leave.wait(THINKING)
            self.answer(task)
        if not tasks:
            self._leave.wait(PAUSE)

    def answer(self, task: dict[str, Any]) -> None:
        """It ends when somebody said yes or no, also after everybody was told to go home."""
        note = Sent(key=str(uuid.uuid4()), task=task["id"])
        self.book.sent.append(note)
        body = {"answer": "accept", "spans": drawn(self._hand), "lease": task["lease"]}
        path = f"tasks/{task['id']}/answer/"
        if (reply := self.send(path, body, key=note.key)) and reply.status_code == 200:
            note.reply = reply.json()
            if self._hand.random() < REPLAYED:
                self.replay(path, body, note)

    def replay(self, path: str, body: dict[str, Any], note: Sent) -> None:
        """As a browser does that has lost the reply: it is told the same."""
        again = self.send(path, body, key=note.key)
        self.book.replays += 1
        if again and again.json() != note.reply:
            self.book.complaints.append(f"{note.key}: {note.reply} and then {again.text}")


class Importer(Visitor):
    """Brings in lists of images, one after the other; `lists` holds what was promised of which."""

    def __init__(self, address: str, secret: str, *, leave: threading.Event, source: str) -> None:
        super().__init__(address, secret, seed=-1, leave=leave)
        self.lists: list[str] = []
        self._source = source

    def cycle(self) -> None:
        first = 10 * len(self.lists)
        urls = [f"{self._source}/ok/{150 + first + n}.jpg" for n in range(10)]
        reply = self.send(f"datasets/{BROUGHT}/imports/", {"urls": urls}, key=str(uuid.uuid4()))
        if reply and reply.is_success:
            self.lists.append(reply.json()["id"])
        self._leave.wait(4)
