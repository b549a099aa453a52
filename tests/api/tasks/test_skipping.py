"""Who gets a task after somebody skipped it, and what managers hear of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models.functions import Now

from apps.tasks.models import Flag, Pass, Slot
from tests.factories import make_dataset, make_task
from tests.team import Team, box

pytestmark = pytest.mark.django_db


def skipped(policy: str, reason: str = "unclear") -> tuple[Team, dict[str, Any]]:
    """A team whose one task Ann has skipped."""
    team = Team(overlap=1, skip_policy=policy)
    make_task(team.dataset)
    (task,) = team.next("Ann")["tasks"]
    body = {"reason": reason, "comment": "too dark"}
    assert team.post("Ann", f"tasks/{task['id']}/skip/", body).status_code == 204
    return team, task


def flags(team: Team) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = team.get("Olga", f"datasets/{team.dataset.slug}/flags/").json()[
        "results"
    ]
    return found


def an_hour_later() -> None:
    # Long ago, since now() stays at the start of the transaction that a test is.
    Pass.objects.filter(until__isnull=False).update(until=Now() - timedelta(hours=1))


@pytest.mark.parametrize(("policy", "again"), [("me_later", 1), ("others", 0)])
def test_others_get_it_at_once_and_i_by_setting(policy: str, again: int) -> None:
    team, task = skipped(policy)
    assert team.next("Ann")["tasks"] == []
    an_hour_later()
    assert len(team.next("Ann")["tasks"]) == again
    team.post("Ann", f"tasks/{task['id']}/skip/", {"reason": "unclear"})
    assert [each["id"] for each in team.next("Ben")["tasks"]] == [task["id"]]
    assert flags(team) == []


def test_where_a_manager_decides_nobody_gets_it_until_they_have() -> None:
    team, task = skipped("manager")
    an_hour_later()
    assert team.next("Ann")["tasks"] == team.next("Ben")["tasks"] == []
    assert team.next("Ben")["reason"] == {
        "code": "all_leased",
        "detail": "What is left was skipped; a manager looks at it first.",
        "until": None,
    }
    (flag,) = flags(team)
    assert (flag["task"], flag["kind"], flag["comment"], flag["by"]) == (
        task["id"],
        "skipped",
        "too dark",
        "Ann",
    )
    reply = team.post("Olga", f"flags/{flag['id']}/resolve/", {"resolution": "do it all the same"})
    assert reply.json()["resolution"] == "do it all the same"
    assert flags(team) == []
    assert [each["id"] for each in team.next("Ben")["tasks"]] == [task["id"]]
    assert team.next("Ann")["tasks"] == []
    again = team.post("Olga", f"flags/{flag['id']}/resolve/", {})
    assert (again.status_code, again.json()["code"]) == (409, "already_resolved")


def test_withheld_slots_go_out_when_the_last_skip_is_resolved() -> None:
    team = Team(overlap=2, skip_policy="manager")
    make_task(team.dataset)
    for who in ("Ann", "Ben"):
        (task,) = team.next(who)["tasks"]
        team.post(who, f"tasks/{task['id']}/skip/", {"reason": "unclear"})
    assert {slot.state for slot in Slot.objects.all()} == {"withheld"}
    first, second = flags(team)
    team.post("Olga", f"flags/{first['id']}/resolve/", {})
    assert {slot.state for slot in Slot.objects.all()} == {"withheld"}
    team.post("Olga", f"flags/{second['id']}/resolve/", {})
    assert {slot.state for slot in Slot.objects.all()} == {"free"}


def test_a_broken_image_is_told_whatever_the_policy() -> None:
    team, _ = skipped("me_later", reason="broken_image")
    assert [flag["kind"] for flag in flags(team)] == ["broken_image"]


def test_a_flag_leaves_the_task_in_my_hands() -> None:
    team = Team(overlap=1)
    make_task(team.dataset)
    (task,) = team.next("Ann")["tasks"]
    reply = team.post("Ann", f"tasks/{task['id']}/flag/", {"comment": "is this a stop sign?"})
    assert reply.status_code == 201
    assert [flag["comment"] for flag in flags(team)] == ["is this a stop sign?"]
    assert team.answer("Ann", task, box(10, 10, 40, 20, "stop")).json()["late"] is False


def test_only_policies_that_exist_can_be_set() -> None:
    team = Team()
    reply = team.browsers["Olga"].patch(
        f"/api/datasets/{team.dataset.slug}/",
        {"skip_policy": "nobody"},
        content_type="application/json",
        headers={"If-Match": '"1"'},
    )
    assert (reply.status_code, list(reply.json()["errors"])) == (400, ["skip_policy"])


def test_a_flag_cannot_be_of_another_dataset_than_its_task() -> None:
    team, _ = skipped("manager")
    other = make_dataset(owner=team.people["Olga"], name="Other")
    with pytest.raises(IntegrityError, match="same_dataset"), transaction.atomic():
        Flag.objects.update(dataset=other)
        connection.check_constraints()
