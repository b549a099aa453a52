"""H: what happens to a review while the world around it changes.

Two reviewers at one instant are in tests/jobs/reviews/test_at_one_instant; here is the rest.
"""

from __future__ import annotations

from typing import Any

import pytest

from apps.datasets.models import Label
from apps.imports.actions.taking_down import take_down
from apps.reviews.models import Decision, Final, Merge
from apps.tasks.models import Slot, Task, TaskState
from concord.events.models import Event
from concord.ids import uuid7
from tests.factories import make_task
from tests.team import Team, both_answer, box

pytestmark = pytest.mark.django_db

STOP, YIELD = box(10, 10, 40, 20, "stop"), box(10, 10, 40, 20, "yield")
WIDE = box(10, 10, 60, 20, "stop")


@pytest.fixture
def team() -> Team:
    team = Team()
    make_task(team.dataset)
    return team


def in_dispute(team: Team, mine: dict[str, Any] = STOP, yours: dict[str, Any] = YIELD) -> Any:
    """Ann and Ben differ; returns what Rita has before her."""
    both_answer(team, [mine], [yours])
    (task,) = team.review()["tasks"]
    return task


def settle(team: Team, task: Any, label: str = "stop") -> Any:
    """Rita says what each thing in dispute is called, or accepts where that is not in dispute."""
    named = {"action": "label", "label": label}
    decisions = [
        {"conflict": each["id"], **(named if each["kind"] == "label" else {"action": "accept"})}
        for each in task["conflicts"]
    ]
    return team.decide(task, *decisions, final=True)


def change_answer(team: Team, who: str, task: Any, *boxes: dict[str, Any], **headers: str) -> Any:
    body = {"answer": "accept", "spans": list(boxes)}
    return team.post(who, f"tasks/{task['id']}/answer/", body, **headers)


def work_slots(task: Any) -> int:
    return Slot.objects.filter(task=task["id"], purpose="work").count()


def test_h2_what_is_decided_is_not_decided_again(team: Team) -> None:
    task = in_dispute(team)
    assert settle(team, task).status_code == 200
    again = settle(team, task, "yield")
    assert again.status_code in (409, 412), again.content
    assert Decision.objects.filter(task=task["id"]).count() == 1
    (span,) = Final.objects.get(task=task["id"]).spans
    assert span["label_id"] == label_of(team, "stop")


def test_h3_an_answer_changed_under_review_is_seen_first_and_refused_afterwards(
    team: Team,
) -> None:
    task = in_dispute(team)
    changed = change_answer(team, "Ann", task, WIDE, **{"Idempotency-Key": "h3", "If-Match": '"1"'})
    assert changed.status_code == 200, changed.content
    stale = settle(team, task)
    assert (stale.status_code, stale.json()["code"]) == (412, "stale")
    assert stale.json()["diff"]["answers"] == [{"version": "A", "change": "edited"}]
    (task,) = team.review()["tasks"]
    assert settle(team, task).status_code == 200
    locked = change_answer(team, "Ann", task, STOP, **{"Idempotency-Key": "h3b", "If-Match": '"2"'})
    assert (locked.status_code, locked.json()["code"]) == (409, "locked_by_review")


def test_h4_a_label_renamed_or_retired_meanwhile_keeps_its_shapes(team: Team) -> None:
    task = in_dispute(team)
    stop = Label.objects.get(dataset=team.dataset, name="stop")
    path = f"datasets/{team.dataset.slug}/labels/{stop.pk}/"
    for change in ({"name": "halt"}, {"retired": True}):
        reply = team.browsers["Olga"].patch(f"/api/{path}", change, content_type="application/json")
        assert reply.status_code == 200, reply.content
    # Nothing new is called so, but what was drawn under it can still be taken.
    assert settle(team, task, "halt").json()["code"] == "unknown_label"
    taken = {"action": "version", "version": key_of(task, "stop")}
    decided = team.decide(task, {"conflict": task["conflicts"][0]["id"], **taken}, final=True)
    assert decided.status_code == 200, decided.content
    (span,) = Final.objects.get(task=task["id"]).spans
    assert span["label_id"] == str(stop.pk)
    shown = team.get("Rita", f"tasks/{task['id']}/").json()
    assert [each["label"] for each in shown["final"]["spans"]] == ["halt"]


def label_of(team: Team, name: str) -> str:
    return str(Label.objects.get(dataset=team.dataset, name=name).pk)


def key_of(task: Any, label: str) -> str:
    (key,) = [each["key"] for each in task["versions"] if label in str(each["spans"])]
    return str(key)


@pytest.mark.parametrize("overlap", [1, 3])
def test_h4_another_overlap_leaves_what_is_answered_and_decided(team: Team, overlap: int) -> None:
    task = in_dispute(team)
    path = f"/api/datasets/{team.dataset.slug}/"
    version = team.browsers["Olga"].get(path).headers["ETag"]
    reply = team.browsers["Olga"].patch(
        path, {"overlap": overlap}, content_type="application/json", headers={"If-Match": version}
    )
    assert reply.status_code == 200, reply.content
    # Tasks that are there get other slots by a request of its own; nothing moves under a reviewer.
    assert work_slots(task) == 2
    assert Merge.objects.get(task=task["id"]).revisions != []
    assert settle(team, task).status_code == 200
    assert Task.objects.get(pk=task["id"]).state == TaskState.FINAL


def test_h6_a_task_that_is_gone_is_decided_by_nobody(team: Team) -> None:
    task = in_dispute(team)
    image = Task.objects.get(pk=task["id"]).task_images.get().image
    take_down(image=image, actor=team.people["Olga"], withdraw=True)
    gone = settle(team, task)
    assert (gone.status_code, gone.json()["code"]) == (404, "taken_down")
    assert not Decision.objects.filter(task=task["id"]).exists()


def test_h6_a_task_without_all_its_answers_waits_for_no_reviewer(team: Team) -> None:
    (task,) = team.next("Ann")["tasks"]
    assert team.answer("Ann", task, STOP).status_code == 200
    assert team.review()["tasks"] == []
    early = team.post(
        "Rita",
        f"tasks/{task['id']}/decisions/",
        {"lease": str(uuid7()), "decisions": [], "final": True},
        **{"If-Match": '"1"'},
    )
    assert early.status_code in (409, 412), early.content
    assert Task.objects.get(pk=task["id"]).state == TaskState.OPEN


def test_h8_a_send_back_goes_to_its_author_and_slots_stay_exact(team: Team) -> None:
    task = in_dispute(team)
    before = work_slots(task)
    back = {"action": "send_back", "version": key_of(task, "yield"), "fault": "label"}
    reply = team.decide(task, {"conflict": task["conflicts"][0]["id"], **back})
    assert reply.status_code == 200, reply.content
    assert team.next("Ann")["tasks"] == []
    (again,) = team.next("Ben")["tasks"]
    assert again["id"] == task["id"]
    assert team.answer("Ben", again, STOP).status_code == 200
    assert work_slots(task) == before


def test_h9_what_is_undone_is_decided_anew_and_both_stay_on_record(team: Team) -> None:
    task = in_dispute(team)
    assert settle(team, task).status_code == 200
    first = Final.objects.get(task=task["id"])
    back = team.post("Rita", f"tasks/{task['id']}/take-back/", {})
    assert back.status_code == 200, back.content
    assert settle(team, back.json(), "yield").status_code == 200
    assert Final.objects.get(task=task["id"]).spans != first.spans
    assert Decision.objects.filter(task=task["id"]).count() >= 2
    kinds = Event.objects.filter(object_id=task["id"]).values_list("kind", flat=True)
    assert "task.taken_back" in kinds


def test_h11_what_equals_no_answer_still_says_what_it_was_made_of(team: Team) -> None:
    task = in_dispute(team, STOP, WIDE)
    (merged,) = task["merge"]["objects"]
    assert merged["span"]["width"] not in (STOP["width"], WIDE["width"])
    assert settle(team, task).status_code == 200
    final = Final.objects.get(task=task["id"])
    assert {each["width"] for each in final.spans} == {merged["span"]["width"]}
    told = team.get("Olga", f"tasks/{task['id']}/").json()
    (source,) = told["final"]["objects"]
    assert len(source["members"]) == 2
