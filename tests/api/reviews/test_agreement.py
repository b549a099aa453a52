"""How far Ann and Ben agree in the story of `decided.py`, and how they draw, by hand."""

from __future__ import annotations

from typing import Any

import pytest

from apps.reviews.actions.measuring import measure
from apps.tasks.models import Task
from tests.api.reviews.decided import decided_team
from tests.factories import make_task
from tests.team import Team

pytestmark = pytest.mark.django_db

QUERIES = 7
"""Of the request three; role, what was measured, the keys of numbers, people."""


@pytest.fixture
def team() -> Team:
    """Five objects: two that both call stop, one stop and yield, two that only Ann drew."""
    team = decided_team()
    measure(dataset=team.dataset, beat=lambda: None)
    return team


def get(team: Team, path: str) -> dict[str, Any]:
    reply = team.get("Rita", f"datasets/street-signs/{path}")
    assert reply.status_code == 200, reply.content
    found: dict[str, Any] = reply.json()
    return found


def places(team: Team, key: str) -> list[int]:
    """As a manager finds them: reviewers are not told who answered what is to be decided."""
    reply = team.get("Olga", f"datasets/street-signs/tasks/?behind={key}")
    ids = [row["id"] for row in reply.json()["results"]]
    return sorted(Task.objects.filter(pk__in=ids).values_list("order_key", flat=True))


def test_agreement_on_what_is_there_and_what_it_is(team: Team) -> None:
    found = get(team, "agreement/")
    overall = found["overall"]
    assert overall["percent"]["value"] == pytest.approx(2 / 5)
    # Ten answers: stop 7, yield 1, nothing 2; four of them alike: 1 - 9 x 6 / (100 - 54).
    assert overall["alpha"]["value"] == pytest.approx(1 - 54 / 46)
    assert overall["alpha"]["n"] == 4  # images
    assert overall["alpha"]["low"] <= overall["alpha"]["value"] <= overall["alpha"]["high"]
    stop = next(row for row in found["labels"] if row["label"] == "stop")
    assert stop["alpha"]["value"] == pytest.approx(1 - 54 / 42)
    assert places(team, stop["behind"]) == [1, 2, 3]


def test_agreement_of_two_people_and_where_they_differ(team: Team) -> None:
    found = get(team, "agreement/")
    assert [person["name"] for person in found["people"]] == ["Ann", "Ben"]
    (pair,) = found["pairs"]
    # Three boxes lie in the same places, of the five that Ann drew and Ben's three.
    assert pair["agreement"]["value"] == pytest.approx(2 * 3 / (5 + 3))
    assert found["overlap"]["iou"]["value"] == pytest.approx(1)
    assert places(team, pair["behind"]) == [1, 2, 3]


def test_how_they_draw_beside_what_was_decided(team: Team) -> None:
    ann, ben = (row["drawing"] for row in get(team, "quality/")["people"])
    assert (ann["basis"], ann["questions"]) == ("reviewed", 3)
    shares = [
        (row[name]["count"], row[name]["of"])
        for row in (ann, ben)
        for name in ("recall", "precision", "labels")
    ]
    assert shares == [(3, 3), (3, 4), (3, 3), (2, 3), (2, 2), (1, 2)]
    assert ann["edges"] == {"bias": [0, 0, 0, 0], "sigma": [0, 0, 0, 0], "n": 3}


def test_agreement_on_answers() -> None:
    """On four images Ann says accept each time, Ben reject the last time."""
    team = Team(interface="classification")
    for place in range(4):
        make_task(team.dataset, name=f"{place}.jpg", order_key=place)
    for place in range(4):
        for who in ("Ann", "Ben"):
            (task,) = team.next(who)["tasks"]
            says = "reject" if (who, place) == ("Ben", 3) else "accept"
            assert team.answer(who, task, answer=says).status_code == 200
    measure(dataset=team.dataset, beat=lambda: None)
    found = get(team, "agreement/")
    assert found["overall"]["percent"]["value"] == pytest.approx(3 / 4)
    assert [row["label"] for row in found["labels"]] == ["accept", "reject"]
    (pair,) = found["pairs"]
    assert pair["agreement"]["value"] == pytest.approx(3 / 4)
    assert places(team, pair["behind"]) == [3]


def test_it_takes_a_fixed_number_of_queries(team: Team, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(QUERIES):
        get(team, "agreement/")


def test_before_anything_was_measured() -> None:
    found = get(Team(), "agreement/")
    assert (found["measured_at"], found["overall"], found["pairs"]) == (None, None, [])
