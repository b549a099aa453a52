"""One task to review, asked for by name."""

from __future__ import annotations

from typing import Any

import pytest

from apps.datasets.models import Membership, Role
from tests.factories import make_task
from tests.team import Team, both_answer, box

pytestmark = pytest.mark.django_db

STOP, YIELD = box(10, 10, 40, 20, "stop"), box(10, 10, 40, 20, "yield")


@pytest.fixture
def team() -> Team:
    team = Team()
    for place in range(3):
        make_task(team.dataset, name=f"{place}.jpg", order_key=place)
    return team


def pick(team: Team, who: str, task: str) -> Any:
    return team.browsers[who].put(f"/api/tasks/{task}/review/")


def test_a_task_that_waits_is_handed_to_who_asks_for_it(team: Team) -> None:
    for _ in range(2):
        both_answer(team, [STOP], [YIELD])
    (first,) = team.review(sort="oldest")["tasks"]
    waiting = str(team.dataset.tasks.order_by("order_key")[1].id)
    picked = pick(team, "Rita", waiting).json()
    assert picked["id"] == waiting
    # The one before them is theirs already, under the same lease.
    assert pick(team, "Rita", first["id"]).json()["lease"] == first["lease"]
    verdict = {"conflict": picked["conflicts"][0]["id"], "action": "label", "label": "stop"}
    assert team.decide(picked, verdict, final=True).status_code == 200
    assert pick(team, "Rita", waiting).json()["code"] == "not_waiting"


def test_nobody_gets_what_another_reviews_or_they_answered(team: Team) -> None:
    both_answer(team, [STOP], [YIELD])
    (task,) = team.review("Olga")["tasks"]
    assert pick(team, "Rita", task["id"]).json()["code"] == "leased"
    Membership.objects.filter(user=team.people["Ann"]).update(role=Role.REVIEWER)
    assert pick(team, "Ann", task["id"]).json()["code"] == "not_waiting"
    unanswered = str(team.dataset.tasks.order_by("order_key")[2].id)
    assert pick(team, "Rita", unanswered).json()["code"] == "not_waiting"
