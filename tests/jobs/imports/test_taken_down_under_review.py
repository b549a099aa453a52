"""Images are taken down while reviewers claim and decide: they hear that the task is gone."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from apps.datasets.models import Image
from apps.imports.actions.taking_down import take_down
from apps.reviews.actions import leasing
from apps.reviews.models import Final
from apps.tasks.models import Task
from tests.factories import make_task
from tests.forms import rounds
from tests.jobs.tasks.test_nothing_left import in_thread, unfinished
from tests.team import Team, both_answer, box

pytestmark = pytest.mark.django_db(transaction=True)

MINE, YOURS = [box(10, 10, 40, 20, "stop")], [box(10, 10, 40, 20, "yield")]


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(4) as pool:
        yield pool


@pytest.fixture
def team() -> Team:
    team = Team()
    for browser in team.browsers.values():
        browser.raise_request_exception = False
    return team


def disputed(team: Team, count: int) -> list[Task]:
    tasks = [make_task(team.dataset, name=f"{n}.jpg", order_key=n) for n in range(count)]
    for _ in tasks:
        both_answer(team, MINE, YOURS)
    return tasks


def go(team: Team, task: Task) -> None:
    image = Image.objects.get(task_images__task=task)
    take_down(image=image, actor=team.people["Olga"], withdraw=True)


def decide(team: Team, task: dict[str, Any]) -> int:
    (conflict,) = task["conflicts"]
    ruling = {"conflict": conflict["id"], "action": "label", "label": "stop"}
    status: int = team.decide(task, ruling, final=True).status_code
    return status


def test_who_decides_as_the_image_goes_is_told_that_it_is_gone(
    team: Team, threads: ThreadPoolExecutor
) -> None:
    (task,) = disputed(team, 1)
    (review,) = team.review()["tasks"]
    with unfinished(threads, lambda: go(team, task)):
        decided = in_thread(threads, lambda: decide(team, review))
        with pytest.raises(TimeoutError):
            decided.result(0.5)
    assert decided.result(10) == 404
    assert not Final.objects.exists()


def test_who_unlocks_or_vouches_as_the_image_goes_is_told_that_it_is_gone(
    team: Team, threads: ThreadPoolExecutor
) -> None:
    (task,) = disputed(team, 1)
    assert decide(team, team.review()["tasks"][0]) == 200
    with unfinished(threads, lambda: go(team, task)):
        asked = [
            in_thread(
                threads, lambda: team.post("Olga", f"tasks/{task.pk}/unlock/", {"reason": "?"})
            ),
            in_thread(threads, lambda: team.post("Olga", f"tasks/{task.pk}/gold/", {})),
        ]
        with pytest.raises(TimeoutError):
            asked[1].result(0.5)
    assert [each.result(10).status_code for each in asked] == [404, 404]


def test_who_claims_as_the_image_goes_gets_the_others(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = disputed(team, 2)
    claim = leasing.lease_reviews

    def claim_and_lose(**about: Any) -> list[leasing.ReviewTicket]:
        tickets = claim(**about)
        go(team, first)
        return tickets

    monkeypatch.setattr(leasing, "lease_reviews", claim_and_lose)
    path = f"datasets/{team.dataset.slug}/review/next/"
    reply = team.post("Rita", path, {"count": 2})
    assert reply.status_code == 200
    assert [task["id"] for task in reply.json()["tasks"]] == [str(second.pk)]


@pytest.mark.parametrize("_round", rounds(long=10))
def test_reviewers_work_on_while_images_go(
    _round: int, team: Team, threads: ThreadPoolExecutor
) -> None:
    tasks = disputed(team, 12)
    start = threading.Barrier(2, timeout=20)
    statuses: Counter[int] = Counter()

    def review() -> None:
        start.wait()
        path = f"datasets/{team.dataset.slug}/review/next/"
        while True:
            reply = team.post("Rita", path, {"count": 3})
            statuses[reply.status_code] += 1
            if not (found := reply.json().get("tasks")):
                return
            statuses.update(decide(team, task) for task in found)

    def clear() -> None:
        start.wait()
        for task in tasks[::2]:
            go(team, task)

    reviewing = in_thread(threads, review)
    in_thread(threads, clear).result(60)
    reviewing.result(60)
    assert set(statuses) <= {200, 404, 409}
    assert set(Task.objects.values_list("state", "pk")) == {
        ("final", task.pk) for task in tasks[1::2]
    }
