"""Decisions that cite a paragraph, what annotators see of them, and their word against it."""

from __future__ import annotations

from typing import Any

import pytest

from apps.datasets.actions.guidelines import save_guideline
from apps.tasks.models import Mention, Thread
from concord.ids import uuid7
from tests.factories import make_task
from tests.team import Team, both_answer, box

pytestmark = pytest.mark.django_db

STOP, YIELD = box(10, 10, 40, 20, "stop"), box(10, 10, 40, 20, "yield")
TEXT = "# Labels\nA yield sign stands on its tip.\n\n- Red is stop\n"


@pytest.fixture
def team() -> Team:
    team = Team()
    for place in range(3):
        make_task(team.dataset, name=f"{place}.jpg", order_key=place)
    save_guideline(dataset=team.dataset, actor=team.people["Olga"], text=TEXT, based_on=0)
    return team


def decide(team: Team, **more: Any) -> Any:
    (task,) = team.review(sort="oldest")["tasks"]
    verdict = {"conflict": task["conflicts"][0]["id"], "action": "label", "label": "stop", **more}
    return task["id"], team.decide(task, verdict, final=verdict["action"] != "send_back")


def cite(paragraph: int, version: int = 1) -> dict[str, Any]:
    return {"guideline": {"version": version, "paragraph": paragraph}}


def mine(team: Team, who: str) -> list[dict[str, Any]]:
    path = f"datasets/{team.dataset.slug}/quality/mine/items/"
    found: list[dict[str, Any]] = team.get(who, path).json()["items"]
    return found


def disputed(team: Team) -> list[tuple[int, int, str, int]]:
    rows = team.get("Rita", f"datasets/{team.dataset.slug}/disputed-paragraphs/").json()
    return [
        (row["cited"]["version"], row["cited"]["paragraph"], row["cited"]["text"], row["decisions"])
        for row in rows["paragraphs"]
    ]


def test_a_decision_cites_a_paragraph_that_there_is(team: Team) -> None:
    both_answer(team, [STOP], [YIELD])
    for missing in (cite(3), cite(1, version=2)):
        assert decide(team, **missing)[1].json()["code"] == "unknown_paragraph"
    task, reply = decide(team, **cite(2))
    assert reply.status_code == 200, reply.content
    (told,) = team.get("Rita", f"tasks/{task}/").json()["decisions"]
    assert told["guideline"] == {
        "version": 1,
        "paragraph": 2,
        "heading": "Labels",
        "text": "Red is stop",
    }
    path = f"datasets/{team.dataset.slug}/guidelines/1/"
    paragraphs = team.get("Ann", path).json()["paragraphs"]
    assert [(row["number"], row["text"]) for row in paragraphs] == [
        (1, "A yield sign stands on its tip."),
        (2, "Red is stop"),
    ]


def test_paragraphs_are_ranked_by_the_disputes_that_they_caused(team: Team) -> None:
    for _ in range(3):
        both_answer(team, [STOP], [YIELD])
    first, _ = decide(team, **cite(2))
    # The same words under another number are the same paragraph.
    text = "Look twice.\n\n" + TEXT
    save_guideline(dataset=team.dataset, actor=team.people["Olga"], text=text, based_on=1)
    second, _ = decide(team, **cite(3, version=2))
    decide(team, **cite(1, version=2))
    assert disputed(team) == [(2, 3, "Red is stop", 2), (2, 1, "Look twice.", 1)]
    rows = team.get("Rita", f"datasets/{team.dataset.slug}/disputed-paragraphs/").json()
    assert rows["paragraphs"][0]["tasks"] == [second, first]


def test_an_annotator_sees_what_was_changed_and_why(team: Team) -> None:
    both_answer(team, [STOP], [YIELD])
    task, _ = decide(team, **cite(2))
    assert mine(team, "Ann") == []
    (item,) = mine(team, "Ben")
    assert (item["outcome"], item["task"]) == ("changed", task)
    assert [change["kind"] for change in item["changes"]] == ["relabelled"]
    assert item["before"]["spans"][0]["label"] == "yield"
    assert item["after"]["spans"][0]["label"] == "stop"
    assert [row["text"] for row in item["cited"]] == ["Red is stop"]


def test_an_annotator_sees_what_came_back_and_what_they_made_of_it(team: Team) -> None:
    both_answer(team, [STOP], [YIELD])
    decide(team, action="send_back", label=None, version="B", fault="guideline", **cite(1))
    (item,) = mine(team, "Ben")
    assert (item["outcome"], item["after"]) == ("returned", None)
    assert [row["fault"] for row in item["remarks"]] == ["guideline"]
    assert [row["paragraph"] for row in item["cited"]] == [1]
    (again,) = team.next("Ben")["tasks"]
    assert team.answer("Ben", again, STOP).status_code == 200
    (item,) = mine(team, "Ben")
    assert item["after"]["spans"][0]["label"] == "stop"


def test_who_disagrees_calls_who_decided(team: Team) -> None:
    both_answer(team, [STOP], [YIELD])
    task, _ = decide(team)
    key = {"Idempotency-Key": str(uuid7())}
    for _ in range(2):
        reply = team.post("Ben", f"tasks/{task}/disagree/", {"text": "It is on its tip."}, **key)
        assert reply.status_code == 201, reply.content
    assert "Rita" not in reply.content.decode()
    assert Thread.objects.count() == 1
    assert [row.user.name for row in Mention.objects.all()] == ["Rita"]
    (open_one,) = team.get("Rita", f"datasets/{team.dataset.slug}/threads/").json()["results"]
    assert open_one["comments"][0]["text"] == "It is on its tip."
    assert [row["id"] for row in team.get("Rita", "home/").json()["threads"]] == [open_one["id"]]
    assert team.post("Zoe", f"tasks/{task}/disagree/", {"text": "?"}, **key).status_code == 404
