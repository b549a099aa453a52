"""Requests that come again and again, all at once: each is done once, and told the same."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from apps.tasks.models import Answer, Revision, Slot, SlotState
from concord.events.models import Event
from concord.ids import uuid7
from tests.factories import make_task
from tests.faults.soak import note
from tests.forms import LONG
from tests.team import Team, box

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(3600 if LONG else 180)]

TASKS, TIMES = (100, 100) if LONG else (4, 10)
HANDS = 4


@pytest.fixture
def hands() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(HANDS) as pool:
        yield pool
        for _ in range(HANDS):
            pool.submit(connection.close)


def test_an_answer_that_is_sent_many_times_at_once_is_one_answer(hands: ThreadPoolExecutor) -> None:
    team = Team(overlap=1)
    for n in range(TASKS):
        make_task(team.dataset, name=f"{n}.jpg", order_key=n)

    def send(task: dict[str, Any], key: str) -> Any:
        body = {"answer": "accept", "spans": [box(1, 2, 30, 40, "stop")], "lease": task["lease"]}
        try:
            return team.post("Ann", f"tasks/{task['id']}/answer/", body, **{"Idempotency-Key": key})
        finally:
            connection.close()

    for _ in range(TASKS):
        (task,) = team.next("Ann")["tasks"]
        key = str(uuid7())
        sent = [hands.submit(send, task, key) for _ in range(TIMES)]
        replies = [each.result(60) for each in sent]
        assert {reply.status_code for reply in replies} == {200}
        assert all(reply.json() == replies[0].json() for reply in replies)
    assert Revision.objects.count() == Answer.objects.count() == TASKS
    assert Slot.objects.filter(state=SlotState.SUBMITTED).count() == TASKS
    assert Event.objects.filter(kind="answer.created").count() == TASKS
    note("replays", {"requests": TASKS * TIMES, "effects": TASKS})
