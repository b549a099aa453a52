"""Answers that no page sends: each is refused by name, and the task can be answered as before."""

from __future__ import annotations

import json
from typing import Any

import pytest

from apps.tasks.models import Revision
from concord.ids import uuid7
from tests.factories import make_task
from tests.team import Team, box

pytestmark = pytest.mark.django_db

STOP = box(10, 10, 40, 20, "stop")
NUMBERS = ["NaN", "Infinity", "-Infinity", "1e400", "1e308", '"12"', "true", "null", "[]"]
BOXES: dict[str, dict[str, Any]] = {
    "left of the image": {"x": -50},
    "right of the image": {"x": 190},
    "without width": {"width": 0},
    "of negative height": {"height": -5},
    "without a label": {"label": None},
    "with a label of another dataset": {"label": "cat"},
    "with a label by number": {"label": 1},
    "with a list of labels": {"label": ["stop"]},
    "as a mask": {"type": "mask"},
    "turned": {"angle": 45},
    "with a hole": {"holes": [[[1, 1], [2, 2], [3, 1]]]},
    "without a place": {"x": None},
}
EXTREMES = {
    "of no point": [],
    "of three points": [[10, 15], [50, 15], [20, 10]],
    "of five points": [[10, 15], [50, 15], [20, 10], [20, 30], [20, 30]],
    "of numbers": [10, 50, 10, 30],
    "of half a point": [[10, 15], [50], [20, 10], [20, 30]],
    "of words": [["10", 15], [50, 15], [20, 10], [20, 30]],
    "of truths": [[True, 15], [50, 15], [20, 10], [20, 30]],
    "by name": {"left": [10, 15], "right": [50, 15], "top": [20, 10], "bottom": [20, 30]},
    "beyond the image": [[-10, 15], [50, 15], [20, 10], [20, 30]],
    "of another box": [[12, 15], [50, 15], [20, 10], [20, 30]],
    "a text": "10,15",
}
POLYGONS = {
    "of no point": [],
    "of one point": [[5, 5]],
    "of two points": [[5, 5], [50, 50]],
    "of one place": [[5, 5]] * 4,
    "on a line": [[5, 5], [10, 10], [20, 20]],
    "of half a point": [[5, 5], [50], [20, 20]],
    "of words": [["5", 5], [50, 5], [20, 20]],
    "beyond the image": [[5, 5], [5000, 5], [20, 50]],
}


@pytest.fixture
def team() -> Team:
    team = Team(overlap=1)
    make_task(team.dataset)
    return team


@pytest.fixture
def task(team: Team) -> dict[str, Any]:
    (task,) = team.next("Ann")["tasks"]
    return task


def still_open(team: Team, task: dict[str, Any]) -> bool:
    """Nothing was kept of what came before, and what is right is taken."""
    kept = Revision.objects.exists()
    return not kept and team.answer("Ann", task, STOP).status_code == 200


def post_raw(team: Team, task: dict[str, Any], body: str) -> Any:
    return team.browsers["Ann"].post(
        f"/api/tasks/{task['id']}/answer/",
        body.encode(),
        content_type="application/json",
        headers={"Idempotency-Key": str(uuid7())},
    )


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_is_finite_and_a_number(team: Team, task: dict[str, Any], number: str) -> None:
    body = json.dumps({"answer": "accept", "lease": task["lease"], "spans": [{**STOP, "x": 4321}]})
    reply = post_raw(team, task, body.replace("4321", number))
    assert reply.status_code == 400, reply.content
    assert reply.json()["code"]
    assert still_open(team, task)


@pytest.mark.parametrize("change", BOXES.values(), ids=BOXES)
def test_a_box_has_a_place_on_the_image_and_a_label(
    team: Team, task: dict[str, Any], change: dict[str, Any]
) -> None:
    reply = team.answer("Ann", task, {**STOP, **change})
    assert reply.status_code == 400, reply.content
    assert reply.json()["detail"]
    assert still_open(team, task)


@pytest.mark.parametrize("points", EXTREMES.values(), ids=EXTREMES)
def test_extreme_points_are_four_and_span_the_box(
    team: Team, task: dict[str, Any], points: Any
) -> None:
    reply = team.answer("Ann", task, {**STOP, "extreme_points": points})
    assert reply.status_code == 400, reply.content
    assert reply.json()["code"] == "invalid_spans"
    assert still_open(team, task)


@pytest.mark.parametrize("points", POLYGONS.values(), ids=POLYGONS)
def test_a_polygon_has_an_area(team: Team, task: dict[str, Any], points: Any) -> None:
    reply = team.answer("Ann", task, {"type": "polygon", "points": points, "label": "stop"})
    assert reply.status_code == 400, reply.content
    assert still_open(team, task)


@pytest.mark.parametrize(
    "spans",
    [
        [STOP] * 20_000,
        [{"type": "polygon", "points": [[n % 200, n % 100] for n in range(100_000)]}],
    ],
    ids=["20,000 boxes", "100,000 points"],
)
def test_nobody_draws_that_much(team: Team, task: dict[str, Any], spans: list[Any]) -> None:
    assert team.answer("Ann", task, *spans).status_code in {400, 413}
    assert still_open(team, task)


def test_brackets_without_end_are_refused(team: Team, task: dict[str, Any]) -> None:
    reply = post_raw(team, task, '{"spans": ' + "[" * 100_000 + "]" * 100_000 + "}")
    assert (reply.status_code, reply.json()["code"]) == (400, "too_deep")
    assert still_open(team, task)


def test_the_lease_of_somebody_else_answers_nothing(team: Team, task: dict[str, Any]) -> None:
    assert team.answer("Ben", task, STOP).status_code in {403, 409}
    for lease in ("", "no lease", str(uuid7())):
        reply = team.answer("Ben", {**task, "lease": lease}, STOP)
        assert reply.status_code in {400, 403, 409}, reply.content
    assert still_open(team, task)


def test_who_skipped_a_task_answers_it_no_more(team: Team, task: dict[str, Any]) -> None:
    skip = {"reason": "unclear"}
    assert team.post("Ann", f"tasks/{task['id']}/skip/", skip).status_code == 204
    (bens,) = team.next("Ben")["tasks"]
    assert team.answer("Ann", task, STOP).json().get("late") is not False
    assert team.answer("Ben", bens, STOP).json()["late"] is False


def test_what_is_answered_cannot_be_skipped(team: Team, task: dict[str, Any]) -> None:
    assert team.answer("Ann", task, STOP).status_code == 200
    skip = {"reason": "unclear"}
    assert team.post("Ann", f"tasks/{task['id']}/skip/", skip).status_code == 409
    assert Revision.objects.count() == 1
