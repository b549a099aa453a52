"""The overlap changes while people claim, answer, give back and walk away: no slot too many, and no
answer lost."""

from __future__ import annotations

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models.functions import Now

from apps.annotators.models import User
from apps.datasets.actions.changing import change_dataset
from apps.datasets.models import Dataset, Role
from apps.tasks.actions.answering import Response, Submission, submit_answer
from apps.tasks.actions.claiming import lease_tasks
from apps.tasks.actions.leasing import Lease, release_leases
from apps.tasks.models import Revision, Slot, SlotState, Task
from concord.ids import uuid7
from concord.jobs.models import Job
from concord.jobs.runner import run_job
from tests.factories import add_member, make_dataset, make_task, make_user
from tests.forms import rounds

PEOPLE = 6
TASKS = 30
OVERLAPS: list[Any] = [3, 1, 4, 2, "all", 1, {"base": 1, "share": 0.5, "to": 3}, 2]

# One statement, so that it sees every task whole: its slots outside of the surplus are its overlap,
# or its answers where those are more.
OFF = """
SELECT t.id, t.overlap, count(*) FILTER (WHERE NOT s.surplus),
       count(*) FILTER (WHERE NOT s.surplus AND s.state = 'submitted')
  FROM tasks_task t JOIN tasks_slot s ON s.task_id = t.id
 GROUP BY t.id
HAVING count(*) FILTER (WHERE NOT s.surplus)
    <> greatest(t.overlap, count(*) FILTER (WHERE NOT s.surplus AND s.state = 'submitted'))
"""

pytestmark = pytest.mark.django_db(transaction=True)


def tasks_that_are_off() -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(OFF)
        return cursor.fetchall()


class Person:
    """Works until told to stop, and remembers what the server took."""

    def __init__(self, user: User, dataset: Dataset) -> None:
        self.user, self.dataset = user, Dataset.objects.get(pk=dataset.pk)
        self.taken: dict[str, bool] = {}
        self.chance = random.Random(user.email)

    def work(self, stop: threading.Event) -> None:
        try:
            while not stop.is_set():
                self.dataset.refresh_from_db()
                for lease in lease_tasks(user=self.user, dataset=self.dataset, count=2):
                    self._do(lease)
        finally:
            connection.close()

    def _do(self, lease: Lease) -> None:
        what = self.chance.random()
        if what < 0.2:
            release_leases(user=self.user, dataset=self.dataset)
        elif what < 0.4:  # walks away; the lease runs out
            mine = Slot.objects.filter(task=lease.task_id, user=self.user, state=SlotState.LEASED)
            mine.update(lease_expires_at=Now() - timedelta(seconds=1))
        else:
            self._answer(lease)

    def _answer(self, lease: Lease) -> None:
        key = str(uuid7())
        task = Task.objects.select_related("dataset").get(pk=lease.task_id)
        reply = submit_answer(
            user=self.user,
            task=task,
            response=Response("accept", [], [], {}, 1.0),
            submission=Submission(key=key, request_hash=key, lease=lease.token, base=None),
        )
        self.taken[key] = reply["late"]


@pytest.mark.parametrize("_round", rounds(long=10))
def test_the_overlap_changes_under_people_at_work(
    _round: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("apps.tasks.actions.fitting.CHUNK", 7)
    owner = make_user("Olga")
    dataset = make_dataset(owner=owner, overlap=2)
    for n in range(TASKS):
        make_task(dataset, name=f"{n}.jpg", order_key=n)
    people = [Person(make_user(f"Ann{n}"), dataset) for n in range(PEOPLE)]
    for person in people:
        add_member(dataset, person.user, Role.ANNOTATOR)

    stop = threading.Event()
    with ThreadPoolExecutor(PEOPLE) as threads:
        working = [threads.submit(person.work, stop) for person in people]
        try:
            for overlap in OVERLAPS:
                _change(dataset, owner, overlap)
        finally:
            stop.set()
        for one in working:
            one.result(60)

    assert tasks_that_are_off() == []
    keys = {key: late for person in people for key, late in person.taken.items()}
    stored = dict(Revision.objects.values_list("client_key", "late"))
    assert stored == keys, "what was taken is there, once"
    in_slots = Slot.objects.filter(state=SlotState.SUBMITTED).values_list("task", "user")
    answers = Revision.objects.filter(late=False).values_list("task", "user")
    assert sorted(in_slots) == sorted(set(answers))
    for task in Task.objects.all():
        answered = task.slots.filter(state=SlotState.SUBMITTED).count()
        assert (task.state == "open") == (answered < task.overlap)


def _change(dataset: Dataset, owner: User, overlap: Any) -> None:
    """Set the overlap and let the job run, looking at every moment whether a task is off."""
    dataset.refresh_from_db()
    change_dataset(
        dataset=dataset,
        actor=owner,
        version=dataset.config_version,
        config={"overlap": overlap},
    )
    job = Job.objects.get(kind="tasks.fit", state=Job.State.QUEUED)
    runner = threading.Thread(target=_run, args=(job,))
    runner.start()
    while runner.is_alive():
        assert tasks_that_are_off() == []
        runner.join(0.02)
    job.refresh_from_db()
    assert job.state == Job.State.DONE, job.error_code
    # What another wanted before, the people at work may have changed since; not the overlap.
    wanted = {overlap} if isinstance(overlap, int) else None
    if wanted is not None:
        unlocked = Task.objects.filter(dataset=dataset, locked_at=None)
        assert set(unlocked.values_list("overlap", flat=True)) == wanted


def _run(job: Job) -> None:
    try:
        run_job(job.id)
    finally:
        connection.close()
