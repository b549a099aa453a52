"""The data browser, and one task's whole page."""

from __future__ import annotations

from typing import Any

import pytest

from apps.datasets.models import Label, Role
from apps.tasks.models import Task
from tests.factories import add_member, browser_of, make_task, make_user
from tests.team import Team, both_answer, box

pytestmark = pytest.mark.django_db

QUERIES_OF_BROWSER = 9
STOP = box(10, 10, 40, 20, "stop")
YIELD = box(10, 10, 40, 20, "yield")


@pytest.fixture
def team() -> Team:
    """a is agreed, the labels of b differ, c waits for a second answer."""
    team = Team()
    for place, name in enumerate(("a.jpg", "b.jpg", "c.jpg")):
        make_task(team.dataset, name=name, order_key=place)
    both_answer(team, [STOP], [box(12, 10, 40, 20, "stop")])
    both_answer(team, [STOP], [YIELD])
    (task,) = team.next("Ann")["tasks"]
    assert team.answer("Ann", task, YIELD).status_code == 200
    return team


def rows(team: Team, who: str, query: str = "") -> list[dict[str, Any]]:
    reply = team.get(who, f"datasets/street-signs/tasks/{query}")
    assert reply.status_code == 200, reply.content
    found: list[dict[str, Any]] = reply.json()["results"]
    return found


def names(found: list[dict[str, Any]]) -> list[str]:
    return [row["image"]["name"] for row in found]


def page(team: Team, who: str, name: str) -> Any:
    task = Task.objects.get(task_images__image__name=name)
    return team.get(who, f"tasks/{task.id}/")


def test_reviewers_see_every_task_with_what_is_drawn(team: Team) -> None:
    agreed, disputed, waiting = rows(team, "Rita")
    assert names([agreed, disputed, waiting]) == ["a.jpg", "b.jpg", "c.jpg"]
    assert agreed["image"]["thumbnail"] == f"/api/images/{agreed['image']['id']}/thumbnail/"
    (span,) = agreed["spans"]
    assert (span["label"], span["x"], span["width"]) == ("stop", 11, 40)
    assert (agreed["state"], agreed["labels"], agreed["answers"]) == ("final", ["stop"], 2)
    assert (disputed["state"], disputed["conflict_kinds"]) == ("conflicted", ["label"])
    assert (disputed["labels"], len(disputed["spans"])) == ([], 1)  # the labels are tied
    assert (waiting["state"], waiting["answers"], waiting["spans"]) == ("open", 1, [])


@pytest.mark.parametrize("who", ["Ann", "Ben"])
def test_annotators_find_final_tasks_only(team: Team, who: str) -> None:
    assert names(rows(team, who)) == ["a.jpg"]
    assert rows(team, who, "?state=conflicted") == []
    assert rows(team, who, "?conflict=label") == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?state=open", ["c.jpg"]),
        ("?state=final&label=stop", ["a.jpg"]),
        ("?label=yield", []),
        ("?conflict=label", ["b.jpg"]),
        ("?conflict=extent", []),
        ("?order=-updated_at", ["c.jpg", "b.jpg", "a.jpg"]),
        ("?order=order_key&limit=2", ["a.jpg", "b.jpg"]),
    ],
)
def test_filters_and_orders(team: Team, query: str, found: list[str]) -> None:
    assert names(rows(team, "Rita", query)) == found


def test_a_merged_label_is_found_by_the_name_of_its_successor(team: Team) -> None:
    stop, give_way = Label.objects.order_by("position")
    Label.objects.filter(pk=stop.pk).update(merged_into=give_way)
    (row,) = rows(team, "Rita", "?label=yield")
    assert (names([row]), row["labels"]) == (["a.jpg"], ["yield"])


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("?state=lost", "bad_state"),
        ("?label=cat", "unknown_label"),
        ("?label=stop%00", "unknown_label"),
        ("?conflict=war", "bad_conflict"),
        ("?order=locked_at", "bad_order"),
        ("?dataset__created_by__password__startswith=a", "unknown_parameter"),
    ],
)
def test_what_the_browser_does_not_know_is_refused(team: Team, query: str, code: str) -> None:
    reply = team.get("Rita", f"datasets/street-signs/tasks/{query}")
    assert (reply.status_code, reply.json()["code"]) == (400, code)


def test_pages_follow_one_another(team: Team) -> None:
    first = team.get("Rita", "datasets/street-signs/tasks/?limit=2&order=-updated_at").json()
    second = team.browsers["Rita"].get(first["next"]).json()
    assert names(first["results"] + second["results"]) == ["c.jpg", "b.jpg", "a.jpg"]
    assert second["next"] is None


@pytest.mark.parametrize("limit", [1, 3])
def test_more_rows_take_no_more_queries(
    team: Team, limit: int, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(QUERIES_OF_BROWSER):
        assert len(rows(team, "Rita", f"?limit={limit}")) == limit


def test_the_page_of_a_disputed_task_tells_managers_who_said_what(team: Team) -> None:
    story = page(team, "Olga", "b.jpg").json()
    said = {
        row["user"]["name"]: [span["label"] for span in row["revisions"][0]["spans"]]
        for row in story["answers"]
    }
    assert said == {"Ann": ["stop"], "Ben": ["yield"]}
    (conflict,) = story["conflicts"]
    assert conflict["text"] in {
        "1 of 2 says stop, 1 says yield",
        "1 of 2 says yield, 1 says stop",
    }
    assert story["merge"]["objects"][0]["votes"] == 2
    assert [(line["actor"] or {}).get("name") for line in story["history"]] == ["Ann", None, "Ben"]
    assert [line["kind"] for line in story["history"]] == [
        "answer.created",
        "task.state",
        "answer.created",
    ]


def test_reviewers_judge_versions_not_people_until_the_task_is_final(team: Team) -> None:
    reply = page(team, "Rita", "b.jpg")
    for name in ("Ann", "Ben"):
        assert name not in reply.content.decode()
        assert str(team.people[name].id) not in reply.content.decode()
    assert {row["version"] for row in reply.json()["answers"]} == {"A", "B"}
    final = page(team, "Rita", "a.jpg").json()
    assert {row["user"]["name"] for row in final["answers"]} == {"Ann", "Ben"}


def test_a_decision_is_told_with_its_author_and_where_the_shape_came_from(team: Team) -> None:
    (task,) = team.review()["tasks"]
    rule = {"conflict": task["conflicts"][0]["id"], "action": "label", "label": "yield"}
    assert team.decide(task, rule, final=True).status_code == 200
    story = page(team, "Rita", "b.jpg").json()
    (decision,) = story["decisions"]
    assert (decision["action"], decision["label"], decision["by"]["name"]) == (
        "label",
        "yield",
        "Rita",
    )
    assert (story["state"], story["locked"]) == ("final", True)
    assert story["final"]["origin"] == "decided"
    assert story["final"]["decided_by"]["name"] == "Rita"
    (made,) = story["final"]["objects"]
    assert {member["version"] for member in made["members"]} == {"A", "B"}
    assert made["rulings"] == [decision["id"]]


def test_annotators_see_the_question_and_the_final_but_no_answers_of_others(team: Team) -> None:
    disputed = page(team, "Ann", "b.jpg").json()
    assert disputed["images"][0]["name"] == "b.jpg"
    assert disputed["final"] is None
    for part in ("answers", "conflicts", "decisions", "history"):
        assert disputed[part] == []
    final = page(team, "Ann", "a.jpg").json()
    assert final["final"]["spans"][0]["label"] == "stop"
    assert (final["answers"], final["final"]["objects"]) == ([], [])


def test_viewers_see_final_tasks_only_and_outsiders_nothing(team: Team) -> None:
    viewer = make_user("Vic")
    add_member(team.dataset, viewer, Role.VIEWER)
    final, disputed, _ = Task.objects.order_by("order_key")
    assert browser_of(viewer).get(f"/api/tasks/{final.id}/").status_code == 200
    assert browser_of(viewer).get(f"/api/tasks/{disputed.id}/").status_code == 404
    assert team.get("Zoe", f"tasks/{final.id}/").status_code == 404
    assert team.get("Zoe", "datasets/street-signs/tasks/").status_code == 404
