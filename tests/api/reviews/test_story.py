"""From two answers to one: the journey of a task over HTTP."""

from __future__ import annotations

import pytest

from apps.reviews.models import Decision, Final
from apps.tasks.models import Revision, Slot
from concord.events.models import Event
from concord.ids import uuid7
from tests.factories import make_task
from tests.team import Team, both_answer, box

pytestmark = pytest.mark.django_db


@pytest.fixture
def team() -> Team:
    team = Team()
    make_task(team.dataset)
    return team


def test_equal_answers_become_final_without_a_reviewer(team: Team) -> None:
    both_answer(team, [box(10, 10, 40, 20, "stop")], [box(12, 10, 40, 20, "stop")])
    final = Final.objects.get()
    assert final.origin == "agreed"
    (span,) = final.spans
    # The mean of two boxes, edge by edge.
    assert (span["x"], span["y"], span["width"], span["height"]) == (11, 10, 40, 20)
    review = team.review()
    assert review["tasks"] == []
    assert review["reason"]["code"] == "done"


def test_conflicts_are_told_in_words_and_decided_one_by_one(team: Team) -> None:
    lone = box(150, 50, 20, 20, "yield")
    both_answer(team, [box(10, 10, 40, 20, "stop"), lone], [box(10, 10, 40, 20, "yield")])
    (task,) = team.review()["tasks"]
    assert [conflict["kind"] for conflict in task["conflicts"]] == ["label", "existence"]
    label, existence = task["conflicts"]
    letters = {version["key"] for version in task["versions"]}
    assert letters == {"A", "B"}
    assert existence["text"] in {"only A drew this", "only B drew this"}
    assert {choice["label"] for choice in label["choices"]} == {"stop", "yield"}

    early = team.decide(task, final=True)
    assert (early.status_code, early.json()["code"]) == (409, "conflicts_open")
    first = team.decide(task, {"conflict": label["id"], "action": "label", "label": "stop"})
    assert first.status_code == 200, first.content
    delete = {"conflict": existence["id"], "action": "delete"}
    last = team.decide(task, delete, final=True)
    assert last.status_code == 200, last.content
    (span,) = last.json()["final"]["spans"]
    assert (span["label"], span["x"], span["width"]) == ("stop", 10, 40)
    assert last.json()["task"]["state"] == "final"
    assert Decision.objects.count() == 2
    assert Revision.objects.count() == 2  # the sources stay


def test_accepting_a_tied_label_is_refused_with_what_to_do(team: Team) -> None:
    both_answer(team, [box(10, 10, 40, 20, "stop")], [box(10, 10, 40, 20, "yield")])
    (task,) = team.review()["tasks"]
    accept = {"conflict": task["conflicts"][0]["id"], "action": "accept"}
    reply = team.decide(task, accept, final=True)
    assert (reply.status_code, reply.json()["code"]) == (400, "undecidable_no_proposal")
    assert Decision.objects.count() == 0


def test_a_decided_task_is_locked_for_its_annotators(team: Team) -> None:
    both_answer(team, [box(10, 10, 40, 20, "stop")], [])
    (task,) = team.review()["tasks"]
    keep = {"conflict": task["conflicts"][0]["id"], "action": "accept"}
    assert team.decide(task, keep, final=True).status_code == 200
    edit = team.answer("Ann", {"id": task["id"], "lease": None})
    assert (edit.status_code, edit.json()["code"]) == (409, "locked_by_review")


def test_an_edit_before_the_decision_makes_it_stale(team: Team) -> None:
    both_answer(team, [box(10, 10, 40, 20, "stop")], [])
    (task,) = team.review()["tasks"]
    assert team.answer("Ben", {"id": task["id"], "lease": None}).status_code == 200
    keep = {"conflict": task["conflicts"][0]["id"], "action": "accept"}
    reply = team.decide(task, keep, final=True)
    assert reply.status_code == 412
    assert reply.json()["current"]["version"] == task["version"] + 1


def test_nobody_decides_own_work(team: Team) -> None:
    (task,) = team.next("Rita")["tasks"]
    assert team.answer("Rita", task, box(10, 10, 40, 20, "stop")).status_code == 200
    (task,) = team.next("Ann")["tasks"]
    assert team.answer("Ann", task).status_code == 200
    reply = team.review("Rita")
    assert (reply["tasks"], reply["reason"]["code"]) == ([], "not_allowed")
    assert len(team.review("Olga")["tasks"]) == 1


def test_what_is_escalated_waits_for_another_reviewer(team: Team) -> None:
    both_answer(team, [box(10, 10, 40, 20, "stop")], [])
    (task,) = team.review()["tasks"]
    up = {"conflict": None, "action": "escalate", "reason": "cannot tell"}
    assert team.decide(task, up).status_code == 200
    assert team.review()["reason"]["code"] == "not_allowed"
    assert team.get("Rita", "home/").json()["review"] == []
    assert len(team.review("Olga")["tasks"]) == 1


def test_sent_back_work_returns_to_its_author_with_the_answer_in_place(team: Team) -> None:
    both_answer(team, [box(10, 10, 40, 20, "stop")], [])
    (task,) = team.review()["tasks"]
    (drawn,) = [version["key"] for version in task["versions"] if version["spans"]]
    back = {"conflict": None, "action": "send_back", "version": drawn, "reason": "loose"}
    assert team.decide(task, back).status_code == 200
    change = Event.objects.filter(kind="task.state").latest("id")
    assert change.data == {"from": "conflicted", "to": "open"}
    (again,) = team.next("Ann")["tasks"]
    assert again["why"]["code"] == "sent_back"
    assert [(row["fault"], row["comment"]) for row in again["returns"]] == [("other", "loose")]
    (span,) = again["draft"]["spans"]
    assert span["label"] == "stop"
    assert team.next("Ben")["reason"]["code"] == "done"
    assert team.answer("Ann", again).status_code == 200
    # They agree now, but who asked for it sees what came of it.
    assert not Final.objects.exists()
    (anew,) = team.review()["tasks"]
    assert team.decide(anew, final=True).json()["final"]["spans"] == []


def test_the_same_key_is_the_same_answer(team: Team) -> None:
    (task,) = team.next("Ann")["tasks"]
    body = {"answer": "accept", "spans": [box(1, 1, 5, 5, "stop")], "lease": task["lease"]}
    path, key = f"tasks/{task['id']}/answer/", {"Idempotency-Key": str(uuid7())}
    first = team.post("Ann", path, body, **key)
    again = team.post("Ann", path, body, **key)
    assert first.json() == again.json()
    other = team.post("Ann", path, {**body, "spans": []}, **key)
    assert other.status_code == 422
    assert Revision.objects.count() == 1
    missing = team.post("Ann", path, body)
    assert (missing.status_code, missing.json()["code"]) == (400, "idempotency_key_required")


def test_a_shape_outside_the_image_is_named(team: Team) -> None:
    (task,) = team.next("Ann")["tasks"]
    reply = team.answer("Ann", task, box(1, 1, 5, 5, "stop"), box(150, 1, 60, 5, "stop"))
    assert reply.status_code == 400
    assert list(reply.json()["errors"]["spans"]) == ["1"]
    unknown = team.answer("Ann", task, box(1, 1, 5, 5, "cat"))
    assert unknown.json()["errors"]["spans"]["0"]["code"] == "unknown_label"


def test_late_work_is_kept_and_takes_no_slot(team: Team) -> None:
    (task,) = team.next("Ann")["tasks"]
    Slot.objects.filter(task_id=task["id"], user=team.people["Ann"]).update(
        state="free", user=None, lease_token=None, lease_expires_at=None
    )
    for who in ("Ben", "Olga"):
        (theirs,) = team.next(who)["tasks"]
        assert team.answer(who, theirs).status_code == 200
    reply = team.answer("Ann", task, box(1, 1, 5, 5, "stop"))
    assert reply.json()["late"] is True
    assert Final.objects.get().spans == []
    forged = team.answer("Zoe", task)
    assert forged.status_code == 404
    stolen = team.answer("Rita", task)
    assert (stolen.status_code, stolen.json()["code"]) == (409, "no_lease")


def test_skipped_work_goes_to_others_first(team: Team) -> None:
    (task,) = team.next("Ann")["tasks"]
    skip = team.post("Ann", f"tasks/{task['id']}/skip/", {"reason": "unclear"})
    assert skip.status_code == 204
    reply = team.next("Ann")
    assert (reply["tasks"], reply["reason"]["code"]) == ([], "all_leased")
    assert reply["reason"]["until"] is not None
    assert len(team.next("Ben")["tasks"]) == 1


def test_a_reload_gives_the_same_task_and_draft(team: Team) -> None:
    (task,) = team.next("Ann")["tasks"]
    draft = {"body": {"spans": [box(1, 1, 5, 5, "stop")]}}
    saved = team.browsers["Ann"].put(
        f"/api/tasks/{task['id']}/draft/", draft, content_type="application/json"
    )
    assert saved.json() == {"version": 1}
    (again,) = team.next("Ann")["tasks"]
    assert (again["id"], again["lease"]) == (task["id"], task["lease"])
    assert (again["draft"], again["draft_version"]) == (draft["body"], 1)


@pytest.mark.parametrize(("policy", "state"), [("none", "final"), ("all", "answered")])
def test_the_review_policy_decides_what_a_reviewer_sees(policy: str, state: str) -> None:
    team = Team(review_policy=policy)
    make_task(team.dataset)
    both_answer(team, [box(10, 10, 40, 20, "stop")], [box(10, 10, 40, 20, "stop")])
    assert len(team.review()["tasks"]) == (state == "answered")
