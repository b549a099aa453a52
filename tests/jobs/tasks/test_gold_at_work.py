"""Gold that comes and goes while people are at work: they meet it, and the work comes out whole."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from apps.datasets.models import Dataset, Role
from apps.tasks.actions import mixing
from apps.tasks.models import Answer, Probe, Slot, SlotState, Task, TaskState
from concord.ids import uuid7
from tests.factories import add_member, browser_of, make_dataset, make_task, make_user

pytestmark = pytest.mark.django_db(transaction=True)

TASKS = 60
PEOPLE = 4
ON = {"rate": 0.5, "per_day": 1000}


class Person:
    """Somebody in a thread of their own; keeps the statuses of all replies."""

    def __init__(self, name: str, role: Role, dataset: Dataset) -> None:
        user = make_user(name)
        add_member(dataset, user, role)
        self.browser: Client = browser_of(user)
        self.browser.raise_request_exception = False
        self.path = f"datasets/{dataset.slug}"
        self.statuses: Counter[int] = Counter()

    def send(self, verb: str, path: str, body: Any = None, **headers: str) -> Any:
        call = getattr(self.browser, verb)
        reply = call(f"/api/{path}", body, content_type="application/json", headers=headers)
        self.statuses[reply.status_code] += 1
        return reply

    def work(self) -> None:
        """Answer batches until nothing is left."""
        try:
            while tasks := self.send("post", f"{self.path}/next/", {"count": 3}).json()["tasks"]:
                for task in tasks:
                    body = {"answer": "accept", "lease": task["lease"]}
                    key = {"Idempotency-Key": str(uuid7())}
                    self.send("post", f"tasks/{task['id']}/answer/", body, **key)
        finally:
            connection.close()

    def meddle(self, over: Event) -> None:
        """Make gold of finals and retire it, turn it on and off, until the others are done."""
        try:
            while not over.is_set():
                finals = self.send("get", f"{self.path}/tasks/?state=final").json()["results"]
                for row in finals[:6]:
                    self.send("post", f"tasks/{row['id']}/gold/", {})
                self.set_gold(ON)
                if finals:
                    self.send("delete", f"tasks/{finals[0]['id']}/gold/")
                    self.set_gold({"rate": 0})
                    self.set_gold(ON)
        finally:
            connection.close()

    def set_gold(self, gold: dict[str, Any]) -> None:
        version = self.send("get", f"{self.path}/").headers["ETag"]
        self.send("patch", f"{self.path}/", {"gold": gold}, **{"If-Match": version})


def test_people_at_work_while_gold_comes_and_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mixing, "draws", lambda _, rate: rate > 0)
    dataset = make_dataset(
        owner=make_user("Olga"), interface="classification", labels=(), overlap=2, gold=ON
    )
    for n in range(TASKS):
        make_task(dataset, name=f"{n}.jpg", order_key=n)
    people = [Person(f"P{n}", Role.ANNOTATOR, dataset) for n in range(PEOPLE)]
    manager, over = Person("Mia", Role.MANAGER, dataset), Event()
    with ThreadPoolExecutor(PEOPLE + 1) as pool:
        meddling = pool.submit(manager.meddle, over)
        for done in [pool.submit(person.work) for person in people]:
            done.result()
        over.set()
        meddling.result()
    manager.set_gold({"rate": 0})

    assert {status for person in people for status in person.statuses} == {200}
    assert not {status for status in manager.statuses if status >= 500 or status == 412}
    assert set(Task.objects.values_list("state", flat=True)) == {TaskState.FINAL}
    given = Counter(Answer.objects.values_list("task", flat=True))
    assert len(given) == TASKS
    assert set(given.values()) == {2}
    probes = Probe.objects.select_related("task")
    assert probes, "somebody met gold"
    for probe in probes:
        # None is left that nobody was given; who was given one has answered it.
        (slot,) = Slot.objects.filter(task=probe.task)
        assert (slot.state, slot.user_id) == (SlotState.SUBMITTED, probe.user_id)
        assert probe.score == 1
        assert probe.user_id not in set(
            Answer.objects.filter(task=probe.gold_id).values_list("user", flat=True)
        )
