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

from apps.datasets.models import Role
from apps.reviews.models import Decision, Final, ReviewLease, SecondLook
from apps.tasks.models import Slot
from tests.factories import add_member, browser_of, make_task, make_user
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


def test_a_send_back_is_taken_back_or_is_with_its_author() -> None:
    team = Team()
    outcomes = set()
    for turn in range(ROUNDS):
        task = disputed(team, f"{turn}.jpg")
        back = {"conflict": task["conflicts"][0]["id"], "action": "send_back"}
        assert team.decide(task, {**back, "version": "A", "fault": "extra"}).status_code == 200
        taken, anns = at_once(
            partial(team.post, "Rita", f"tasks/{task['id']}/take-back/", {}),
            partial(team.next, "Ann"),
        )
        slots = Slot.objects.filter(task=task["id"], user=team.people["Ann"])
        outcomes.add(taken.status_code)
        if taken.status_code == 200:
            assert slots.get().state == "submitted"
            assert close(team, taken.json(), who="Rita", action="delete").status_code == 200
        else:
            assert taken.json()["code"] == "seen_already"
            (again,) = anns["tasks"]
            assert team.answer("Ann", again).status_code == 200
            (anew,) = team.review("Rita")["tasks"]
            assert team.decide(anew, final=True).status_code == 200
    assert outcomes <= {200, 409}


def test_what_is_given_back_goes_to_the_other_reviewer_alone() -> None:
    team = Team()
    for turn in range(ROUNDS):
        task = disputed(team, f"{turn}.jpg")
        given = team.decide(task, {"action": "give_back", "why": "unclear"})
        assert given.status_code == 200
        ritas, olgas = at_once(partial(team.review, "Rita"), partial(team.review, "Olga"))
        assert ritas["tasks"] == []
        assert [row["id"] for row in olgas["tasks"]] == [task["id"]]
        assert close(team, olgas["tasks"][0], who="Olga", action="accept").status_code == 200


def test_a_second_look_goes_to_one_reviewer_and_never_to_the_first() -> None:
    team = Team(second_look=1)
    add_member(team.dataset, eve := make_user("Eve"), Role.REVIEWER)
    team.browsers["Eve"] = browser_of(eve)
    for turn in range(ROUNDS):
        task = disputed(team, f"{turn}.jpg")
        assert close(team, task, who="Rita", action="accept").status_code == 200
        given = at_once(*(partial(team.review, who) for who in ("Rita", "Olga", "Eve")))
        ids = [[row["id"] for row in reply["tasks"]] for reply in given]
        assert ids[0] == []
        assert sorted(map(len, ids[1:])) == [0, 1]
        who = "Olga" if ids[1] else "Eve"
        (again,) = [row for reply in given for row in reply["tasks"]]
        assert close(team, again, who=who, action="delete").status_code == 200
    assert Final.objects.filter(decided_by=team.people["Rita"]).count() == ROUNDS
    assert SecondLook.objects.exclude(user=team.people["Rita"]).count() == ROUNDS
