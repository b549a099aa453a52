"""kill -9 of the worker in the middle of what it does to a dataset's tasks."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.db.models.functions import Now

from apps.datasets.actions.changing import change_dataset
from apps.datasets.models import Interface
from apps.tasks.actions import composing
from apps.tasks.jobs import COMPOSE_ATTEMPTS
from apps.tasks.models import Composition, Slot, Task, TaskImage
from concord.jobs import actions
from concord.jobs.models import Job
from concord.jobs.runner import run_job
from tests.factories import make_dataset, make_image, make_task, make_user
from tests.team import Team

ROOT = Path(__file__).resolve().parents[3]
IMAGES = 24

pytestmark = pytest.mark.django_db(transaction=True)


def kill_worker_of(job: Job, *, after: str, chunk: int) -> None:
    """Let a worker die once it has called a function, `module:name`, for the second time."""
    wrapped = connection.settings_dict
    environment = {
        **os.environ,
        "DATABASE_URL": f"postgresql://{wrapped['USER']}@/{wrapped['NAME']}?host={wrapped['HOST']}",
        "CELERY_BROKER_URL": settings.CELERY_BROKER_URL,
        "CONCORD_PROCESS": "worker",
        "CONCORD_DATA_DIR": str(settings.DATA_DIR),
        "PYTHONPATH": f"{ROOT / 'platform'}{os.pathsep}{ROOT}",
    }
    doomed = Path(__file__).with_name("doomed.py")
    with subprocess.Popen(
        [sys.executable, str(doomed), str(job.id), *after.split(":"), str(chunk)],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    ) as worker:
        try:
            assert worker.stdout is not None
            assert worker.stdout.readline() == "there\n"
        finally:
            worker.kill()
    job.refresh_from_db()
    assert job.state == Job.State.RUNNING, "nobody was told"
    Job.objects.filter(pk=job.pk).update(heartbeat_at=Now() - timedelta(minutes=1))
    actions.reap()
    job.refresh_from_db()


@pytest.fixture
def team() -> Team:
    team = Team(interface=Interface.IMAGE_CHOICE, labels=(), question="Cats?")
    for n in range(IMAGES):
        make_image(team.dataset, name=f"{n}.jpg")
    return team


def compose(team: Team) -> tuple[Composition, Job]:
    reply = team.post("Olga", f"datasets/{team.dataset.slug}/compose/", {"size": 4})
    assert reply.status_code == 202, reply.content
    made = Composition.objects.get(pk=reply.json()["id"])
    return made, Job.objects.get(args__composition=str(made.pk))


def kill_composer(job: Job) -> None:
    """After the second chunk of two groups was made, and before that was committed."""
    kill_worker_of(job, after="apps.tasks.actions.composing:create_tasks", chunk=2)


def grouped() -> Counter[str]:
    return Counter(TaskImage.objects.values_list("image__name", flat=True))


def test_another_worker_makes_the_groups_that_are_missing(team: Team) -> None:
    made, job = compose(team)
    kill_composer(job)
    assert (job.state, grouped().total()) == (Job.State.QUEUED, 8)
    assert run_job(job.id)
    made.refresh_from_db()
    assert (made.state, made.done, made.total, made.error) == ("done", 6, 6, "")
    assert grouped() == {f"{n}.jpg": 1 for n in range(IMAGES)}


def test_a_run_that_kills_every_worker_ends_in_words_and_makes_way(team: Team) -> None:
    made, job = compose(team)
    Job.objects.filter(pk=job.pk).update(attempts=COMPOSE_ATTEMPTS - 1)
    kill_composer(job)
    assert (job.state, job.error_code) == (Job.State.FAILED, "worker_died")
    shown = team.get("Olga", f"compositions/{made.pk}/").json()
    assert (shown["state"], shown["done"]) == ("failed", 2)
    assert shown["error"] == composing.WORKER_DIED
    assert shown["finished_at"] is not None

    other, rest = compose(team)
    assert run_job(rest.id)
    other.refresh_from_db()
    assert (other.state, other.total) == ("done", 4)
    assert grouped() == {f"{n}.jpg": 1 for n in range(IMAGES)}


def test_another_worker_fits_the_tasks_that_are_missing() -> None:
    owner = make_user("Olga")
    dataset = make_dataset(owner=owner, overlap=2)
    tasks = [make_task(dataset, name=f"{n}.jpg", order_key=n) for n in range(10)]
    version = dataset.config_version
    change_dataset(dataset=dataset, actor=owner, version=version, config={"overlap": 3})
    job = Job.objects.get(kind="tasks.fit")
    # The second chunk is done, and its place not yet noted: it is done again.
    kill_worker_of(job, after="apps.tasks.actions.fitting:refit_tasks", chunk=3)
    assert (job.state, job.progress["done"]) == (Job.State.QUEUED, 3)
    fitted = Counter(Task.objects.values_list("overlap", flat=True))
    assert fitted == {3: 6, 2: 4}

    assert run_job(job.id)
    job.refresh_from_db()
    assert (job.state, job.progress["done"]) == (Job.State.DONE, 10)
    assert set(Task.objects.values_list("overlap", flat=True)) == {3}
    slots = Counter(Slot.objects.filter(surplus=False).values_list("task", flat=True))
    assert slots == {task.id: 3 for task in tasks}
    assert Slot.objects.filter(surplus=True).count() == 0
