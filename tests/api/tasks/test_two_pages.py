"""One person with two pages open: neither overwrites unseen what the other has saved."""

from __future__ import annotations

from typing import Any

import pytest

from apps.tasks.models import Draft, Revision
from concord.ids import uuid7
from tests.factories import make_task
from tests.team import Team, box

pytestmark = pytest.mark.django_db

STOP = box(10, 10, 40, 20, "stop")
YIELD = box(90, 10, 40, 20, "yield")


@pytest.fixture
def team() -> Team:
    team = Team()
    make_task(team.dataset)
    return team


def save(team: Team, task: dict[str, Any], *boxes: dict[str, Any], base: int | None) -> Any:
    return team.browsers["Ann"].put(
        f"/api/tasks/{task['id']}/draft/",
        {"body": {"spans": list(boxes)}, "base": base},
        content_type="application/json",
    )


def test_a_draft_builds_on_the_one_that_the_page_knew(team: Team) -> None:
    (task,) = team.next("Ann")["tasks"]
    assert (task["draft"], task["draft_version"]) == (None, 0)
    assert save(team, task, STOP, base=0).json() == {"version": 1}
    assert save(team, task, STOP, YIELD, base=1).json() == {"version": 2}
    stale = save(team, task, YIELD, base=1)
    assert (stale.status_code, stale.json()["code"]) == (412, "draft_stale")
    assert stale.json()["current"] == {"version": 2, "body": {"spans": [STOP, YIELD]}}
    assert save(team, task, YIELD, base=2).json() == {"version": 3}


def test_a_save_whose_reply_was_lost_can_be_repeated(team: Team) -> None:
    (task,) = team.next("Ann")["tasks"]
    for _ in range(2):
        assert save(team, task, STOP, base=0).json() == {"version": 1}


def test_a_draft_cannot_build_on_one_that_is_gone(team: Team) -> None:
    (task,) = team.next("Ann")["tasks"]
    save(team, task, STOP, base=0)
    team.answer("Ann", task, STOP)
    stale = save(team, task, YIELD, base=1)
    assert (stale.status_code, stale.json()["current"]) == (412, None)
    assert not Draft.objects.exists()


def test_a_script_without_a_base_saves_whatever_was_there(team: Team) -> None:
    (task,) = team.next("Ann")["tasks"]
    save(team, task, STOP, base=0)
    assert save(team, task, YIELD, base=None).json() == {"version": 2}


@pytest.mark.parametrize("base", [{}, {"base": 0}])
def test_the_same_lease_answers_once(team: Team, base: dict[str, int]) -> None:
    (task,) = team.next("Ann")["tasks"]
    assert team.answer("Ann", task, STOP, seconds=12.5).status_code == 200
    stale = team.answer("Ann", task, YIELD, **base)
    assert (stale.status_code, stale.json()["code"]) == (412, "answer_stale")
    current = stale.json()["current"]
    assert (current["revision"], current["answer"], current["seconds"]) == (1, "accept", 12.5)
    assert [span["label"] for span in current["spans"]] == ["stop"]
    assert Revision.objects.count() == 1


def test_an_edit_names_the_revision_that_it_replaces(team: Team) -> None:
    (task,) = team.next("Ann")["tasks"]
    assert task["revision"] == 0
    team.answer("Ann", task, STOP)
    again = team.get("Ann", f"tasks/{task['id']}/mine/").json()
    assert (again["revision"], again["lease"]) == (1, None)
    assert team.answer("Ann", again, YIELD, base=1).json()["revision"] == 2
    assert team.answer("Ann", again, STOP, base=1).json()["code"] == "answer_stale"
    assert team.answer("Ann", again, STOP, base=2).json()["revision"] == 3


def test_a_retry_gets_its_first_reply_whatever_came_since(team: Team) -> None:
    (task,) = team.next("Ann")["tasks"]
    body = {"answer": "accept", "spans": [STOP], "lease": task["lease"], "base": 0}
    path, key = f"tasks/{task['id']}/answer/", {"Idempotency-Key": str(uuid7())}
    first = team.post("Ann", path, body, **key)
    assert team.answer("Ann", {**task, "lease": None}, YIELD, base=1).status_code == 200
    assert team.post("Ann", path, body, **key).json() == first.json()
    assert Revision.objects.count() == 2


def test_a_page_that_somebody_else_left_open_is_not_logged_in(team: Team) -> None:
    (task,) = team.next("Ann")["tasks"]
    page = {"X-Concord-User": str(team.people["Ben"].id), "Idempotency-Key": str(uuid7())}
    body = {"answer": "accept", "spans": [STOP], "lease": task["lease"], "base": 0}
    assert team.post("Ann", f"tasks/{task['id']}/answer/", body, **page).status_code == 401
    own = {**page, "X-Concord-User": str(team.people["Ann"].id)}
    assert team.post("Ann", f"tasks/{task['id']}/answer/", body, **own).status_code == 200
