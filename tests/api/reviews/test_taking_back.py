"""A reviewer takes back what they closed, as long as nobody built on it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db.models.functions import Now

from apps.reviews.models import Decision, Final, ReviewLease
from apps.tasks.models import Task
from concord.events.models import Event
from tests.factories import add_member, browser_of, make_task, make_user
from tests.team import Team, both_answer, box

pytestmark = pytest.mark.django_db

STOP = box(10, 10, 40, 20, "stop")
LONE = box(150, 50, 20, 20, "yield")


@pytest.fixture
def team() -> Team:
    team = Team()
    make_task(team.dataset)
    return team


def close(team: Team, *, added: bool = False) -> dict[str, Any]:
    both_answer(team, [STOP, LONE], [])
    (task,) = team.review()["tasks"]
    first, last = ({"conflict": row["id"], "action": "accept"} for row in task["conflicts"])
    assert team.decide(task, first).status_code == 200
    extra = [{"conflict": None, "action": "edit", "span": {**LONE, "x": 100}}] if added else []
    assert team.decide(task, last, *extra, final=True).status_code == 200
    return dict(task)


def take_back(team: Team, task: dict[str, Any], who: str = "Rita") -> Any:
    return team.post(who, f"tasks/{task['id']}/take-back/", {})


def test_the_task_comes_back_with_its_decisions_and_a_lease(team: Team) -> None:
    task = close(team)
    reply = take_back(team, task)
    assert reply.status_code == 200, reply.content
    again = reply.json()
    assert [row["id"] for row in again["conflicts"]] == [row["id"] for row in task["conflicts"]]
    assert [row["action"] for row in again["decisions"]] == ["accept", "accept"]
    assert not Final.objects.exists()
    assert Event.objects.filter(kind="task.taken_back", actor=team.people["Rita"]).exists()
    # The last word is taken back, too, and said anew.
    last = task["conflicts"][1]["id"]
    assert team.decide(again, {"conflict": last, "action": "reset"}).status_code == 200
    assert team.decide(again, final=True).json()["code"] == "conflicts_open"
    closed = team.decide(again, {"conflict": last, "action": "delete"}, final=True)
    assert [span["label"] for span in closed.json()["final"]["spans"]] == ["stop"]
    assert Decision.objects.filter(action="reset").count() == 2


def test_what_was_added_to_the_whole_image_is_taken_back_as_well(team: Team) -> None:
    task = close(team, added=True)
    assert len(Final.objects.get().spans) == 3
    again = take_back(team, task).json()
    assert len(team.decide(again, final=True).json()["final"]["spans"]) == 2


def test_a_rejection_opens_the_conflicts_that_it_passed_over(team: Team) -> None:
    both_answer(team, [STOP, LONE], [])
    (task,) = team.review()["tasks"]
    first, second = (row["id"] for row in task["conflicts"])
    assert team.decide(task, {"conflict": first, "action": "accept"}).status_code == 200
    assert team.decide(task, {"conflict": None, "action": "reject"}, final=True).status_code == 200
    again = take_back(team, task).json()
    assert [(row["id"], row["state"]) for row in again["conflicts"]] == [
        (first, "decided"),
        (second, "open"),
    ]


def test_nobody_takes_back_what_another_closed(team: Team) -> None:
    task = close(team)
    reply = take_back(team, task, "Olga")
    assert (reply.status_code, reply.json()["code"]) == (409, "not_yours_any_more")


def test_what_was_unlocked_meanwhile_stays_as_it_is(team: Team) -> None:
    task = close(team)
    assert team.post("Olga", f"tasks/{task['id']}/unlock/", {"reason": "?"}).status_code == 200
    assert take_back(team, task).json()["code"] == "not_yours_any_more"


def test_what_people_are_measured_by_stays(team: Team) -> None:
    task = close(team)
    assert team.post("Rita", f"tasks/{task['id']}/gold/", {}).status_code == 200
    assert take_back(team, task).json()["code"] == "built_on"


def test_a_session_has_an_end(team: Team) -> None:
    task = close(team)
    Final.objects.update(created_at=Now() - timedelta(hours=13))
    assert take_back(team, task).json()["code"] == "too_late"
    assert Task.objects.get().locked_at is not None


def test_the_lease_is_kept_by_a_heartbeat_and_given_back(team: Team) -> None:
    both_answer(team, [STOP], [])
    (task,) = team.review()["tasks"]
    path = f"tasks/{task['id']}/review/"
    ReviewLease.objects.update(expires_at=Now() - timedelta(hours=1))
    kept = team.post("Rita", path, {"lease": task["lease"]})
    assert kept.json()["lease_expires_at"] == task["lease_expires_at"]  # time stands still here
    assert team.browsers["Rita"].delete(f"/api/{path}").status_code == 204
    lost = team.post("Rita", path, {"lease": task["lease"]})
    assert (lost.status_code, lost.json()["code"]) == (409, "lease_lost")
    add_member(team.dataset, eve := make_user("Eve"), "reviewer")
    reply = browser_of(eve).post(
        f"/api/datasets/{team.dataset.slug}/review/next/", {}, content_type="application/json"
    )
    assert [row["id"] for row in reply.json()["tasks"]] == [task["id"]]
