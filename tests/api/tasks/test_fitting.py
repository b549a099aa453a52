"""A change of settings reaches the tasks that were made before it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db.models.functions import Now

from apps.reviews.models import Final
from apps.tasks.domain.identity import falls_in_share
from apps.tasks.models import Revision, Slot, Task
from concord.jobs.models import Job
from concord.jobs.runner import run_job
from tests.factories import make_task
from tests.team import Team, both_answer, box

pytestmark = pytest.mark.django_db

STOP = [box(10, 10, 40, 20, "stop")]


def change(team: Team, **settings: Any) -> None:
    """As the manager does it; then the job that follows has its turn."""
    team.dataset.refresh_from_db()
    version = {"If-Match": f'"{team.dataset.config_version}"'}
    path = f"/api/datasets/{team.dataset.slug}/"
    reply = team.browsers["Olga"].patch(
        path, settings, content_type="application/json", headers=version
    )
    assert reply.status_code == 200, reply.content


def run_jobs() -> int:
    """Run what waits; returns how many ended well."""
    ran = 0
    while job := Job.objects.filter(kind="tasks.fit", state=Job.State.QUEUED).first():
        assert run_job(job.id)
        job.refresh_from_db()
        assert job.state in (Job.State.DONE, Job.State.QUEUED), job.error_code
        ran += 1
    return ran


def standing(task: Task) -> dict[str, Any]:
    """What a task is, and how many slots it has in which state; a star marks a surplus."""
    task.refresh_from_db()
    slots: dict[str, int] = {}
    for slot in task.slots.all():
        name = slot.state + "*" * slot.surplus
        slots[name] = slots.get(name, 0) + 1
    return {"state": task.state, "overlap": task.overlap, **slots}


def test_raising_opens_finals_for_further_answers() -> None:
    team = Team(overlap=2)
    task = make_task(team.dataset)
    both_answer(team, STOP, STOP)
    assert Final.objects.exists()
    change(team, overlap=3)
    assert standing(task) == {"state": "final", "overlap": 2, "submitted": 2}, "not in the request"
    run_jobs()
    assert standing(task) == {"state": "open", "overlap": 3, "submitted": 2, "free": 1}
    assert not Final.objects.exists()
    (again,) = team.next("Rita")["tasks"]
    assert team.answer("Rita", again, *STOP).status_code == 200
    assert standing(task) == {"state": "final", "overlap": 3, "submitted": 3}
    assert Revision.objects.count() == 3


def test_raising_leaves_alone_what_a_reviewer_decided() -> None:
    team = Team(overlap=2, review_policy="all")
    task = make_task(team.dataset)
    both_answer(team, STOP, STOP)
    (review,) = team.review()["tasks"]
    assert team.decide(review, {"action": "accept"}, final=True).status_code == 200
    change(team, overlap=3)
    run_jobs()
    assert standing(task) == {"state": "final", "overlap": 2, "submitted": 2}


def test_lowering_settles_what_has_its_answers_now() -> None:
    team = Team(overlap=3)
    task, untouched = make_task(team.dataset), make_task(team.dataset, name="b.jpg", order_key=1)
    (held,) = team.next("Ann")["tasks"]
    team.answer("Ann", held, *STOP)
    change(team, overlap=1)
    run_jobs()
    assert standing(task) == {"state": "final", "overlap": 1, "submitted": 1}
    assert standing(untouched) == {"state": "open", "overlap": 1, "free": 1}
    assert Final.objects.get().origin == "single"


@pytest.mark.parametrize("how", ["released", "lapsed"])
def test_a_lease_beyond_the_overlap_goes_away_when_it_is_given_back(how: str) -> None:
    team = Team(overlap=2)
    task = make_task(team.dataset)
    (anns,), (bens,) = team.next("Ann")["tasks"], team.next("Ben")["tasks"]
    team.answer("Ann", anns, *STOP)
    change(team, overlap=1)
    run_jobs()
    assert standing(task) == {"state": "final", "overlap": 1, "submitted": 1, "leased*": 1}
    if how == "released":
        team.browsers["Ben"].delete(f"/api/tasks/{bens['id']}/lease/")
    else:
        Slot.objects.filter(user=team.people["Ben"]).update(
            lease_expires_at=Now() - timedelta(hours=1)
        )
        assert team.next("Rita")["reason"]["code"] == "done"
    assert standing(task) == {"state": "final", "overlap": 1, "submitted": 1}


def test_an_answer_through_a_surplus_lease_counts_like_any_other() -> None:
    team = Team(overlap=2)
    task = make_task(team.dataset)
    (anns,), (bens,) = team.next("Ann")["tasks"], team.next("Ben")["tasks"]
    change(team, overlap=1)
    run_jobs()
    assert standing(task) == {"state": "open", "overlap": 1, "leased": 1, "leased*": 1}
    (surplus,) = Slot.objects.filter(surplus=True)
    first, second = ("Ann", anns), ("Ben", bens)
    if surplus.user == team.people["Ben"]:
        first, second = second, first
    assert team.answer(*first, *STOP).status_code == 200
    assert standing(task) == {"state": "final", "overlap": 1, "submitted": 1, "leased*": 1}
    assert team.answer(*second, *STOP).json()["late"] is False
    assert standing(task) == {"state": "final", "overlap": 1, "submitted": 2}
    assert Final.objects.get().origin == "agreed"


def test_a_share_of_the_tasks_is_the_same_however_often_it_is_set() -> None:
    team = Team(overlap=1)
    tasks = [make_task(team.dataset, name=f"{n}.jpg", order_key=n) for n in range(20)]
    change(team, overlap={"base": 1, "share": 0.5, "to": 3})
    run_jobs()
    wanted = {task.id: 3 if falls_in_share(task.input_hash, 0.5) else 1 for task in tasks}
    assert 0 < list(wanted.values()).count(3) < 20
    for task in tasks:
        assert (standing(task)["overlap"], task.slots.count()) == (wanted[task.id],) * 2
    slots = set(Slot.objects.values_list("task", "n"))
    change(team, overlap=2)
    change(team, overlap={"base": 1, "share": 0.5, "to": 3})
    run_jobs()
    assert set(Slot.objects.values_list("task", "n")) == slots


def test_everybody_means_the_annotators_and_whoever_has_answered() -> None:
    team = Team(overlap=1)
    task = make_task(team.dataset)
    (held,) = team.next("Rita")["tasks"]
    team.answer("Rita", held, *STOP)
    change(team, overlap="all")
    run_jobs()
    assert standing(task) == {"state": "open", "overlap": 3, "submitted": 1, "free": 2}


def test_a_newcomer_gets_work_but_takes_no_final_away() -> None:
    team = Team(overlap="all")
    done, waiting = make_task(team.dataset), make_task(team.dataset, name="b.jpg", order_key=1)
    both_answer(team, STOP, STOP)
    path = f"datasets/{team.dataset.slug}/members/"
    assert team.post("Olga", path, {"email": "zoe@example.org", "role": "annotator"})
    run_jobs()
    assert standing(done) == {"state": "final", "overlap": 2, "submitted": 2}
    assert standing(waiting) == {"state": "open", "overlap": 3, "free": 3}
    assert len(team.next("Zoe")["tasks"]) == 1


def test_a_change_of_routes_reaches_what_was_routed_before() -> None:
    team = Team(overlap=2)
    task = make_task(team.dataset, meta={"kind": "cat", "author": "ben@example.org"})
    route = {"meta": "kind", "equals": "cat", "to": ["ann@example.org"]}
    change(team, routing=[route])
    run_jobs()
    assert standing(task) == {"state": "open", "overlap": 1, "free": 1}
    assert team.next("Ben")["reason"]["code"] == "not_allowed"
    change(team, routing=[{"meta": "author", "to": "others"}])
    run_jobs()
    assert standing(task) == {"state": "open", "overlap": 2, "free": 2}
    assert team.next("Ben")["reason"]["code"] == "not_allowed"
    change(team, routing=[])
    run_jobs()
    assert len(team.next("Ben")["tasks"]) == 1


def test_the_job_goes_on_where_it_was_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apps.tasks.actions.fitting.CHUNK", 3)
    team = Team(overlap=1)
    tasks = [make_task(team.dataset, name=f"{n}.jpg", order_key=n // 2) for n in range(8)]
    change(team, overlap=2)
    with monkeypatch.context() as killed:
        killed.setattr("apps.tasks.actions.fitting.refit_tasks", _killed_at_third_call())
        job = Job.objects.get(kind="tasks.fit")
        run_job(job.id)
    job.refresh_from_db()
    assert job.progress["done"] == 6
    assert Slot.objects.count() == 14
    Job.objects.update(run_after=Now())
    run_jobs()
    job.refresh_from_db()
    assert (job.state, job.progress["done"], job.progress["total"]) == ("done", 8, 8)
    assert {task.slots.count() for task in tasks} == {2}


def _killed_at_third_call() -> Callable[..., Any]:
    from apps.tasks.actions.refitting import refit_tasks  # noqa: PLC0415 - before it is replaced

    calls: list[None] = []

    def killed(**arguments: Any) -> Any:
        calls.append(None)
        if len(calls) == 3:
            raise RuntimeError("killed")
        return refit_tasks(**arguments)

    return killed


def status(team: Team) -> dict[str, Any]:
    found: dict[str, Any] = team.get("Olga", f"datasets/{team.dataset.slug}/fitting/").json()
    return found


def test_a_manager_sees_how_far_the_job_is_and_starts_a_failed_one_anew() -> None:
    team = Team(overlap=1)
    make_task(team.dataset)
    idle = {"state": "idle", "done": 0, "total": 1, "for_nobody": 0, "strangers": []}
    assert status(team) == idle
    change(team, overlap=2)
    assert status(team) == {**idle, "state": "waiting"}
    Job.objects.update(state=Job.State.FAILED, finished_at=Now(), error_code="crashed")
    assert status(team)["state"] == "failed"
    again = team.post("Olga", f"datasets/{team.dataset.slug}/fitting/", {})
    assert (again.status_code, again.json()["state"]) == (202, "waiting")
    assert run_jobs() == 1
    assert status(team) == {**idle, "done": 1}
    assert Slot.objects.count() == 2
    assert team.post("Olga", f"datasets/{team.dataset.slug}/fitting/", {}).status_code == 409


def test_a_manager_sees_which_addresses_nobody_has() -> None:
    team = Team(overlap=2)
    make_task(team.dataset, meta={"for": ["Zoe@example.org"]})
    make_task(team.dataset, name="b.jpg", order_key=1, meta={"for": "ann@example.org"})
    cats = {"meta": "kind", "equals": "cat", "to": ["cat@example.org", "ben@example.org"]}
    change(team, routing=[cats, {"meta": "for", "to": "named"}])
    run_jobs()
    found = status(team)
    assert (found["for_nobody"], found["strangers"]) == (1, ["Zoe@example.org", "cat@example.org"])
    path = f"datasets/{team.dataset.slug}/members/"
    team.post("Olga", path, {"email": "zoe@example.org", "role": "annotator"})
    run_jobs()
    found = status(team)
    assert (found["for_nobody"], found["strangers"]) == (0, ["cat@example.org"])
    assert len(team.next("Zoe")["tasks"]) == 1


def test_a_later_change_takes_over_what_an_earlier_one_had_left() -> None:
    team = Team(overlap=1)
    task = make_task(team.dataset)
    (held,) = team.next("Ann")["tasks"]
    team.answer("Ann", held, *STOP)
    change(team, overlap=3)
    change(team, overlap=2, name="Signs")
    change(team, name="Street signs")
    assert [job.state for job in Job.objects.order_by("id")] == ["cancelled", "queued"]
    assert run_jobs() == 1
    assert standing(task) == {"state": "open", "overlap": 2, "submitted": 1, "free": 1}


def test_answers_sent_back_are_all_awaited_though_fewer_are_asked_for_by_now() -> None:
    team = Team(overlap=2)
    task = make_task(team.dataset)
    both_answer(team, STOP, [box(100, 50, 40, 20, "yield")])
    change(team, overlap=1)
    run_jobs()
    assert standing(task) == {"state": "conflicted", "overlap": 1, "submitted": 2}
    (asked,) = team.review()["tasks"]
    back = {"conflict": None, "action": "send_back", "reason": "loose"}
    assert team.decide(asked, back).status_code == 200
    assert standing(task) == {"state": "open", "overlap": 2, "leased": 2}
    for who, state in (("Ann", "open"), ("Ben", "answered")):
        (again,) = team.next(who)["tasks"]
        assert team.answer(who, again, *STOP).json()["task"]["state"] == state
