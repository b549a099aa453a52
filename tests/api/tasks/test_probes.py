"""Gold in the middle of somebody's work: how much of it, for whom, and that nobody can tell."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from apps.datasets.models import Dataset, Image
from apps.tasks.actions import claiming, mixing
from apps.tasks.models import Gold, Probe, Slot, SlotState, Task, TaskImage
from tests.api.tasks.probes import make_finals, make_team, mark, probes_of, work
from tests.team import Team

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def every_lease_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where gold is on at all, it follows on every lease."""
    monkeypatch.setattr(mixing, "draws", lambda _, rate: rate > 0)


@pytest.fixture
def team() -> Team:
    """Four finals of Ben's are gold; Ann has 36 tasks before her."""
    team = make_team()
    mark(team, *make_finals(team))
    return team


def test_gold_comes_some_tasks_after_the_lease_that_drew_it(team: Team) -> None:
    order = [task["id"] for task, _ in work(team, until=20)]
    probes = probes_of(team)
    assert probes
    first = min(order.index(probe) for probe in probes if probe in order)
    assert mixing.SOONEST <= first <= mixing.LATEST + len(probes)
    assert len(probes & set(order)) >= 3


def test_each_gold_comes_once_to_a_person(team: Team) -> None:
    work(team, until=25)
    assert len(probes_of(team)) == 4 == Gold.objects.count()
    originals = Probe.objects.values_list("gold", flat=True)
    assert len(set(originals)) == 4


def test_who_answered_or_vouched_is_never_shown_it(team: Team) -> None:
    for _ in range(5):
        team.next("Ben")
        team.next("Rita")
        team.next("Olga")
        team.next("Ann")
    assert {probe.user for probe in Probe.objects.all()} == {team.people["Ann"]}


def test_who_passed_on_the_original_is_not_shown_it() -> None:
    team = make_team()
    (task,) = team.next("Ann")["tasks"]
    team.post("Ann", f"tasks/{task['id']}/skip/", {"reason": "unclear"})
    finals = make_finals(team)
    assert task["id"] in finals
    mark(team, *finals)
    work(team, until=20)
    assert len(probes_of(team)) == 3
    assert not Probe.objects.filter(gold=task["id"]).exists()


def test_at_most_so_many_come_in_a_day() -> None:
    team = make_team(gold={"rate": 0.5, "per_day": 2})
    mark(team, *make_finals(team))
    work(team, until=20)
    assert len(probes_of(team)) == 2
    # What was handed out yesterday is not of today.
    yesterday = timezone.now() - timedelta(days=1)
    Slot.objects.filter(task__in=probes_of(team)).update(leased_at=yesterday)
    work(team, until=2)
    assert len(probes_of(team)) == 4


def test_none_comes_near_the_end() -> None:
    team = make_team(tasks=14)
    mark(team, *make_finals(team, count=3))
    work(team, until=11)
    assert probes_of(team) == set()
    assert team.next("Ann")["reason"]["code"] == "done"


def test_none_comes_where_gold_is_off() -> None:
    team = make_team(gold={"rate": 0})
    mark(team, *make_finals(team))
    work(team, until=20)
    assert probes_of(team) == set()


def test_people_that_the_routes_keep_from_the_original_do_not_get_a_copy() -> None:
    team = make_team()
    finals = make_finals(team)
    mark(team, *finals)
    Slot.objects.filter(task__in=finals[:3]).update(barred=[team.people["Ann"].pk])
    work(team, until=20)
    assert {str(probe.gold_id) for probe in Probe.objects.all()} == {finals[3]}


def test_what_nobody_was_given_yet_goes_when_gold_is_off(team: Team) -> None:
    work(team, until=1)
    (probe,) = probes_of(team)
    image = TaskImage.objects.get(task=probe).image_id
    reply = team.browsers["Olga"].patch(
        f"/api/datasets/{team.dataset.slug}/",
        {"gold": {"rate": 0}},
        content_type="application/json",
        headers={"If-Match": '"1"'},
    )
    assert reply.status_code == 200, reply.content
    assert not Task.everything.filter(pk=probe).exists()
    assert not Image.everything.filter(pk=image).exists()
    assert probe not in {task["id"] for task, _ in work(team, until=15)}


def test_none_comes_by_settings_of_a_moment_ago(team: Team) -> None:
    before = Dataset.objects.get(pk=team.dataset.pk)
    Dataset.objects.filter(pk=before.pk).update(config={**before.config, "gold": {"rate": 0}})
    assert claiming.lease_tasks(user=team.people["Ann"], dataset=before, count=3)
    assert probes_of(team) == set()


def test_what_somebody_has_on_their_page_stays_with_them_when_it_is_retired(team: Team) -> None:
    held = _hold_a_probe(team)
    gold = Probe.objects.get(task=held["id"]).gold_id
    assert team.browsers["Rita"].delete(f"/api/tasks/{gold}/gold/").status_code == 204
    assert team.answer("Ann", held).status_code == 200
    assert Probe.objects.filter(gold=gold).count() == 1


def test_a_probe_that_was_given_back_comes_again(team: Team) -> None:
    held = _hold_a_probe(team)
    assert team.browsers["Ann"].delete(f"/api/tasks/{held['id']}/lease/").status_code == 204
    (again,) = team.next("Ann")["tasks"]
    assert again["id"] == held["id"]
    assert Slot.objects.filter(task=held["id"], state=SlotState.LEASED).count() == 1


def test_what_is_said_of_a_probe_is_said_of_its_original(team: Team) -> None:
    held = _hold_a_probe(team)
    flagged = team.post("Ann", f"tasks/{held['id']}/flag/", {"comment": "blurred"})
    assert flagged.json()["task"] == held["id"]
    (seen,) = team.get("Olga", f"datasets/{team.dataset.slug}/flags/").json()["results"]
    assert seen["task"] == str(Probe.objects.get(task=held["id"]).gold_id)
    assert seen["comment"] == "blurred"


def _hold_a_probe(team: Team) -> dict[str, Any]:
    while True:
        task: dict[str, Any] = team.next("Ann")["tasks"][0]
        if task["id"] in probes_of(team):
            return task
        team.answer("Ann", task)


def test_ids_are_as_old_as_the_neighbours(team: Team) -> None:
    order = [uuid.UUID(task["id"]) for task, _ in work(team, until=20)]
    assert order == sorted(order), "in the order of imports ids rise; a younger one stands out"
    images = [TaskImage.objects.get(task=task).image_id for task in order]
    assert images == sorted(images)
