"""Two reviewers at one task in the same instant: one is heard, the other told what happened."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db.models.functions import Now

from apps.reviews.models import Decision, Final, ReviewLease
from tests.factories import make_task
from tests.jobs.tasks.test_nothing_left import in_thread
from tests.team import Team, both_answer, box

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 5


def disputed(team: Team, name: str) -> dict[str, Any]:
    """A new task with a conflict, as Rita holds it."""
    make_task(team.dataset, name=name)
    both_answer(team, [box(10, 10, 40, 20, "stop")], [])
    (task,) = team.review("Rita")["tasks"]
    return dict(task)


def at_once(*works: Callable[[], Any]) -> list[Any]:
    start = threading.Barrier(len(works))

    def run(work: Callable[[], Any]) -> Any:
        start.wait(10)
        return work()

    with ThreadPoolExecutor(len(works)) as threads:
        running = [in_thread(threads, partial(run, work)) for work in works]
        return [each.result(30) for each in running]


def close(team: Team, task: dict[str, Any], *, who: str, action: str) -> Any:
    ruling = {"conflict": task["conflicts"][0]["id"], "action": action}
    return team.decide(task, ruling, final=True, who=who)


def test_one_success_and_one_412_with_a_diff() -> None:
    team = Team()
    for turn in range(ROUNDS):
        ritas = disputed(team, f"{turn}.jpg")
        ReviewLease.objects.update(expires_at=Now() - timedelta(hours=1))
        (olgas,) = team.review("Olga")["tasks"]
        assert ritas["id"] == olgas["id"]
        lost, won = at_once(
            partial(close, team, ritas, who="Rita", action="accept"),
            partial(close, team, olgas, who="Olga", action="delete"),
        )
        assert (lost.status_code, won.status_code) == (412, 200), (lost.content, won.content)
        assert lost.json()["diff"]["taken_over"] or lost.json()["diff"]["decided"]
        final = Final.objects.get(task=olgas["id"])
        assert (final.decided_by, final.spans) == (team.people["Olga"], [])
        assert Decision.objects.filter(task=olgas["id"]).count() == 1


def test_of_two_pages_of_one_reviewer_one_closes_the_task() -> None:
    team = Team()
    for turn in range(ROUNDS):
        task = disputed(team, f"{turn}.jpg")
        replies = at_once(
            *(partial(close, team, task, who="Rita", action=how) for how in ("accept", "delete"))
        )
        assert sorted(reply.status_code for reply in replies) == [200, 412]
        assert Decision.objects.filter(task=task["id"]).count() == 1
