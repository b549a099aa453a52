"""Tasks that go to some people, and not to others."""

from __future__ import annotations

from typing import Any

import pytest

from apps.datasets.models import Role
from apps.tasks.models import Slot, Task
from tests.factories import add_member, make_task, make_user
from tests.team import Team, box

pytestmark = pytest.mark.django_db

CATS = {"meta": "kind", "equals": "cat", "to": ["ann@example.org"]}
NAMED = {"meta": "for", "to": "named"}
NOT_THE_AUTHOR = {"meta": "author", "to": "others"}


def ids(reply: dict[str, Any]) -> list[str]:
    return [task["id"] for task in reply["tasks"]]


def test_a_routed_task_goes_to_its_people_and_to_nobody_else() -> None:
    team = Team(overlap=2, routing=[CATS])
    task = make_task(team.dataset, meta={"kind": "cat"})
    assert (task.overlap, task.slots.count()) == (1, 1), "one person, so one answer"
    nothing = team.next("Ben")
    assert (nothing["tasks"], nothing["left"]) == ([], 0)
    assert nothing["reason"] == {
        "code": "not_allowed",
        "detail": "What is left is meant for other people.",
        "until": None,
    }
    assert team.get("Ben", f"datasets/{team.dataset.slug}/progress/").json()["mine"]["left"] == 0
    mine = team.next("Ann")
    assert (ids(mine), mine["left"]) == ([str(task.id)], 1)
    assert team.answer("Ann", mine["tasks"][0], box(1, 1, 9, 9, "stop")).status_code == 200
    assert Task.objects.get().state == "final"
    assert team.next("Ben")["reason"]["code"] == "done"


def test_others_are_not_told_to_wait_for_what_they_will_not_get() -> None:
    team = Team(overlap=1, routing=[CATS])
    make_task(team.dataset, meta={"kind": "cat"})
    team.next("Ann")
    assert team.next("Ben")["reason"]["code"] == "done"


def test_a_task_goes_to_the_person_whom_it_names_however_they_are_written() -> None:
    team = Team(overlap=3, routing=[NAMED])
    task = make_task(team.dataset, meta={"for": ["BEN@example.org", "rita@example.org"]})
    assert task.overlap == 2
    assert team.next("Ann")["tasks"] == []
    assert ids(team.next("Ben")) == ids(team.next("Rita")) == [str(task.id)]


def test_authors_do_not_get_what_they_made() -> None:
    team = Team(overlap=2, routing=[NOT_THE_AUTHOR])
    task = make_task(team.dataset, meta={"author": "ann@example.org"})
    assert team.next("Ann")["reason"]["code"] == "not_allowed"
    assert ids(team.next("Ben")) == [str(task.id)]
    assert task.overlap == 2


def test_where_everybody_answers_the_author_is_not_among_them() -> None:
    team = Team(overlap="all", routing=[NOT_THE_AUTHOR])
    task = make_task(team.dataset, meta={"author": "ann@example.org"})
    assert task.overlap == 1
    assert team.next("Ann")["tasks"] == []
    add_member(team.dataset, make_user("Cleo"), Role.ANNOTATOR)
    assert make_task(team.dataset, name="b.jpg", meta={"author": "ann@example.org"}).overlap == 2


def test_a_newcomer_does_not_open_what_is_meant_for_others() -> None:
    team = Team(overlap="all", routing=[CATS])
    make_task(team.dataset, meta={"kind": "cat"})
    (task,) = team.next("Ann")["tasks"]
    team.answer("Ann", task)
    assert team.next("Ben")["tasks"] == []
    assert Slot.objects.count() == 1


@pytest.mark.parametrize(
    "route",
    [
        {"meta": "", "to": "named"},
        {"meta": "kind", "to": "everybody"},
        {"meta": "kind", "to": []},
        {"meta": "kind", "to": ["ann@example.org"]},
        {"meta": "kind", "to": ["Ann"], "equals": "cat"},
        {"meta": "kind", "to": ["ann@example.org"], "equals": ["cat"]},
        {"meta": "kind", "to": "named", "equals": "cat"},
        {"meta": "kind"},
        {"meta": "kind", "to": "named", "from": "x"},
        "cat",
    ],
)
def test_a_route_that_makes_no_sense_is_refused(route: Any) -> None:
    team = Team()
    reply = team.browsers["Olga"].patch(
        f"/api/datasets/{team.dataset.slug}/",
        {"routing": [route]},
        content_type="application/json",
        headers={"If-Match": '"1"'},
    )
    assert reply.status_code == 400
    assert list(reply.json()["errors"]) == ["routing"]
