"""An answer that goes back: pinned, to its author, and then before the eyes that asked for it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db.models.functions import Now

from apps.datasets.models import Membership
from apps.tasks.models import Return, Task
from concord.events.models import Event
from tests.factories import make_task
from tests.team import Team, both_answer, box

pytestmark = pytest.mark.django_db

STOP = box(10, 10, 40, 20, "stop")
WIDE = box(10, 10, 80, 20, "stop")


@pytest.fixture
def team() -> Team:
    team = Team()
    make_task(team.dataset)
    return team


def send_back(team: Team, **more: Any) -> dict[str, Any]:
    """Ann drew too much; Rita tells her so. Returns what Rita saw."""
    both_answer(team, [WIDE], [])
    (task,) = team.review()["tasks"]
    (drawn,) = [version["key"] for version in task["versions"] if version["spans"]]
    verdict = {"conflict": task["conflicts"][0]["id"], "action": "send_back", "version": drawn}
    reply = team.decide(task, {**verdict, "fault": "loose", **more})
    assert reply.status_code == 200, reply.content
    return dict(task)


def rework(team: Team, *boxes: dict[str, Any]) -> None:
    (again,) = team.next("Ann")["tasks"]
    assert team.answer("Ann", again, *boxes).status_code == 200


def test_a_remark_is_pinned_to_the_object_of_its_conflict(team: Team) -> None:
    send_back(team, reason="mind the pole")
    (again,) = team.next("Ann")["tasks"]
    (mine,) = again["draft"]["spans"]
    (remark,) = again["returns"]
    del remark["id"]
    assert remark == {
        "fault": "loose",
        "comment": "mind the pole",
        "region": {"x": 10, "y": 10, "width": 80, "height": 20},
        "span": mine["id"],
    }
    assert "sent_back" not in again["draft"]
    assert team.next("Ben")["tasks"] == []
    told = Event.objects.get(kind="task.sent_back").data
    assert told == {"to": [str(team.people["Ann"].id)], "faults": ["loose"]}


def test_a_place_that_was_drawn_goes_before_the_object(team: Team) -> None:
    place = {"x": 100, "y": 50, "width": 20, "height": 10}
    send_back(team, fault="missing", region=place)
    assert team.next("Ann")["tasks"][0]["returns"][0]["region"] == place


@pytest.mark.parametrize(
    ("verdict", "code"),
    [
        ({"fault": None}, "reason_required"),
        ({"fault": "other"}, "reason_required"),
        ({"region": {"x": 0, "y": 0, "width": 0, "height": 5}}, "invalid_region"),
        ({"region": {"x": 190, "y": 0, "width": 90, "height": 5}}, "invalid_region"),
        ({"version": "Q"}, "unknown_version"),
    ],
)
def test_what_says_nothing_is_refused(team: Team, verdict: dict[str, Any], code: str) -> None:
    both_answer(team, [WIDE], [])
    (task,) = team.review()["tasks"]
    reply = team.decide(task, {"action": "send_back", "fault": "loose", **verdict})
    assert (reply.status_code, reply.json()["code"]) == (400, code)
    assert not Return.objects.exists()


def test_several_people_get_each_their_own_remark(team: Team) -> None:
    both_answer(team, [WIDE], [])
    (task,) = team.review()["tasks"]
    conflict = task["conflicts"][0]["id"]
    back = {"conflict": conflict, "action": "send_back"}
    reply = team.decide(
        task,
        {**back, "version": "A", "fault": "loose"},
        {**back, "version": "B", "fault": "missing"},
    )
    assert reply.status_code == 200, reply.content
    for who, fault in (("Ann", "loose"), ("Ben", "missing")):
        (again,) = team.next(who)["tasks"]
        assert [row["fault"] for row in again["returns"]] == [fault]


def test_what_changed_comes_back_to_the_same_reviewer_first(team: Team) -> None:
    send_back(team)
    rework(team, STOP)
    # Olga manages and reviews, too, but Rita asked for it.
    assert team.review("Olga")["reason"]["code"] == "not_allowed"
    (task,) = team.review()["tasks"]
    (reworked,) = task["reworked"]
    assert (reworked["version"], reworked["mine"], reworked["answered"]) == ("A", True, True)
    # Drawn anew in the same place (IoU .5): the same shape, moved.
    (change,) = reworked["changes"]
    assert (change["kind"], change["before"]["width"], change["after"]["width"]) == (
        "moved",
        80,
        40,
    )


def test_a_moved_shape_is_told_as_moved_and_the_author_sees_no_remark_any_more(team: Team) -> None:
    send_back(team)
    (again,) = team.next("Ann")["tasks"]
    (mine,) = again["draft"]["spans"]
    moved = {**mine, "width": 50, "label": "yield"}
    for key in ("points", "center"):
        moved.pop(key)
    assert team.answer("Ann", again, moved).status_code == 200
    (task,) = team.review()["tasks"]
    changes = task["reworked"][0]["changes"]
    assert [row["kind"] for row in changes] == ["relabelled", "moved"]
    assert (changes[0]["before"]["label"], changes[0]["after"]["label"]) == ("stop", "yield")
    assert (changes[1]["before"]["width"], changes[1]["after"]["width"]) == (80, 50)
    mine_again = team.get("Ann", f"tasks/{task['id']}/mine/").json()
    assert mine_again["returns"] == []


def test_after_a_day_any_reviewer_gets_it(team: Team) -> None:
    send_back(team)
    rework(team)
    Task.objects.update(updated_at=Now() - timedelta(hours=25))
    (task,) = team.review("Olga")["tasks"]
    assert task["reworked"][0]["mine"] is False


@pytest.mark.parametrize("gone", ["role", "account"])
def test_a_reviewer_who_cannot_come_back_is_not_waited_for(team: Team, gone: str) -> None:
    send_back(team)
    rework(team)
    if gone == "role":
        Membership.objects.filter(user=team.people["Rita"]).update(role="annotator")
    else:
        team.people["Rita"].is_active = False
        team.people["Rita"].save()
    assert len(team.review("Olga")["tasks"]) == 1


def test_what_came_back_is_first_in_line(team: Team) -> None:
    send_back(team)
    make_task(team.dataset, name="2.jpg")
    for who, boxes in (("Ben", [STOP]), ("Olga", [])):
        (theirs,) = team.next(who)["tasks"]
        assert team.answer(who, theirs, *boxes).status_code == 200
    rework(team)
    (task,) = team.review()["tasks"]
    assert len(task["reworked"]) == 1
    # The other one is nobody's own affair.
    (other,) = team.review("Olga")["tasks"] or [None]
    assert other is None or other["reworked"] == []
