"""A person's own answers: listed, filtered, searched, and nobody else's."""

from __future__ import annotations

from typing import Any

import pytest

from apps.tasks.models import Task, TaskImage
from tests.factories import make_group, make_task
from tests.team import Team, box

STOP = box(10, 10, 40, 20, "stop")
YIELD = box(10, 10, 40, 20, "yield")

pytestmark = pytest.mark.django_db


def mine(team: Team, query: str = "", *, who: str = "Ann") -> list[str]:
    """The images' names of the answers that somebody finds, newest first."""
    return [row["name"] for row in rows(team, query, who=who)]


def rows(team: Team, query: str = "", *, who: str = "Ann") -> list[dict[str, Any]]:
    reply = team.get(who, f"datasets/street-signs/answers/mine/{query}")
    assert reply.status_code == 200, reply.content
    found: list[dict[str, Any]] = reply.json()["results"]
    return found


@pytest.fixture
def team() -> Team:
    """Three images: Ann says stop, unsure, and yield in the fog; Ben rejects the first."""
    team = Team()
    make_task(team.dataset, name="North.jpg", order_key=0, label="Sign")
    make_task(team.dataset, name="east.jpg", order_key=1, meta={"street": {"name": "Ünter 100%"}})
    make_task(team.dataset, name="south.jpg", order_key=2, meta={"number": 4711})
    for answer in (
        {"answer": "accept", "spans": [STOP]},
        {"answer": "ignore"},
        {"answer": "accept", "spans": [YIELD], "attributes": {"weather": 'thick "fog"'}},
    ):
        (task,) = team.next("Ann")["tasks"]
        assert team.answer("Ann", task, **answer).status_code == 200
    (task,) = team.next("Ben")["tasks"]
    assert team.answer("Ben", task, answer="reject").status_code == 200
    return team


def test_the_newest_comes_first_with_what_shows_it(team: Team) -> None:
    assert mine(team) == ["south.jpg", "east.jpg", "North.jpg"]
    (ben,) = rows(team, who="Ben")
    image = TaskImage.objects.get(task_id=ben["task"]).image_id
    assert ben["thumbnail"] == f"/api/images/{image}/thumbnail/"
    assert (ben["name"], ben["answer"], ben["editable"]) == ("North.jpg", "reject", True)


def test_an_answer_is_found_by_what_it_says(team: Team) -> None:
    assert mine(team, "?answer=ignore") == ["east.jpg"]
    assert mine(team, "?answer=accept&q=south") == ["south.jpg"]
    assert mine(team, "?answer=reject") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("NORTH", ["North.jpg"]),
        ("sign", ["North.jpg"]),  # the label asked about
        ("üNTER", ["east.jpg"]),  # a text deep in the meta
        ("471", ["south.jpg"]),  # a number there
        ("number", []),  # the name of a key is no text
        ("yIEl", ["south.jpg"]),  # a label drawn
        ('"fog', ["south.jpg"]),  # a text written
        (".jpg", ["south.jpg", "east.jpg", "North.jpg"]),
        ("%25", ["east.jpg"]),  # a wildcard is a character
        ("_", []),
        ("%5C", []),
        ("  ", ["south.jpg", "east.jpg", "North.jpg"]),
    ],
)
def test_a_text_is_looked_for_in_all_that_was_seen_and_said(
    team: Team, text: str, found: list[str]
) -> None:
    assert mine(team, f"?q={text}") == found


def test_nobody_finds_what_others_said(team: Team) -> None:
    assert mine(team, "?q=stop", who="Ben") == []
    assert mine(team, "?q=north", who="Ben") == ["North.jpg"]
    assert mine(team, "?q=north", who="Olga") == []


def test_chosen_options_are_found_and_others_not() -> None:
    options = [{"id": 1, "text": "Sunny"}, {"id": "1", "text": "Rainy"}]
    team = Team(interface="choice", options=options)
    make_task(team.dataset, name="a.jpg", order_key=0)
    make_task(team.dataset, name="b.jpg", order_key=1, options=[{"id": 1, "text": "Own words"}])
    for chosen in ("1", 1):
        (task,) = team.next("Ann")["tasks"]
        assert team.answer("Ann", task, accept=[chosen]).status_code == 200
    assert mine(team, "?q=rain") == ["a.jpg"]
    assert mine(team, "?q=sun") == []
    assert mine(team, "?q=own") == ["b.jpg"]


def test_images_to_pick_from_are_neither_named_nor_found() -> None:
    team = Team(interface="image_choice")
    make_group(team.dataset, "secret-a.jpg", "secret-b.jpg", label="Which?")
    (task,) = team.next("Ann")["tasks"]
    assert team.answer("Ann", task).status_code == 200
    (row,) = rows(team, "?q=which")
    assert row["name"] == ""
    assert row["thumbnail"] == f"/api/tiles/{row['image']}/thumbnail/"
    assert team.get("Ann", row["thumbnail"].removeprefix("/api/")).status_code != 404
    assert rows(team, "?q=secret") == []


def test_what_a_reviewer_locked_says_so(team: Team) -> None:
    last = rows(team)[0]["task"]
    Task.objects.filter(pk=last).update(locked_at="2026-01-01T00:00:00Z")
    assert [row["editable"] for row in rows(team)] == [False, True, True]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("?answer=perhaps", "bad_answer"),
        (f"?q={'x' * 201}", "bad_q"),
        ("?q=a%00b", "bad_q"),
        ("?text=a", "unknown_parameter"),
    ],
)
def test_a_wrong_question_is_refused(team: Team, query: str, code: str) -> None:
    reply = team.get("Ann", f"datasets/street-signs/answers/mine/{query}")
    assert (reply.status_code, reply.json()["code"]) == (400, code)


def test_pages_of_a_search_join_without_a_gap(team: Team) -> None:
    first = team.get("Ann", "datasets/street-signs/answers/mine/?q=jpg&limit=2").json()
    second = team.get("Ann", first["next"].removeprefix("/api/")).json()
    assert [row["name"] for row in first["results"] + second["results"]] == mine(team)
