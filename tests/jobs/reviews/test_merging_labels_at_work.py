"""Labels are merged while people answer: no two names of one thing stay a conflict."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from django.db import connection, transaction

from apps.datasets.models import Label
from apps.reviews.actions import relabelling
from apps.reviews.models import Conflict
from apps.tasks.models import Task
from concord.jobs.models import Job
from concord.jobs.runner import run_job
from concord.rows import first_row
from tests.factories import make_task
from tests.jobs.tasks.test_nothing_left import in_thread
from tests.team import Team, box

pytestmark = pytest.mark.django_db(transaction=True)

TASKS = 12
STOP, YIELD = [box(10, 10, 40, 20, "stop")], [box(10, 10, 40, 20, "yield")]


@pytest.fixture
def team() -> Team:
    """Ann called what is on each image a stop sign; Ben has yet to answer."""
    team = Team()
    for n in range(TASKS):
        make_task(team.dataset, name=f"{n}.jpg", order_key=n)
        (task,) = team.next("Ann")["tasks"]
        assert team.answer("Ann", task, *STOP).status_code == 200
    return team


def merge(team: Team) -> Any:
    label = Label.objects.get(name="yield")
    return team.post(
        "Olga", f"datasets/{team.dataset.slug}/labels/{label.id}/merge/", {"into": "stop"}
    )


def unmerge(team: Team) -> Any:
    label = Label.objects.get(name="yield")
    path = f"/api/datasets/{team.dataset.slug}/labels/{label.id}/merge/"
    return team.browsers["Olga"].delete(path)


def settle() -> None:
    job = Job.objects.get(kind=relabelling.KIND, state=Job.State.QUEUED)
    assert run_job(job.pk)
    job.refresh_from_db()
    assert job.state == Job.State.DONE


def until_somebody_waits_for_a_lock() -> None:
    """Return once a statement of another connection stands still; pytest's time limit ends it."""
    waiting = "SELECT 1 FROM pg_stat_activity WHERE datname = %s AND wait_event_type = 'Lock'"
    while first_row(waiting, [connection.settings_dict["NAME"]]) is None:
        pass


def test_ben_answers_while_olga_merges_and_takes_back(team: Team) -> None:
    met = threading.Event()

    def answers() -> None:
        for n in range(TASKS):
            (task,) = team.next("Ben")["tasks"]
            assert team.answer("Ben", task, *YIELD).status_code == 200
            if n == 2:
                met.set()

    def merges() -> None:
        assert met.wait(30)
        assert merge(team).status_code == 202
        settle()
        assert unmerge(team).status_code == 202
        assert merge(team).status_code == 202

    with ThreadPoolExecutor(2) as threads:
        running = [in_thread(threads, work) for work in (answers, merges)]
        for each in running:
            each.result(60)
    settle()
    assert set(Task.objects.values_list("state", flat=True)) == {"final"}
    assert not Conflict.objects.filter(state="open").exists()


def test_a_merge_waits_for_an_answer_that_is_being_compared(team: Team) -> None:
    (task,) = team.next("Ben")["tasks"]
    answered, leave = threading.Event(), threading.Event()

    def answers() -> None:
        with transaction.atomic():
            assert team.answer("Ben", task, *YIELD).status_code == 200
            answered.set()
            assert leave.wait(30)

    with ThreadPoolExecutor(2) as threads:
        answer = in_thread(threads, answers)
        assert answered.wait(30)
        merging = in_thread(threads, partial(merge, team))
        until_somebody_waits_for_a_lock()
        leave.set()
        answer.result(30)
        assert merging.result(30).status_code == 202
    assert Task.objects.get(pk=task["id"]).state == "conflicted", "compared by what held then"
    settle()
    assert Task.objects.get(pk=task["id"]).state == "final"
