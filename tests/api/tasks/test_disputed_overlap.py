"""More answers where people differ, and only there."""

from __future__ import annotations

from typing import Any

import pytest

from apps.datasets.models import Membership, Role
from apps.tasks.models import Purpose, Slot, Task
from tests.api.tasks.test_fitting import change, run_jobs, standing
from tests.factories import add_member, browser_of, make_task, make_user
from tests.team import Team, both_answer, box

pytestmark = pytest.mark.django_db

STOP = [box(10, 10, 40, 20, "stop")]
YIELD = [box(10, 10, 40, 20, "yield")]
TO_FOUR = {"base": 2, "most": 4}


@pytest.fixture
def team() -> Team:
    """Besides Ann and Ben there are Cleo and Dan to ask."""
    team = Team(overlap=TO_FOUR)
    for name in ("Cleo", "Dan"):
        join(team, name)
    return team


def join(team: Team, name: str) -> None:
    team.people[name] = make_user(name)
    add_member(team.dataset, team.people[name], Role.ANNOTATOR)
    team.browsers[name] = browser_of(team.people[name])


def gets(team: Team, who: str) -> str | None:
    tasks = team.next(who)["tasks"]
    return tasks[0]["id"] if tasks else None


def answers(team: Team, who: str, boxes: list[dict[str, Any]]) -> None:
    (task,) = team.next(who)["tasks"]
    assert team.answer(who, task, *boxes).status_code == 200


def test_where_two_agree_nobody_else_is_asked(team: Team) -> None:
    task = make_task(team.dataset)
    both_answer(team, STOP, STOP)
    assert standing(task) == {"state": "final", "overlap": 2, "submitted": 2}
    assert gets(team, "Cleo") is None


def test_where_people_differ_one_more_is_asked_at_a_time_and_then_a_reviewer(team: Team) -> None:
    first = make_task(team.dataset)
    second = make_task(team.dataset, name="b.jpg", order_key=1)
    both_answer(team, STOP, YIELD)
    assert standing(first) == {"state": "open", "overlap": 3, "submitted": 2, "free": 1}
    assert Slot.objects.get(task=first, state="free").purpose == Purpose.EXTRA
    assert gets(team, "Ann") == str(second.id)  # nobody answers twice
    assert gets(team, "Cleo") == str(first.id)  # a dispute comes before new work
    answers(team, "Cleo", STOP)
    assert standing(first) == {"state": "open", "overlap": 4, "submitted": 3, "free": 1}
    answers(team, "Dan", STOP)
    assert standing(first) == {"state": "conflicted", "overlap": 4, "submitted": 4}
    (waiting,) = team.review()["tasks"]
    assert (waiting["id"], len(waiting["versions"])) == (str(first.id), 4)


def test_whoever_had_searched_the_whole_queue_finds_the_dispute(team: Team) -> None:
    task = make_task(team.dataset)
    (first,), (second,) = team.next("Ann")["tasks"], team.next("Ben")["tasks"]
    assert gets(team, "Cleo") is None
    assert team.answer("Ann", first, *STOP).status_code == 200
    assert team.answer("Ben", second, *YIELD).status_code == 200
    assert gets(team, "Cleo") == str(task.id)


def test_nobody_is_waited_for_who_is_not_there() -> None:
    team = Team(overlap=TO_FOUR)
    task = make_task(team.dataset)
    both_answer(team, STOP, YIELD)
    assert standing(task) == {"state": "conflicted", "overlap": 2, "submitted": 2}


def test_a_dispute_goes_to_a_reviewer_when_the_last_who_could_be_asked_leaves() -> None:
    team = Team(overlap=TO_FOUR)
    join(team, "Cleo")
    task = make_task(team.dataset)
    both_answer(team, STOP, YIELD)
    assert standing(task)["state"] == "open"
    member = Membership.objects.get(dataset=team.dataset, user=team.people["Cleo"])
    path = f"/api/datasets/{team.dataset.slug}/members/{member.user_id}/"
    assert team.browsers["Olga"].delete(path).status_code == 204
    assert run_jobs() == 1
    assert standing(task) == {"state": "conflicted", "overlap": 2, "submitted": 2}


def test_a_fixed_number_takes_back_what_was_asked_for_and_not_begun(team: Team) -> None:
    task = make_task(team.dataset)
    both_answer(team, STOP, YIELD)
    change(team, overlap=2)
    assert run_jobs() == 1
    assert standing(task) == {"state": "conflicted", "overlap": 2, "submitted": 2}


def test_what_was_asked_for_stays_when_other_settings_change(team: Team) -> None:
    task = make_task(team.dataset)
    both_answer(team, STOP, YIELD)
    change(team, overlap={"base": 2, "most": 3})
    run_jobs()
    assert standing(task) == {"state": "open", "overlap": 3, "submitted": 2, "free": 1}
    answers(team, "Cleo", STOP)
    assert standing(task)["state"] == "conflicted"


def test_without_review_the_last_answer_closes_the_task() -> None:
    team = Team(overlap={"base": 2, "most": 3}, review_policy="none")
    join(team, "Cleo")
    task = make_task(team.dataset)
    both_answer(team, STOP, YIELD)
    assert standing(task)["state"] == "open"
    answers(team, "Cleo", STOP)
    assert standing(task) == {"state": "final", "overlap": 3, "submitted": 3}


@pytest.mark.parametrize(
    "overlap",
    [{"base": 1, "most": 3}, {"base": 3, "most": 3}, {"base": 2, "most": 65}, {"most": 3}],
)
def test_what_cannot_be_asked_for_is_refused(overlap: dict[str, int]) -> None:
    team = Team()
    path, version = f"/api/datasets/{team.dataset.slug}/", {"If-Match": '"1"'}
    reply = team.browsers["Olga"].patch(
        path, {"overlap": overlap}, content_type="application/json", headers=version
    )
    assert reply.status_code == 400
    assert "overlap" in reply.json()["errors"]
    assert not Task.objects.exists()
