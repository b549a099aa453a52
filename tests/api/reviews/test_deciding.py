"""What a reviewer may say, in which order, and how often."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db.models.functions import Now

from apps.reviews.models import Decision, Merge, ReviewLease
from apps.tasks.models import Slot, Task
from tests.factories import make_task
from tests.team import Team, both_answer, box

pytestmark = pytest.mark.django_db

STOP = box(10, 10, 40, 20, "stop")
LONE = box(150, 50, 20, 20, "yield")


@pytest.fixture
def team() -> Team:
    team = Team()
    make_task(team.dataset)
    return team


def disputed(team: Team) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """A task under review with a tied label on one object and another that one person drew."""
    both_answer(team, [STOP, LONE], [box(10, 10, 40, 20, "yield")])
    (task,) = team.review()["tasks"]
    label, existence = task["conflicts"]
    assert (label["kind"], existence["kind"]) == ("label", "existence")
    return task, label, existence


def test_conflicts_are_decided_in_any_order_while_others_are_tied(team: Team) -> None:
    task, label, existence = disputed(team)
    keep = team.decide(task, {"conflict": existence["id"], "action": "accept"})
    assert keep.status_code == 200, keep.content
    last = {"conflict": label["id"], "action": "label", "label": "stop"}
    closed = team.decide(task, last, final=True)
    assert [span["label"] for span in closed.json()["final"]["spans"]] == ["stop", "yield"]


def test_a_decision_on_a_tie_can_be_taken_back(team: Team) -> None:
    task, label, existence = disputed(team)
    choose = {"conflict": label["id"], "action": "label", "label": "stop"}
    assert team.decide(task, choose).status_code == 200
    undo = team.decide(task, {"conflict": label["id"], "action": "reset"})
    assert undo.status_code == 200, undo.content
    keep = {"conflict": existence["id"], "action": "accept"}
    assert team.decide(task, keep, final=True).json()["code"] == "conflicts_open"


def test_what_was_taken_back_does_not_stand_in_the_way_of_a_rejection(team: Team) -> None:
    task, label, _ = disputed(team)
    choose = {"conflict": label["id"], "action": "label", "label": "stop"}
    assert team.decide(task, choose).status_code == 200
    assert team.decide(task, {"conflict": label["id"], "action": "reset"}).status_code == 200
    closed = team.decide(task, {"conflict": None, "action": "reject"}, final=True)
    assert closed.status_code == 200, closed.content
    assert closed.json()["final"]["answer"] == "reject"


def test_the_later_decision_holds_whichever_conflict_came_first(team: Team) -> None:
    wide = box(10, 10, 80, 20, "stop")  # IoU .5 with STOP, so its extent is in dispute too
    both_answer(team, [STOP, LONE], [wide])
    (task,) = team.review()["tasks"]
    extent, existence = task["conflicts"]
    for decision in (
        {"conflict": existence["id"], "action": "accept"},
        {"conflict": extent["id"], "action": "delete"},
        {"conflict": extent["id"], "action": "accept"},
        {"conflict": existence["id"], "action": "delete"},
    ):
        assert team.decide(task, decision).status_code == 200
    # A second thought: the object of the disputed extent goes as well.
    closed = team.decide(task, {"conflict": extent["id"], "action": "delete"}, final=True)
    assert closed.json()["final"]["spans"] == []


def test_a_shape_added_twice_by_a_lost_reply_is_there_once(team: Team) -> None:
    both_answer(team, [STOP], [])
    (task,) = team.review()["tasks"]
    added = {"conflict": None, "action": "edit", "span": {**LONE, "id": "drawn-by-rita"}}
    for _ in range(2):
        assert team.decide(task, added).status_code == 200
    keep = {"conflict": task["conflicts"][0]["id"], "action": "accept"}
    final = team.decide(task, keep, final=True).json()["final"]
    assert [span["label"] for span in final["spans"]] == ["stop", "yield"]


@pytest.mark.parametrize(
    ("on_conflict", "decision"),
    [
        (True, {"action": "edit"}),
        (True, {"action": "label"}),
        (True, {"action": "version"}),
        (False, {"action": "edit"}),
        (False, {"action": "delete"}),
        (False, {"action": "label", "label": "stop"}),
    ],
)
def test_a_decision_that_says_nothing_is_refused(
    team: Team, on_conflict: bool, decision: dict[str, Any]
) -> None:
    both_answer(team, [STOP], [])
    (task,) = team.review()["tasks"]
    conflict = task["conflicts"][0]["id"] if on_conflict else None
    reply = team.decide(task, {"conflict": conflict, **decision})
    assert reply.status_code == 400, reply.content
    assert reply.json()["code"] in {"undecidable_not_applicable", "undecidable_unknown_version"}
    assert Decision.objects.count() == 0


def test_only_what_waits_for_a_reviewer_is_decided(team: Team) -> None:
    both_answer(team, [STOP], [])
    (task,) = team.review()["tasks"]
    back = {"conflict": None, "action": "send_back", "reason": "loose"}
    assert team.decide(task, back).status_code == 200
    keep = {"conflict": task["conflicts"][0]["id"], "action": "accept"}
    reply = team.decide(held_anew(team, task), keep, final=True)
    assert (reply.status_code, reply.json()["code"]) == (409, "not_ready")


def test_what_is_decided_is_not_decided_again(team: Team) -> None:
    both_answer(team, [STOP], [])
    (task,) = team.review()["tasks"]
    keep = {"conflict": task["conflicts"][0]["id"], "action": "accept"}
    assert team.decide(task, keep, final=True).status_code == 200
    reply = team.decide(held_anew(team, task), keep, final=True)
    assert (reply.status_code, reply.json()["code"]) == (409, "locked_by_review")


def held_anew(team: Team, task: dict[str, Any]) -> dict[str, Any]:
    """As somebody has it who knows of all that happened, and holds it."""
    lease = ReviewLease.objects.create(
        task_id=task["id"],
        dataset=team.dataset,
        user=team.people["Rita"],
        expires_at=Now() + timedelta(hours=1),
    )
    return {**task, "version": Task.objects.get().version, "lease": str(lease.token)}


def test_unlocking_voids_what_was_said_of_the_whole_task(team: Team) -> None:
    both_answer(team, [STOP], [])
    (task,) = team.review()["tasks"]
    reject = {"conflict": None, "action": "reject", "reason": "blurred"}
    assert team.decide(task, reject, final=True).json()["final"]["answer"] == "reject"
    unlocked = team.post("Olga", f"tasks/{task['id']}/unlock/", {"reason": "it is not"})
    assert unlocked.status_code == 200, unlocked.content
    (again,) = team.review()["tasks"]
    assert again["decisions"] == []
    assert team.decide(again, final=True).json()["code"] == "conflicts_open"
    keep = {"conflict": again["conflicts"][0]["id"], "action": "accept"}
    assert team.decide(again, keep, final=True).json()["final"]["answer"] == "accept"


def test_late_work_has_no_slot_to_be_sent_back_to(team: Team) -> None:
    (early,) = team.next("Ann")["tasks"]
    Slot.objects.filter(user=team.people["Ann"]).update(
        state="free", user=None, lease_token=None, lease_expires_at=None
    )
    for who, boxes in (("Ben", [STOP]), ("Olga", [])):
        (theirs,) = team.next(who)["tasks"]
        assert team.answer(who, theirs, *boxes).status_code == 200
    assert team.answer("Ann", early, LONE).json()["late"] is True
    (task,) = team.review()["tasks"]
    (late,) = [version["key"] for version in task["versions"] if version["late"]]
    back = {"conflict": None, "action": "send_back", "version": late, "reason": "loose"}
    reply = team.decide(task, back)
    assert (reply.status_code, reply.json()["code"]) == (400, "unknown_version")
    assert Task.objects.get().state == "conflicted"


def test_who_lets_a_returned_answer_lapse_has_no_vote_beside_the_next_person(team: Team) -> None:
    both_answer(team, [STOP], [])
    (task,) = team.review()["tasks"]
    (drawn,) = [version["key"] for version in task["versions"] if version["spans"]]
    back = {"conflict": None, "action": "send_back", "version": drawn, "reason": "not a sign"}
    assert team.decide(task, back).status_code == 200
    Slot.objects.filter(state="leased").update(lease_expires_at=Now() - timedelta(hours=1))
    (theirs,) = team.next("Olga")["tasks"]
    assert team.answer("Olga", theirs).status_code == 200
    # Ben and Olga agree that nothing is there; Ann's first answer is history.
    assert len(Merge.objects.get().revisions) == 2
    (anew,) = team.review()["tasks"]
    assert anew["conflicts"] == []
    assert team.decide(anew, final=True).json()["final"]["spans"] == []
