"""Answers that come late, and answers that come back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models.functions import Now

from apps.tasks.models import Slot
from tests.factories import make_task
from tests.team import Team, box

pytestmark = pytest.mark.django_db

STOP = box(10, 10, 40, 20, "stop")


@pytest.fixture
def team() -> Team:
    team = Team()
    make_task(team.dataset)
    return team


def lapse(team: Team, who: str) -> None:
    """Let the lease of somebody run out."""
    held = Slot.objects.filter(user=team.people[who], state="leased")
    assert held.update(lease_expires_at=Now() - timedelta(hours=1)) == 1


def test_an_answer_after_the_lease_ran_out_takes_its_slot_again(team: Team) -> None:
    (task,) = team.next("Ann")["tasks"]
    lapse(team, "Ann")
    assert team.answer("Ann", task, STOP).json()["late"] is False


def test_a_slot_whose_next_holder_went_home_as_well_is_nobodys(team: Team) -> None:
    (task,) = team.next("Ann")["tasks"]
    lapse(team, "Ann")
    for who in ("Ben", "Olga"):
        (theirs,) = team.next(who)["tasks"]
    lapse(team, "Ben")
    assert team.answer("Ann", task, STOP).json()["late"] is False
    assert team.answer("Olga", theirs, STOP).json()["task"]["state"] == "final"
    assert Slot.objects.filter(state="submitted").count() == 2


def test_what_others_hold_is_not_taken_from_them(team: Team) -> None:
    (task,) = team.next("Ann")["tasks"]
    lapse(team, "Ann")
    for who in ("Ben", "Olga"):
        team.next(who)
    assert team.answer("Ann", task, STOP).json()["late"] is True
    assert Slot.objects.filter(state="leased").count() == 2


def test_an_answer_that_is_sent_back_comes_whole(team: Team) -> None:
    (task,) = team.next("Ann")["tasks"]
    assert team.answer("Ann", task, STOP, attributes={"weather": "fog"}).status_code == 200
    (task,) = team.next("Ben")["tasks"]
    assert team.answer("Ben", task).status_code == 200
    (task,) = team.review()["tasks"]
    back = {"conflict": None, "action": "send_back", "reason": "loose"}
    assert team.decide(task, back).status_code == 200
    draft = team.next("Ann")["tasks"][0]["draft"]
    assert draft["attributes"] == {"weather": "fog"}
    assert [span["label"] for span in draft["spans"]] == ["stop"]
