"""What waits for a job is told when the last worker that tried it died."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.db.models.functions import Now

from apps.annotators.models import User
from apps.datasets.models import Dataset
from apps.exchange.actions import create_export
from apps.exchange.domain.options import ExportOptions
from apps.exchange.jobs import end_export
from apps.exchange.making import CRASHED
from apps.exchange.models import Export
from apps.imports.models import Import, ImportState
from concord.jobs import actions, registry
from concord.jobs.models import Job

pytestmark = pytest.mark.django_db

KIND = "test.kind"


def die(job: Job) -> None:
    """A worker takes the job for the last time and falls silent."""
    Job.objects.filter(pk=job.pk).update(attempts=job.max_attempts - 1, run_after=Now())
    assert actions.claim(job_id=job.pk)
    Job.objects.filter(pk=job.pk).update(heartbeat_at=Now() - timedelta(minutes=1))


def state(job: Job) -> tuple[str, str]:
    job.refresh_from_db()
    return job.state, job.error_code


@pytest.fixture
def told() -> Iterator[list[Any]]:
    """The numbers of which the function was told; it chokes on odd ones, after a write."""
    numbers: list[Any] = []

    def tell(args: Mapping[str, Any]) -> None:
        Job.objects.filter(args=args).update(error_detail="told")
        if args["n"] % 2:
            raise ZeroDivisionError
        numbers.append(args["n"])

    registry.job(KIND, max_attempts=3, when_dead=tell)(lambda _context: None)
    yield numbers
    del registry._kinds[KIND]


def test_the_last_attempt_only_is_told_of_and_once(told: list[Any]) -> None:
    job = actions.enqueue(kind=KIND, args={"n": 2})
    assert actions.claim(job_id=job.pk)
    Job.objects.filter(pk=job.pk).update(heartbeat_at=Now() - timedelta(minutes=1))
    actions.reap()
    assert (state(job)[0], told) == ("queued", [])
    die(job)
    actions.reap()
    actions.reap()
    assert (state(job), told) == (("failed", "worker_died"), [2])


def test_where_telling_fails_the_job_waits_for_the_next_look_and_others_do_not(
    told: list[Any],
) -> None:
    jobs = [actions.enqueue(kind=KIND, args={"n": n}) for n in (1, 2)]
    for job in jobs:
        die(job)
    actions.reap()
    assert told == [2]
    assert [state(job) for job in jobs] == [("running", ""), ("failed", "worker_died")]
    assert jobs[0].error_detail == "", "both or neither"
    Job.objects.filter(pk=jobs[0].pk).update(args={"n": 4})
    actions.reap()
    assert (state(jobs[0])[0], told) == ("failed", [2, 4])


def test_an_export_does_not_wait_for_ever(owner: User, signs: Dataset) -> None:
    made = create_export(user=owner, dataset=signs, options=ExportOptions("jsonl", "both"))
    job = Job.objects.get(args__export=str(made.pk))
    die(job)
    Export.objects.update(state=Export.State.RUNNING)
    actions.reap()
    made.refresh_from_db()
    assert (state(job)[0], made.state, made.error) == ("failed", "failed", CRASHED)


def test_an_export_that_is_done_stays(owner: User, signs: Dataset) -> None:
    made = create_export(user=owner, dataset=signs, options=ExportOptions("jsonl", "both"))
    Export.objects.update(state=Export.State.DONE)
    end_export({"export": str(made.pk)})
    made.refresh_from_db()
    assert (made.state, made.error) == ("done", "")


def test_an_import_whose_list_ends_its_workers_fails(owner: User, signs: Dataset) -> None:
    made = Import.objects.create(dataset=signs, created_by=owner)
    job = actions.enqueue(kind="imports.read", args={"import": str(made.pk)})
    die(job)
    actions.reap()
    made.refresh_from_db()
    assert made.state == ImportState.FAILED
    assert "failed on this list" in made.error
