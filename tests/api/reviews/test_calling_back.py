"""A reviewer takes back what they sent back, as long as nobody has got it."""

from __future__ import annotations

from typing import Any

import pytest

from apps.reviews.models import Decision
from apps.tasks.models import Draft, Return, Slot, Task
from concord.events.models import Event
from tests.factories import make_task
from tests.team import Team, both_answer, box

pytestmark = pytest.mark.django_db

STOP, YIELD = box(10, 10, 40, 20, "stop"), box(10, 10, 40, 20, "yield")
LONE = box(150, 50, 20, 20, "stop")


@pytest.fixture
def team() -> Team:
    team = Team()
    make_task(team.dataset)
    return team


def send_back(team: Team) -> dict[str, Any]:
    """Rita decides the label, then sends Ann's lone box back. Returns what she saw before."""
    both_answer(team, [STOP, LONE], [YIELD])
    (task,) = team.review()["tasks"]
    first, second = (row["id"] for row in task["conflicts"])
    assert team.decide(task, {"conflict": first, "action": "accept"}).status_code == 400  # a tie
    assert team.decide(task, {"conflict": first, "action": "label", "label": "stop"}).json()
    back = {"conflict": second, "action": "send_back", "version": "A", "fault": "extra"}
    assert team.decide(task, back).status_code == 200
    return dict(task)


def take_back(team: Team, task: dict[str, Any], who: str = "Rita") -> Any:
    return team.post(who, f"tasks/{task['id']}/take-back/", {})


def test_it_is_as_if_it_had_never_been_sent(team: Team) -> None:
    task = send_back(team)
    reply = take_back(team, task)
    assert reply.status_code == 200, reply.content
    again = reply.json()
    assert (again["state"], again["reworked"]) == ("conflicted", [])
    assert [row["id"] for row in again["conflicts"]] == [row["id"] for row in task["conflicts"]]
    assert [row["action"] for row in again["decisions"]] == ["label"]
    assert not Return.objects.exists()
    assert not Draft.objects.exists()
    assert set(Slot.objects.values_list("state", flat=True)) == {"submitted"}
    assert Task.objects.get().sent_back is False
    # What was said stays on record, and so does that it was taken back.
    assert Decision.objects.filter(action="send_back").exists()
    assert Event.objects.filter(kind="task.taken_back", actor=team.people["Rita"]).exists()
    assert team.next("Ann")["tasks"] == []
    last = {"conflict": task["conflicts"][1]["id"], "action": "delete"}
    closed = team.decide(again, last, final=True).json()
    assert [span["label"] for span in closed["final"]["spans"]] == ["stop"]


def test_once_the_author_has_it_on_the_page_it_stays_sent_back(team: Team) -> None:
    task = send_back(team)
    assert len(team.next("Ann")["tasks"]) == 1
    reply = take_back(team, task)
    assert (reply.status_code, reply.json()["code"]) == (409, "seen_already")
    assert Return.objects.get().seen_at is not None
    assert Slot.objects.filter(state="leased").count() == 1


def test_a_look_at_ones_own_answer_is_a_look_at_the_remark(team: Team) -> None:
    task = send_back(team)
    assert team.get("Ann", f"tasks/{task['id']}/mine/").status_code == 200
    assert take_back(team, task).json()["code"] == "seen_already"


def test_what_an_author_has_begun_is_not_lost(team: Team) -> None:
    task = send_back(team)
    draft = Draft.objects.get()
    draft.body = {**draft.body, "spans": []}
    draft.save()
    assert take_back(team, task).json()["code"] == "seen_already"


def test_a_new_answer_of_somebody_else_is_something_that_came_of_it(team: Team) -> None:
    task = send_back(team)
    edit = team.answer("Ben", {"id": task["id"], "lease": None}, STOP)
    assert edit.status_code == 200, edit.content
    assert take_back(team, task).json()["code"] == "not_yours_any_more"


def test_nobody_takes_back_what_another_sent_back(team: Team) -> None:
    task = send_back(team)
    assert take_back(team, task, "Olga").json()["code"] == "not_yours_any_more"
