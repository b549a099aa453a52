"""Some tasks go to some people alone."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models.functions import Now

from apps.datasets.config import DatasetConfig
from apps.datasets.models import Dataset, Role
from apps.desk.actions import acting, going_on
from apps.desk.models import Act
from apps.tasks.fit_forecast import forecast_fit
from apps.tasks.models import Slot, Task
from concord.jobs.models import Job
from tests.api.desk.test_acts import act, ids, undo
from tests.factories import add_member, make_task
from tests.jobs_of import work_off
from tests.team import Team, both_answer, box

pytestmark = pytest.mark.django_db

STOP = box(10, 10, 40, 10, "stop")


@pytest.fixture
def team() -> Team:
    """a is final, b and c are open."""
    team = Team()
    for place, name in enumerate("abc"):
        make_task(team.dataset, name=f"{name}.jpg", order_key=place)
    both_answer(team, [STOP], [STOP])
    return team


def assign(team: Team, *people: str, **body: Any) -> dict[str, Any]:
    chosen = [str(team.people[name].pk) for name in people]
    return act(team, "Olga", act="assign", people=chosen, **body)


def may_get(team: Team, who: str) -> list[str]:
    """Which tasks there are for somebody, whoever else works."""
    slots = Slot.objects.filter(state="free").for_person(team.people[who])
    found = {str(task) for task in slots.values_list("task", flat=True)}
    return [task for task in ids("a", "b", "c") if task in found]


def overlap(name: str) -> int:
    return Task.objects.get(pk=ids(name)[0]).overlap


def test_what_is_assigned_goes_to_these_people_alone(team: Team) -> None:
    told = assign(team, "Ben", tasks=ids("a", "b"))
    assert (told["done"], told["left_out"]) == (1, [{"task": ids("a")[0], "code": "not_open"}])
    assert (overlap("b"), overlap("c")) == (1, 2)
    assert may_get(team, "Ann") == ids("c")
    assert may_get(team, "Ben") == ids("b", "c")
    assert team.next("Ben")["tasks"][0]["id"] == ids("b")[0]
    assert team.next("Ann")["tasks"][0]["id"] == ids("c")[0]
    page = team.get("Olga", f"tasks/{ids('b')[0]}/").json()
    assert [person["name"] for person in page["assigned"]] == ["Ben"]
    assert team.get("Rita", f"tasks/{ids('b')[0]}/").json()["assigned"] is None


def test_who_is_left_out_is_told_that_others_get_it(team: Team) -> None:
    assign(team, "Ben", tasks=ids("b", "c"))
    reply = team.post("Ann", "datasets/street-signs/next/", {"count": 1}).json()
    assert (reply["tasks"], reply["reason"]["code"]) == ([], "not_allowed")


def test_an_assignment_is_taken_back(team: Team) -> None:
    first = assign(team, "Ann", tasks=ids("b"))
    second = assign(team, "Ben", tasks=ids("b", "c"))
    assert undo(team, "Olga", second).status_code == 200
    assert may_get(team, "Ann") == ids("b", "c")
    assert undo(team, "Olga", first).status_code == 200
    assert (overlap("b"), overlap("c")) == (2, 2)
    assert not Slot.objects.filter(only__isnull=False).exists()


def test_nobody_chosen_means_whoever_the_settings_say(team: Team) -> None:
    assign(team, "Ben", tasks=ids("b"))
    assert assign(team, tasks=ids("b"))["done"] == 1
    assert Task.objects.get(pk=ids("b")[0]).assigned is None
    assert may_get(team, "Ann") == ids("b", "c")


def test_who_has_answered_already_keeps_the_answer(team: Team) -> None:
    (task,) = team.next("Ann")["tasks"]
    assert team.answer("Ann", task, STOP).status_code == 200
    assign(team, "Ben", tasks=[task["id"]])
    assert Task.objects.get(pk=task["id"]).overlap == 2
    assert task["id"] in may_get(team, "Ben")


def test_what_was_for_somebody_who_left_waits_and_is_told(team: Team) -> None:
    assign(team, "Ben", tasks=ids("b"))
    left = team.browsers["Olga"].delete(
        f"/api/datasets/street-signs/members/{team.people['Ben'].pk}/"
    )
    assert left.status_code == 204
    work_off("tasks.fit")
    assert may_get(team, "Ann") == ids("c")
    assert team.get("Olga", "datasets/street-signs/fitting/").json()["for_nobody"] == 1


def test_only_who_labels_here_can_be_chosen(team: Team) -> None:
    options = team.get("Olga", "datasets/street-signs/tasks/options/").json()
    assert [person["name"] for person in options["labellers"]] == ["Ann", "Ben", "Olga", "Rita"]
    assert team.get("Rita", "datasets/street-signs/tasks/options/").json()["labellers"] == []
    body = {"act": "assign", "tasks": ids("b"), "people": [str(team.people["Zoe"].pk)]}
    assert act(team, "Olga", **body, status=400)["code"] == "not_labelling"
    add_member(team.dataset, team.people["Zoe"], Role.ANNOTATOR)
    assert act(team, "Olga", **body)["done"] == 1


def test_undo_gives_back_what_an_assignment_had_closed(team: Team) -> None:
    (task,) = team.next("Ann")["tasks"]
    assert team.answer("Ann", task, STOP).status_code == 200
    told = assign(team, "Ann", tasks=[task["id"]])
    assert [row["code"] for row in told["left_out"]] == ["nobody_left"]
    told = assign(team, "Ann", tasks=ids("c"))
    (mine,) = team.next("Ann")["tasks"]
    assert (mine["id"], team.answer("Ann", mine, STOP).status_code) == (ids("c")[0], 200)
    assert Task.objects.get(pk=mine["id"]).state == "final"
    assert undo(team, "Olga", told).status_code == 200
    task = Task.objects.get(pk=mine["id"])
    assert (task.state, task.overlap, may_get(team, "Ben")) == ("open", 2, ids("b", "c"))


def test_what_died_between_a_chunk_and_its_slots_is_gone_on_with(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: Any, **__: Any) -> None:
        raise MemoryError

    monkeypatch.setattr(going_on, "fit_these", die)
    with pytest.raises(MemoryError):
        assign(team, "Ben", tasks=ids("b"))
    assert ids("b")[0] in may_get(team, "Ann")
    monkeypatch.undo()
    assert Job.objects.filter(kind=acting.KIND).update(run_after=Now()) == 1
    work_off(acting.KIND)
    assert may_get(team, "Ann") == ids("c")
    assert Act.objects.get().state == Act.State.DONE


def test_who_leads_no_more_takes_nothing_back(team: Team) -> None:
    told = assign(team, "Ben", tasks=ids("b"))
    team.dataset.memberships.filter(user=team.people["Olga"]).update(role=Role.ANNOTATOR)
    assert undo(team, "Olga", told).status_code == 403
    team.dataset.memberships.filter(user=team.people["Olga"]).update(role=Role.MANAGER)
    Dataset.objects.update(archived_at=Now())
    assert undo(team, "Olga", told).json()["code"] == "dataset_archived"
    assert may_get(team, "Ann") == ids("c")


def test_the_forecast_of_a_setting_knows_what_is_assigned(team: Team) -> None:
    told = forecast_fit(dataset=team.dataset, wanted=DatasetConfig(overlap=3)).more
    assign(team, "Ben", tasks=ids("b"))
    after = forecast_fit(dataset=team.dataset, wanted=DatasetConfig(overlap=3)).more
    assert (told - after) == 1
