"""Blocks from the settings over answers and a review to the final answer."""

from __future__ import annotations

from typing import Any

import pytest

from apps.reviews.models import Final
from tests.factories import make_task
from tests.team import Team, box

pytestmark = pytest.mark.django_db

OPTIONS = [{"id": 0, "text": "Sun"}, {"id": "1", "text": "Rain"}, {"id": 1, "text": "Fog"}]
BLOCKS = [
    {"id": "weather", "type": "choice", "title": "Weather", "options": OPTIONS, "required": True},
    {"id": "seen", "type": "choice", "title": "Seen", "options": OPTIONS, "multiple": True},
    {"id": "note", "type": "text", "title": "Note"},
]
STOP = box(10, 10, 40, 20, "stop")


@pytest.fixture
def team() -> Team:
    team = Team(blocks=BLOCKS)
    make_task(team.dataset)
    return team


def say(team: Team, who: str, *boxes: dict[str, Any], **more: Any) -> Any:
    (task,) = team.next(who)["tasks"]
    return team.answer(who, task, *boxes, **more)


def test_the_page_gets_the_blocks_with_the_dataset(team: Team) -> None:
    shown = team.get("Ann", "datasets/street-signs/").json()["blocks"]
    assert [(block["id"], block["type"]) for block in shown] == [
        ("weather", "choice"),
        ("seen", "choice"),
        ("note", "text"),
    ]
    assert [option["id"] for option in shown[0]["options"]] == [0, "1", 1]


@pytest.mark.parametrize(
    ("attributes", "code", "at"),
    [
        ({"wether": 0}, "unknown_block", "wether"),
        ({"weather": "0"}, "unknown_option", "weather"),
        ({"weather": [0]}, "wrong_type", "weather"),
        ({"weather": 0, "seen": [0, 0]}, "option_twice", "seen"),
        ({"weather": 0, "note": "x" * 2001}, "text_too_long", "note"),
    ],
)
def test_an_answer_that_fits_no_block_is_refused_in_its_place(
    team: Team, attributes: dict[str, Any], code: str, at: str
) -> None:
    reply = say(team, "Ann", STOP, attributes=attributes)
    assert (reply.status_code, reply.json()["code"]) == (400, code)
    assert list(reply.json()["errors"]["attributes"]) == [at]


def test_a_required_block_is_a_rule_for_accepting(team: Team) -> None:
    reply = say(team, "Ann", STOP)
    assert reply.json()["errors"] == {"blocks": ["Weather needs an answer."]}
    assert say(team, "Ann", answer="reject").status_code == 200


def test_what_all_say_is_final(team: Team) -> None:
    said = {"weather": 0, "seen": ["1", 1], "note": "wet"}
    for who in ("Ann", "Ben"):
        assert say(team, who, STOP, attributes=said).status_code == 200
    assert Final.objects.get().attributes == said


def test_a_reviewer_settles_blocks_by_their_digits(team: Team) -> None:
    say(team, "Ann", STOP, attributes={"weather": "1", "seen": [1], "note": "wet"})
    say(team, "Ben", STOP, attributes={"weather": 1, "seen": [0, 1]})
    (task,) = team.review()["tasks"]
    weather, seen, note = task["conflicts"]
    titles = ", ".join(sorted(block["title"] for block in BLOCKS))
    assert task["why"]["text"].startswith(f"People disagree: {titles}. ")
    assert [(row["kind"], row["block"], row["option"]) for row in task["conflicts"]] == [
        ("block", "weather", None),
        ("block", "seen", 0),
        ("block", "note", None),
    ]
    assert weather["text"] == "Weather: 1 of 2 says Rain, 1 says Fog"
    assert seen["text"] == "Seen: 1 of 2 picks Sun"
    assert [choice["text"] for choice in weather["choices"]] == ["A · Rain", "B · Fog"]
    assert [choice["text"] for choice in seen["choices"]] == ["A · not chosen", "B · chosen"]
    assert [choice["text"] for choice in note["choices"]] == ["A · wet", "B · no answer"]
    assert task["merge"]["attributes"] == {"weather": None, "seen": [1], "note": None}
    closed = team.decide(
        task,
        {"conflict": weather["id"], "action": "version", "version": "B"},
        {"conflict": seen["id"], "action": "version", "version": "B"},
        {"conflict": note["id"], "action": "version", "version": "A"},
        final=True,
    )
    assert closed.status_code == 200, closed.content
    final = closed.json()["final"]["attributes"]
    assert final == {"weather": 1, "seen": [0, 1], "note": "wet"}


def test_a_tie_cannot_be_accepted(team: Team) -> None:
    say(team, "Ann", attributes={"weather": 0})
    say(team, "Ben", attributes={"weather": 1})
    (task,) = team.review()["tasks"]
    (weather,) = task["conflicts"]
    reply = team.decide(task, {"conflict": weather["id"], "action": "accept"})
    assert reply.json()["code"] == "undecidable_no_proposal"
