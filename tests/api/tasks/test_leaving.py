"""Who leaves holds nothing back: at logout, on losing a membership, on being deactivated."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from apps.datasets.models import Role
from apps.reviews.models import ReviewLease
from apps.tasks.models import Draft, Slot, Task
from concord.jobs.models import Job
from concord.jobs.runner import run_job
from tests.factories import add_member, browser_of, make_dataset, make_task, make_user
from tests.team import Team, both_answer, box

pytestmark = pytest.mark.django_db


def log_out(team: Team) -> None:
    reply = team.browsers["Ann"].delete("/_allauth/browser/v1/auth/session")
    assert reply.status_code == 401  # allauth's way of saying that nobody is logged in any more


def remove(team: Team) -> None:
    path = f"/api/datasets/{team.dataset.slug}/members/{team.people['Ann'].id}/"
    assert team.browsers["Olga"].delete(path).status_code == 204


def make_viewer(team: Team) -> None:
    path = f"/api/datasets/{team.dataset.slug}/members/{team.people['Ann'].id}/"
    reply = team.browsers["Olga"].patch(path, {"role": "viewer"}, content_type="application/json")
    assert reply.status_code == 200


def deactivate(team: Team) -> None:
    admin = browser_of(make_user("Ada", is_admin=True))
    path = f"/api/users/{team.people['Ann'].id}/"
    reply = admin.patch(path, {"is_active": False}, content_type="application/json")
    assert reply.status_code == 200, reply.content


WAYS = [log_out, remove, make_viewer, deactivate]


@pytest.mark.parametrize("leave", WAYS)
def test_others_get_at_once_what_they_held_and_what_they_began_is_kept(
    leave: Callable[[Team], None],
) -> None:
    team = Team(overlap=1)
    make_task(team.dataset)
    (task,) = team.next("Ann")["tasks"]
    draft = {"body": {"spans": []}, "base": 0}
    put = team.browsers["Ann"].put(
        f"/api/tasks/{task['id']}/draft/", draft, content_type="application/json"
    )
    assert put.status_code in (200, 204), put.content
    assert team.next("Ben")["tasks"] == []
    leave(team)
    assert [each["id"] for each in team.next("Ben")["tasks"]] == [task["id"]]
    assert Draft.objects.get().user == team.people["Ann"]


@pytest.mark.parametrize(("leave", "left"), [(log_out, 0), (deactivate, 0), (remove, 1)])
def test_it_is_all_datasets_unless_they_leave_one(leave: Callable[[Team], None], left: int) -> None:
    team = Team(overlap=1)
    make_task(team.dataset)
    other = make_dataset(owner=team.people["Olga"], name="Other")
    add_member(other, team.people["Ann"], Role.ANNOTATOR)
    make_task(other)
    team.next("Ann")
    team.post("Ann", "datasets/other/next/", {"count": 1})
    assert Slot.objects.filter(user=team.people["Ann"]).count() == 2
    leave(team)
    assert Slot.objects.filter(user=team.people["Ann"]).count() == left


def test_reviewers_give_back_what_they_review() -> None:
    team = Team(review_policy="all")
    make_task(team.dataset)
    stop = [box(10, 10, 40, 20, "stop")]
    both_answer(team, stop, stop)
    assert len(team.review()["tasks"]) == 1
    team.browsers["Rita"].delete("/_allauth/browser/v1/auth/session")
    assert not ReviewLease.objects.exists()


def fit() -> None:
    (job,) = Job.objects.filter(kind="tasks.fit", state=Job.State.QUEUED)
    run_job(job.id)
    job.refresh_from_db()
    assert job.state == Job.State.DONE


@pytest.mark.parametrize("leave", [remove, make_viewer, deactivate])
def test_nobody_waits_for_the_answers_of_somebody_who_is_gone(
    leave: Callable[[Team], None],
) -> None:
    team = Team(overlap="all")
    tasks = [make_task(team.dataset, name=f"{n}.jpg", order_key=n) for n in range(3)]
    for who, answers in (("Ann", 1), ("Ben", 2)):
        for _ in range(answers):
            (task,) = team.next(who)["tasks"]
            assert team.answer(who, task).status_code == 200
    leave(team)
    fit()
    states = [(task.state, task.overlap, task.slots.count()) for task in _fresh(tasks)]
    # Both answered the first, Ben the second, nobody the third: that one now waits for him alone.
    assert states == [("final", 2, 2), ("final", 1, 1), ("open", 1, 1)]


def test_who_comes_back_is_waited_for_again() -> None:
    team = Team(overlap="all")
    (task,) = [make_task(team.dataset)]
    deactivate(team)
    fit()
    admin = browser_of(make_user("Bea", is_admin=True))
    path = f"/api/users/{team.people['Ann'].id}/"
    admin.patch(path, {"is_active": True}, content_type="application/json")
    fit()
    assert [row.overlap for row in _fresh([task])] == [2]


def test_where_nobody_counts_on_members_nothing_is_fitted() -> None:
    team = Team(overlap=2)
    remove(team)
    assert not Job.objects.filter(kind="tasks.fit").exists()


def _fresh(tasks: list[Task]) -> Any:
    return Task.objects.filter(pk__in=[task.pk for task in tasks]).order_by("order_key")
