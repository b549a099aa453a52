"""A crowd at work on a few tasks, in every order at once: what holds afterwards, whatever happened.

Annotators claim, draft, submit, repeat, edit, skip and go home, with leases that run out under
their hands; a reviewer and a manager decide and send back what they disagree on, and the manager
unlocks what was decided.
"""

from __future__ import annotations

import json
import random
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from pytest_django import Settings

from apps.datasets.models import Role
from apps.tasks.models import Task
from concord.ids import uuid7
from tests.factories import add_member, browser_of, make_dataset, make_task, make_user
from tests.forms import LONG
from tests.jobs.tasks.books import check_acknowledged, check_task
from tests.team import box

pytestmark = pytest.mark.django_db(transaction=True)

SECONDS = 60 if LONG else 4
TASKS = 16
LEASE = 0.4


class Worker:
    """One person in a thread of their own; keeps what the server acknowledged."""

    def __init__(self, name: str, role: Role, dataset: Any, seed: int) -> None:
        self.user = make_user(name)
        add_member(dataset, self.user, role)
        self.browser = browser_of(self.user)
        self.browser.raise_request_exception = False
        self.path = f"datasets/{dataset.slug}"
        self.random = random.Random(seed)
        self.statuses: Counter[tuple[str, int]] = Counter()
        self.acknowledged: dict[str, dict[str, Any]] = {}
        self.tasks: list[dict[str, Any]] = []

    def send(self, verb: str, path: str, body: Any = None, **headers: str) -> Any:
        reply = self.browser.generic(
            verb,
            f"/api/{path}",
            b"" if body is None else json.dumps(body).encode(),
            content_type="application/json",
            headers=headers,
        )
        self.statuses[verb + path.rpartition("/")[0].rpartition("/")[2], reply.status_code] += 1
        return reply

    def until(self, end: float) -> None:
        try:
            while time.monotonic() < end:
                self.step()
        finally:
            connection.close()

    def step(self) -> None:
        raise NotImplementedError


class Annotator(Worker):
    def step(self) -> None:
        if not self.tasks or self.random.random() < 0.3:
            reply = self.send("POST", f"{self.path}/next/", {"count": self.random.randint(1, 3)})
            self.tasks += reply.json()["tasks"]
            return
        act = self.random.choices(
            [self.submit, self.draft, self.skip, self.beat, self.edit, self.dawdle],
            weights=[8, 2, 1, 2, 2, 2],
        )[0]
        act(self.random.choice(self.tasks))

    def submit(self, task: dict[str, Any]) -> None:
        self.answer(task, lease=task["lease"])
        self.tasks.remove(task)

    def answer(self, task: dict[str, Any], lease: str | None) -> None:
        """Send it twice at times, as a browser does whose reply was lost."""
        x = self.random.choice([10, 12, 60])
        label = self.random.choice(["stop", "stop", "yield"])
        body = {"answer": "accept", "spans": [box(x, 10, 40, 20, label)], "lease": lease}
        path, key = f"tasks/{task['id']}/answer/", str(uuid7())
        for _ in range(self.random.randint(1, 2)):
            reply = self.send("POST", path, body, **{"Idempotency-Key": key})
            if reply.status_code == 200:
                assert self.acknowledged.setdefault(key, reply.json()) == reply.json()

    def edit(self, task: dict[str, Any]) -> None:
        mine = self.send("GET", f"{self.path}/answers/mine/").json()["results"]
        if mine:
            self.answer({"id": self.random.choice(mine)["task"]}, lease=None)

    def draft(self, task: dict[str, Any]) -> None:
        self.send("PUT", f"tasks/{task['id']}/draft/", {"body": {"spans": []}})

    def skip(self, task: dict[str, Any]) -> None:
        self.send("POST", f"tasks/{task['id']}/skip/", {"reason": "unclear"})

    def beat(self, task: dict[str, Any]) -> None:
        self.send("POST", f"tasks/{task['id']}/lease/", {"lease": task["lease"]})

    def dawdle(self, task: dict[str, Any]) -> None:
        time.sleep(self.random.random() * LEASE)


class Reviewer(Worker):
    def step(self) -> None:
        self.tasks = self.send("POST", f"{self.path}/review/next/", {"count": 1}).json()["tasks"]
        for task in self.tasks:
            self.decide(task)
        if not self.tasks:
            self.wait()

    def wait(self) -> None:
        time.sleep(0.05)

    def decide(self, task: dict[str, Any]) -> None:
        verdicts = [self.verdict(conflict) for conflict in task["conflicts"]]
        if self.random.random() < 0.2:
            verdicts = [{"conflict": None, "action": "send_back", "reason": "loose"}]
        body = {"lease": task["lease"], "decisions": verdicts, "final": self.random.random() < 0.5}
        version = {"If-Match": f'"{task["version"]}"'}
        self.send("POST", f"tasks/{task['id']}/decisions/", body, **version)

    def verdict(self, conflict: dict[str, Any]) -> dict[str, Any]:
        choice = self.random.choice(conflict["choices"])
        told = {name: choice[name] for name in ("version", "label", "option") if name in choice}
        action = "version" if choice["kind"] == "version" else "label"
        return {"conflict": conflict["id"], "action": action, **told}


class Manager(Reviewer):
    def wait(self) -> None:
        final = self.send("GET", f"{self.path}/tasks/?state=final").json()["results"]
        for task in [task for task in final if task["locked"]][:1]:
            self.send("POST", f"tasks/{task['id']}/unlock/", {"reason": "look again"})


@pytest.mark.parametrize("overlap", [2, "all"])
def test_whatever_a_crowd_does_the_books_balance(settings: Settings, overlap: int | str) -> None:
    settings.LEASE_SECONDS = LEASE
    dataset = make_dataset(owner=make_user("Olga"), overlap=overlap)
    annotators = [Annotator(name, Role.ANNOTATOR, dataset, n) for n, name in enumerate("AB")]
    for n in range(TASKS):
        make_task(dataset, name=f"{n}.jpg", order_key=n)
    annotators += [Annotator(name, Role.ANNOTATOR, dataset, n) for n, name in enumerate("CD")]
    reviewer, manager = (
        Reviewer("R", Role.REVIEWER, dataset, 8),
        Manager("M", Role.MANAGER, dataset, 9),
    )
    everybody: list[Worker] = [*annotators, reviewer, manager]
    end = time.monotonic() + SECONDS
    with ThreadPoolExecutor(len(everybody)) as threads:
        for done in [threads.submit(worker.until, end) for worker in everybody]:
            done.result(60)

    statuses = sum((worker.statuses for worker in everybody), Counter())
    assert not {what: n for what, n in statuses.items() if what[1] >= 500}, statuses
    for worker in annotators:
        check_acknowledged(worker.user, worker.acknowledged)
    for task in Task.objects.all():
        check_task(task)
