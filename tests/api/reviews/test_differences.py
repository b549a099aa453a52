"""412 says what happened since: whose answers, which conflicts, who decided."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db.models.functions import Now

from apps.reviews.models import Decision, ReviewLease
from apps.tasks.models import Slot
from tests.factories import make_task
from tests.team import Team, both_answer, box

pytestmark = pytest.mark.django_db

STOP = box(10, 10, 40, 20, "stop")
LONE = box(150, 50, 20, 20, "yield")
NOTHING: dict[str, Any] = {
    "answers": [],
    "conflicts": {"gone": [], "come": []},
    "decided": [],
    "taken_over": False,
}


@pytest.fixture
def team() -> Team:
    team = Team()
    make_task(team.dataset)
    return team


def test_an_edit_is_told_with_the_conflicts_that_went_and_came(team: Team) -> None:
    both_answer(team, [STOP], [])
    (task,) = team.review()["tasks"]
    edit = team.answer("Ben", {"id": task["id"], "lease": None}, STOP, LONE)
    assert edit.status_code == 200, edit.content
    keep = {"conflict": task["conflicts"][0]["id"], "action": "accept"}
    reply = team.decide(task, keep, final=True)
    assert reply.status_code == 412
    assert reply.json()["current"] == {"version": task["version"] + 1, "state": "conflicted"}
    assert reply.json()["diff"] == {
        **NOTHING,
        "version": [task["version"], task["version"] + 1],
        "answers": [{"version": "B", "change": "edited"}],
        "conflicts": {"gone": ["only A drew this"], "come": ["only B drew this"]},
    }
    assert Decision.objects.count() == 0
    # The place is kept: the same reviewer goes on under the same lease.
    (anew,) = team.review()["tasks"]
    assert (anew["lease"], anew["version"]) == (task["lease"], task["version"] + 1)
    keep = {"conflict": anew["conflicts"][0]["id"], "action": "accept"}
    assert team.decide(anew, keep, final=True).status_code == 200


def test_only_what_came_after_is_told(team: Team) -> None:
    both_answer(team, [STOP], [])
    assert team.answer("Ben", {"id": str(Slot.objects.first().task_id), "lease": None}, LONE)
    (task,) = team.review()["tasks"]
    assert team.answer("Ann", {"id": task["id"], "lease": None}, STOP).status_code == 200
    keep = {"conflict": task["conflicts"][0]["id"], "action": "accept"}
    diff = team.decide(task, keep).json()["diff"]
    assert diff["answers"] == [{"version": "A", "change": "edited"}]
    assert diff["conflicts"] == {"gone": [], "come": []}


def test_a_late_answer_is_told_as_late(team: Team) -> None:
    (early,) = team.next("Ann")["tasks"]
    Slot.objects.filter(user=team.people["Ann"]).update(
        state="free", user=None, lease_token=None, lease_expires_at=None
    )
    for who, boxes in (("Ben", [STOP]), ("Olga", [])):
        (theirs,) = team.next(who)["tasks"]
        assert team.answer(who, theirs, *boxes).status_code == 200
    (task,) = team.review()["tasks"]
    assert team.answer("Ann", early, LONE).json()["late"] is True
    keep = {"conflict": task["conflicts"][0]["id"], "action": "accept"}
    diff = team.decide(task, keep).json()["diff"]
    # Letters go by first answers: who was there keeps theirs.
    assert diff["answers"] == [{"version": "C", "change": "late"}]


def test_who_was_taken_over_is_told_what_the_other_decided(team: Team) -> None:
    both_answer(team, [STOP, LONE], [])
    (task,) = team.review("Rita")["tasks"]
    first, second = ({"conflict": row["id"], "action": "accept"} for row in task["conflicts"])
    ReviewLease.objects.update(expires_at=Now() - timedelta(hours=1))
    (theirs,) = team.review("Olga")["tasks"]
    assert team.decide(theirs, first, who="Olga").status_code == 200
    reply = team.decide(task, second)
    assert reply.status_code == 412
    diff = reply.json()["diff"]
    assert diff["taken_over"] is True
    assert [(row["action"], row["by"]) for row in diff["decided"]] == [("accept", "Olga")]
    assert team.decide(theirs, second, who="Olga", final=True).status_code == 200
    closed = team.decide(task, second).json()
    assert closed["current"]["state"] == "final"
    assert [row["by"] for row in closed["diff"]["decided"]] == ["Olga", "Olga"]


def test_a_lease_that_ran_out_holds_while_nobody_takes_over(team: Team) -> None:
    both_answer(team, [STOP], [])
    (task,) = team.review()["tasks"]
    ReviewLease.objects.update(expires_at=Now() - timedelta(hours=1))
    keep = {"conflict": task["conflicts"][0]["id"], "action": "accept"}
    assert team.decide(task, keep, final=True).status_code == 200
