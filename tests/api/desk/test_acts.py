"""One thing done to many tasks, and taken back."""

from __future__ import annotations

from typing import Any

import pytest

from apps.datasets.models import Interface
from apps.desk.actions import acting, going_on
from apps.reviews.models import TaskFacts
from apps.tasks.models import Answer, Revision, Slot, Task
from concord.events.models import Event
from concord.ids import uuid7
from tests.factories import make_dataset, make_task
from tests.jobs_of import work_off
from tests.team import Team, both_answer, box

pytestmark = pytest.mark.django_db

ACTS = "datasets/street-signs/tasks/acts/"
STOP = box(10, 10, 40, 10, "stop")
YIELD = box(10, 10, 40, 10, "yield")


@pytest.fixture
def team() -> Team:
    """a is agreed, b in dispute, c open."""
    team = Team()
    for place, name in enumerate("abc"):
        make_task(team.dataset, name=f"{name}.jpg", order_key=place)
    both_answer(team, [STOP], [STOP])
    both_answer(team, [STOP], [YIELD])
    return team


def ids(*names: str) -> list[str]:
    found = {row.task_images.get().image.name[0]: str(row.pk) for row in Task.objects.all()}
    return [found[name] for name in names]


def act(team: Team, who: str, *, key: str = "", status: int = 200, **body: Any) -> dict[str, Any]:
    headers = {"Idempotency-Key": key or str(uuid7())}
    reply = team.post(who, ACTS, body, **headers)
    assert reply.status_code == status, reply.content
    told: dict[str, Any] = reply.json()
    return told


def undo(team: Team, who: str, told: dict[str, Any]) -> Any:
    return team.post(who, f"{ACTS}{told['id']}/undo/", {})


def tags() -> list[list[str]]:
    return list(TaskFacts.objects.order_by("order_key").values_list("tags", flat=True))


def test_tags_are_given_taken_and_given_back(team: Team) -> None:
    act(team, "Olga", act="tag", add=["odd"], tasks=ids("a"))
    told = act(team, "Olga", act="tag", add=["new"], remove=["odd"], tasks=ids("a", "b"))
    assert (told["done"], told["left_out"], told["undo"]) == (2, [], told["id"])
    assert tags() == [["new"], ["new"], []]
    act(team, "Olga", act="tag", add=["later"], tasks=ids("b"))
    assert undo(team, "Olga", told).status_code == 200
    assert tags() == [["odd"], ["later"], []]
    assert undo(team, "Olga", told).status_code == 200
    assert tags() == [["odd"], ["later"], []]
    kinds = list(Event.objects.filter(kind__startswith="act.").values_list("kind", flat=True))
    assert kinds == ["act.ordered"] * 3 + ["act.undone"]


def test_tags_stay_when_a_task_is_settled_anew(team: Team) -> None:
    act(team, "Olga", act="tag", add=["odd"], tasks=ids("c"))
    both_answer(team, [STOP], [STOP])
    assert tags()[2] == ["odd"]


def test_the_same_key_acts_once(team: Team) -> None:
    first = act(team, "Olga", key="k", act="tag", add=["odd"], tasks=ids("a"))
    TaskFacts.objects.update(tags=[])
    assert act(team, "Olga", key="k", act="tag", add=["odd"], tasks=ids("a")) == first
    assert tags()[0] == []
    act(team, "Olga", key="k", act="tag", add=["x"], tasks=ids("a"), status=422)


def test_who_does_not_manage_does_nothing(team: Team) -> None:
    for who in ("Rita", "Ann"):
        act(team, who, act="tag", add=["odd"], tasks=ids("a"), status=403)
    told = act(team, "Olga", act="tag", add=["odd"], tasks=ids("a"))
    assert undo(team, "Rita", told).status_code == 404
    other = make_dataset(owner=team.people["Zoe"], name="Elsewhere")
    foreign = str(make_task(other).pk)
    told = act(team, "Olga", act="tag", add=["odd"], tasks=[foreign])
    assert (told["done"], told["left_out"]) == (0, [{"task": foreign, "code": "gone"}])


def test_a_priority_moves_the_slots_and_back(team: Team) -> None:
    team.dataset.config["order"] = "priority"
    team.dataset.save()
    before = list(Slot.objects.filter(task=ids("c")[0]).values_list("order_key", flat=True))
    told = act(team, "Olga", act="priority", priority=7, tasks=ids("c"))
    turns = set(Slot.objects.filter(task=ids("c")[0]).values_list("order_key", flat=True))
    assert turns == {32_760 << 40}
    assert undo(team, "Olga", told).status_code == 200
    assert Task.objects.get(pk=ids("c")[0]).priority == 0
    assert before != [*turns]


def test_a_priority_that_is_taken_back_opens_nothing(team: Team) -> None:
    team.dataset.config |= {"order": "priority", "overlap": 3}
    team.dataset.save()
    told = act(team, "Olga", act="priority", priority=7, tasks=ids("a"))
    assert undo(team, "Olga", told).status_code == 200
    assert Task.objects.get(pk=ids("a")[0]).state == "final"


def test_what_is_in_dispute_is_asked_once_more(team: Team) -> None:
    third = team.people["Zoe"]
    team.dataset.memberships.create(user=third, role="annotator")
    told = act(team, "Olga", act="requeue", reason="look again", tasks=ids("a", "b", "c"))
    assert told["done"] == 1
    assert {row["task"]: row["code"] for row in told["left_out"]} == dict(
        zip(ids("a", "c"), ("final", "open_already"), strict=True)
    )
    task = Task.objects.get(pk=ids("b")[0])
    assert (task.state, task.overlap, task.slots.count()) == ("open", 3, 3)
    assert TaskFacts.objects.get(task=task).state == "open"
    assert team.next("Zoe")["tasks"][0]["id"] == str(task.pk)
    assert undo(team, "Olga", told).json()["code"] == "not_undoable"


def test_nobody_is_asked_where_nobody_is_left(team: Team) -> None:
    told = act(team, "Olga", act="requeue", tasks=ids("b"))
    assert [row["code"] for row in told["left_out"]] == ["nobody_left"]


def test_deleted_tasks_keep_their_answers(team: Team) -> None:
    told = act(team, "Olga", act="delete", filter={"state": ["final", "open"]}, expected=2)
    assert (told["done"], told["left_out"]) == (2, [])
    assert list(Task.objects.values_list("state", flat=True)) == ["conflicted"]
    assert Answer.everything.count() == 4
    assert team.get("Olga", "datasets/street-signs/tasks/count/").json()["count"] == 1


def test_many_are_done_by_a_job_which_can_be_stopped(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(acting, "AT_ONCE", 2)
    monkeypatch.setattr(going_on, "CHUNK", 1)
    told = act(team, "Olga", act="tag", add=["odd"], filter={}, status=202)
    assert (told["state"], told["total"], told["done"]) == ("queued", 3, 0)
    assert work_off("desk.act") == 1
    done = team.get("Olga", f"{ACTS}{told['id']}/").json()
    assert (done["state"], done["done"], tags()) == ("done", 3, [["odd"]] * 3)
    listed = act(team, "Olga", act="tag", add=["odd"], tasks=ids("a", "b", "c"), status=202)
    assert listed["total"] == 3
    assert work_off("desk.act") == 1
    stopped = act(team, "Olga", act="tag", remove=["odd"], filter={}, status=202)
    assert team.browsers["Olga"].delete(f"/api/{ACTS}{stopped['id']}/").status_code == 200
    assert work_off("desk.act") == 1
    assert tags() == [["odd"]] * 3


def test_what_was_counted_otherwise_is_not_done(team: Team) -> None:
    body = {"act": "tag", "add": ["odd"], "filter": {"state": "open"}}
    assert act(team, "Olga", **body, expected=2, status=409)["code"] == "count_changed"
    assert act(team, "Olga", **body, expected=1)["done"] == 1


def test_many_images_are_answered_at_once_each_through_a_slot_of_its_own() -> None:
    team = Team(interface=Interface.CLASSIFICATION)
    for place, name in enumerate("abc"):
        make_task(team.dataset, name=f"{name}.jpg", order_key=place)
    (first,) = team.next("Ann")["tasks"]
    reply = team.post(
        "Ann",
        f"tasks/{first['id']}/answer/",
        {"answer": "reject", "lease": first["lease"]},
        **{"Idempotency-Key": "x"},
    )
    assert reply.status_code == 200
    told = act(team, "Ann", act="answer", answer="accept", tasks=ids("a", "b", "c"))
    assert (told["done"], told["left_out"]) == (
        2,
        [{"task": first["id"], "code": "answered_already"}],
    )
    said = Revision.objects.filter(user=team.people["Ann"]).order_by("task__order_key")
    assert list(said.values_list("answer", flat=True)) == ["reject", "accept", "accept"]
    assert Slot.objects.filter(state="submitted", user=team.people["Ann"]).count() == 3
    assert act(team, "Ben", act="answer", answer="accept", tasks=ids("b"))["done"] == 1
    assert Task.objects.get(pk=ids("b")[0]).state == "final"
    told = act(team, "Rita", act="answer", answer="accept", tasks=ids("b"))
    assert [row["code"] for row in told["left_out"]] == ["no_slot"]


def test_boxes_are_not_answered_in_bulk(team: Team) -> None:
    told = act(team, "Ann", act="answer", answer="accept", tasks=ids("c"), status=400)
    assert told["code"] == "not_for_interface"
