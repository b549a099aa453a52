"""What can be said alike of conflicts of every kind, and what comes of it."""

from __future__ import annotations

from typing import Any

import pytest

from apps.reviews.models import Final
from tests.api.reviews.gridded import STOP, disputed, points, reasons, said, say
from tests.factories import make_group, make_task
from tests.team import Team, box

pytestmark = pytest.mark.django_db

PETS = [{"id": 1, "text": "cat"}, {"id": "1", "text": "dog"}]


def answers(team: Team, *bodies: dict[str, Any]) -> None:
    for who, body in zip(("Ann", "Ben", "Olga"), bodies, strict=False):
        (task,) = team.next(who)["tasks"]
        reply = team.answer(who, task, **body)
        assert reply.status_code == 200, reply.content


def takes(told: dict[str, Any]) -> list[tuple[str, str]]:
    (alike,) = told["sets"]
    return [(take["key"], take["text"]) for take in alike["takes"]]


def test_single_choice() -> None:
    team = Team(interface="choice", options=PETS)
    for name in ("a.jpg", "b.jpg"):
        make_task(team.dataset, name=name)
        answers(team, {"accept": [1]}, {"accept": []})
    told = points(team)
    assert takes(told) == [("option [1]", "cat"), ('option ["1"]', "dog"), ("option []", "none")]
    first, second = told["results"]
    assert first["votes"] == {"option [1]": 1, 'option ["1"]': 0, "option []": 1}
    assert (first["span"], first["proposal"]) == (None, None)
    said(team, [first], "take", 'option ["1"]')
    said(team, [second], "take", "option []")
    assert [final.accept for final in Final.objects.order_by("created_at")] == [["1"], []]


def test_a_majority_is_what_is_proposed() -> None:
    team = Team(interface="choice", options=PETS, overlap=3)
    make_task(team.dataset)
    answers(team, {"accept": [1]}, {"accept": [1]}, {"accept": ["1"]})
    told = points(team)
    assert told["results"][0]["proposal"] == "option [1]"
    said(team, told["results"], "accept")
    assert Final.objects.get().accept == [1]


def test_several_options_are_a_question_each() -> None:
    team = Team(interface="choice", options=PETS, choice_style="multiple")
    make_task(team.dataset)
    answers(team, {"accept": [1, "1"]}, {"accept": []})
    told = points(team)
    cat, dog = told["results"]
    assert cat["set"] != dog["set"]
    assert cat["votes"] == {"picked": 1, "left": 1}
    said(team, [cat], "take", "picked")
    assert said(team, [dog], "take", "left")["decided"][0]["closed"] is True
    assert Final.objects.get().accept == [1]


def test_images_to_pick_from_are_one_set() -> None:
    team = Team(interface="image_choice")
    make_group(team.dataset, "a.jpg", "b.jpg", "c.jpg")
    (ann,), (ben,) = team.next("Ann")["tasks"], team.next("Ben")["tasks"]
    tiles = [image["id"] for image in ann["images"]]
    assert team.answer("Ann", ann, accept=tiles[:1]).status_code == 200
    assert team.answer("Ben", ben, accept=tiles[1:2]).status_code == 200
    told = points(team)
    assert len(told["sets"]) == 1
    assert sorted(row["image"]["id"] for row in told["results"]) == sorted(tiles[:2])
    said(team, told["results"], "take", "picked")
    assert sorted(Final.objects.get().accept) == sorted(tiles[:2])


def test_accept_or_reject() -> None:
    team = Team(interface="classification")
    for name in ("a.jpg", "b.jpg"):
        make_task(team.dataset, name=name)
        answers(team, {"answer": "accept"}, {"answer": "reject"})
    told = points(team)
    assert takes(told)[:2] == [("answer accept", "accepted"), ("answer reject", "rejected")]
    assert told["results"][0]["votes"]["answer ignore"] == 0
    assert reasons(say(team, told["results"], "take", "answer ignore")) == ["nobody_said_so"] * 2
    said(team, told["results"], "take", "answer reject")
    assert {final.answer for final in Final.objects.all()} == {"reject"}
    assert say(team, told["results"], "delete").json()["code"] == "unknown_take"


def test_objects_are_there_or_not() -> None:
    team = Team(coverage=0)
    disputed(team, ([STOP], []), ([STOP], []))
    told = points(team)
    assert takes(told) == [("there", "there"), ("gone", "not there")]
    assert told["results"][0]["votes"] == {"there": 1, "gone": 1}
    assert told["results"][0]["proposal"] == "there"
    said(team, told["results"], "take", "gone")
    assert points(team)["results"] == []


def test_extents_are_as_merged() -> None:
    team = Team(coverage=0)
    disputed(team, ([STOP], [box(10, 10, 80, 20, "stop")]))
    told = points(team)
    (row,) = told["results"]
    assert (row["kind"], row["proposal"], takes(told)) == (
        "extent",
        "merged",
        [("merged", "the merged shape")],
    )
    assert {each["span"]["width"] for each in row["drawn"]} == {40, 80}
    assert said(team, [row], "accept")["decided"][0]["closed"] is True


def test_one_box_over_several() -> None:
    team = Team(coverage=0)
    apart = [box(10, 10, 40, 40, "stop"), box(52, 10, 40, 40, "stop")]
    disputed(team, (apart, [box(10, 10, 82, 40, "stop")]))
    (row,) = [each for each in points(team)["results"] if each["kind"] == "group"]
    assert row["proposal"] == "apart"
    assert row["votes"] == {"apart": 1, "one": 1}
    assert len(row["drawn"]) >= 2
    said(team, [row], "take", "one")


def test_drawn_twice() -> None:
    team = Team(coverage=0)
    disputed(team, ([STOP, box(10, 10, 40, 20.5, "stop")], [STOP]))
    told = points(team)
    assert [(row["kind"], row["proposal"]) for row in told["results"]] == [("duplicate", "once")]
    said(team, told["results"], "accept")
    assert len(Final.objects.get().spans) == 1


def test_blocks() -> None:
    options = [{"id": "day", "text": "Day"}, {"id": "night", "text": "Night"}]
    blocks = [{"id": "when", "type": "choice", "title": "When?", "options": options}]
    team = Team(coverage=0, blocks=blocks)
    make_task(team.dataset)
    answers(team, {"attributes": {"when": "day"}}, {"attributes": {"when": "night"}})
    told = points(team)
    assert takes(told) == [
        ('option ["day"]', "Day"),
        ('option ["night"]', "Night"),
        ("option []", "none"),
    ]
    assert told["results"][0]["proposal"] is None
    said(team, told["results"], "take", 'option ["night"]')
    # Nobody drew anything, so it is closed.
    assert Final.objects.get().attributes == {"when": "night"}


def test_what_was_written_in_words() -> None:
    team = Team(coverage=0, blocks=[{"id": "note", "type": "text", "title": "Note"}])
    make_task(team.dataset)
    answers(team, {"attributes": {"note": "blurred"}}, {})
    told = points(team)
    assert sorted(takes(told)) == [('option ["blurred"]', "blurred"), ("option []", "none")]
    said(team, told["results"], "take", 'option ["blurred"]')
    assert Final.objects.get().attributes == {"note": "blurred"}
