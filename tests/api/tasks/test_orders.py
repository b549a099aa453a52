"""In which order a dataset hands out its tasks, and that all of them follow a change of it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import F

from apps.tasks.models import Slot, Task
from tests.api.tasks.test_fitting import change, run_jobs
from tests.factories import make_task
from tests.team import Team, box

pytestmark = pytest.mark.django_db

RANKS: dict[str, dict[str, Any]] = {
    "first": {"priority": 0, "score": 0.5},
    "second": {"priority": -3, "score": None},
    "third": {"priority": 7, "score": -2.0},
    "fourth": {"priority": 0, "score": 0.75},
}


def make_tasks(team: Team) -> None:
    for place, (name, rank) in enumerate(RANKS.items()):
        make_task(team.dataset, name=name, order_key=place, meta={"name": name}, **rank)


def work_through(team: Team, who: str) -> list[str]:
    """Answer everything; returns the names of the tasks as they came."""
    names = []
    while tasks := team.next(who)["tasks"]:
        assert team.answer(who, tasks[0], box(10, 10, 40, 20, "stop")).status_code == 200
        names.append(tasks[0]["meta"]["name"])
    return names


EXPECTED = {
    "as_imported": ["first", "second", "third", "fourth"],
    "priority": ["third", "first", "fourth", "second"],
    "score": ["fourth", "first", "third", "second"],
    "uncertain": ["first", "fourth", "third", "second"],
}


@pytest.mark.parametrize("order", EXPECTED)
def test_tasks_come_in_the_order_that_the_dataset_says(order: str) -> None:
    team = Team(overlap=1, order=order, random_share=0.0)
    make_tasks(team)
    assert team.next("Ann")["tasks"][0]["why"]["code"] == order
    assert work_through(team, "Ann") == EXPECTED[order]


@pytest.mark.parametrize("order", EXPECTED)
def test_tasks_made_before_follow_a_change(order: str) -> None:
    team = Team(overlap=1, order="random", random_share=0.0)
    make_tasks(team)
    change(team, order=order)
    run_jobs()
    assert work_through(team, "Ann") == EXPECTED[order]


def test_a_shuffle_is_the_same_for_everybody_and_for_good() -> None:
    team = Team(overlap=2, order="random")
    make_tasks(team)
    change(team, order="as_imported")
    change(team, order="random")
    run_jobs()
    shuffled = [task.meta["name"] for task in Task.objects.order_by("slots__order_key").distinct()]
    assert work_through(team, "Ann") == work_through(team, "Ben") == shuffled[:4]


@pytest.mark.parametrize(
    ("spread", "bens"), [("finish_first", "first"), ("spread_first", "second")]
)
def test_what_the_second_person_gets(spread: str, bens: str) -> None:
    team = Team(overlap=2, spread=spread)
    make_tasks(team)
    assert team.next("Ann")["tasks"][0]["meta"]["name"] == "first"
    assert team.next("Ben")["tasks"][0]["meta"]["name"] == bens


def test_a_change_of_spread_moves_what_waits_and_leaves_what_somebody_has() -> None:
    team = Team(overlap=2)
    make_tasks(team)
    (held,) = team.next("Ann")["tasks"]
    change(team, spread="spread_first")
    run_jobs()
    assert team.next("Ann")["tasks"][0]["id"] == held["id"]
    assert team.next("Ben")["tasks"][0]["meta"]["name"] == "second"
    change(team, spread="finish_first")
    run_jobs()
    assert not Slot.objects.exclude(order_key=F("task__order_key")).exists()


@pytest.mark.parametrize("setting", [{"order": "newest"}, {"order": None}, {"spread": True}])
def test_other_words_are_refused(setting: dict[str, Any]) -> None:
    team = Team()
    version = {"If-Match": f'"{team.dataset.config_version}"'}
    reply = team.browsers["Olga"].patch(
        f"/api/datasets/{team.dataset.slug}/",
        setting,
        content_type="application/json",
        headers=version,
    )
    assert reply.status_code == 400
    assert set(reply.json()["errors"]) == set(setting)
