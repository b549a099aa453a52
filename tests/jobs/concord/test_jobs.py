"""The life of a job on a real database, with workers that race, die and come back."""

import datetime
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TypeVar

import pytest
from celery import Celery
from django.conf import settings
from django.db import connection, transaction
from django.db.models.functions import Now
from kombu import Connection

from concord.errors import Conflict, Unavailable
from concord.jobs import actions, bell, queries, registry
from concord.jobs.context import JobCancelled, JobContext, JobLost, RunAgain
from concord.jobs.models import Job
from concord.jobs.runner import run_job
from tests.factories import make_user

T = TypeVar("T")

pytestmark = pytest.mark.django_db(transaction=True)

KIND = "test.kind"


@pytest.fixture(autouse=True)
def _clean_broker() -> Iterator[None]:
    with Connection(settings.CELERY_BROKER_URL) as broker:
        broker.channel().queue_purge("default")
        yield
        broker.channel().queue_purge("default")


@contextmanager
def doing(
    function: Callable[[JobContext], RunAgain | None] = lambda _context: None, *, attempts: int = 3
) -> Iterator[None]:
    """Jobs of KIND are done by `function`."""
    registry.job(KIND, max_attempts=attempts)(function)
    try:
        yield
    finally:
        del registry._kinds[KIND]


@pytest.fixture
def kind() -> Iterator[None]:
    with doing():
        yield


def bells() -> list[str]:
    """The ids of the jobs for which the bell was rung, from the broker itself."""
    rung = []
    with Connection(settings.CELERY_BROKER_URL) as broker:
        queue = broker.SimpleQueue("default", no_ack=True)
        with suppress(queue.Empty):
            while True:
                rung.append(queue.get_nowait().payload[0][0])
    return rung


def enqueue(**more: object) -> Job:
    return actions.enqueue(kind=KIND, args={"n": 1}, **more)  # type: ignore[arg-type]


def claimed(job: Job) -> JobContext:
    context = actions.claim(job_id=job.id)
    assert context is not None
    return context


def grow_old(job: Job, *, seconds: int, field: str) -> None:
    """As if `field` had been written that long ago."""
    Job.objects.filter(id=job.id).update(**{field: Now() - datetime.timedelta(seconds=seconds)})


def state(job: Job) -> tuple[str, int, str]:
    job.refresh_from_db()
    return job.state, job.attempts, job.error_code


def at_once(*functions: Callable[[], T]) -> list[T]:
    """Run each in a thread with a connection of its own (of which the pool has eight), all released
    at one barrier."""
    barrier = threading.Barrier(len(functions))
    results: list[T] = []

    def run(function: Callable[[], T]) -> None:
        try:
            connection.ensure_connection()
            barrier.wait(timeout=20)
            results.append(function())
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(function,)) for function in functions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.usefixtures("kind")
class TestEnqueue:
    def test_the_bell_rings_when_the_transaction_has_committed(self) -> None:
        with transaction.atomic():
            job = enqueue()
            assert bells() == []
        assert bells() == [str(job.id)]

    def test_work_that_is_rolled_back_leaves_no_job_and_no_bell(self) -> None:
        with pytest.raises(RuntimeError), transaction.atomic():
            enqueue()
            raise RuntimeError
        assert (Job.objects.count(), bells()) == (0, [])

    def test_a_broker_that_is_away_does_not_fail_the_request(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        nowhere = Celery(broker="redis://127.0.0.1:1/0", set_as_current=False)
        nowhere.conf.broker_transport_options = bell.app.conf.broker_transport_options
        monkeypatch.setattr(bell, "app", nowhere)
        began = time.monotonic()
        assert state(enqueue()) == ("queued", 0, "")
        assert time.monotonic() - began < 3

    def test_nobody_can_enqueue_what_no_app_knows(self) -> None:
        with pytest.raises(KeyError):
            actions.enqueue(kind="no.such", args={})

    def test_a_job_for_later_is_silent_and_cannot_be_claimed_before(self) -> None:
        job = enqueue(delay_seconds=60)
        assert bells() == []
        assert actions.claim(job_id=job.id) is None
        assert actions.reap() == 0

    def test_it_knows_for_whom_and_where(self) -> None:
        user, dataset_id = make_user("asker"), uuid.uuid4()
        context = claimed(enqueue(created_by=user, dataset_id=dataset_id))
        assert (context.created_by_id, context.dataset_id) == (user.pk, dataset_id)
        assert (context.args, context.attempt) == ({"n": 1}, 1)


@pytest.mark.usefixtures("kind")
class TestClaim:
    def test_of_six_workers_exactly_one_gets_the_job(self) -> None:
        for _ in range(10):
            job = enqueue()
            got = at_once(*[lambda job=job: actions.claim(job_id=job.id)] * 6)
            assert len([context for context in got if context is not None]) == 1
            assert state(job) == ("running", 1, "")

    def test_what_is_running_or_over_cannot_be_claimed(self) -> None:
        job = enqueue()
        context = claimed(job)
        assert actions.claim(job_id=job.id) is None
        actions.finish(context=context)
        assert actions.claim(job_id=job.id) is None
        assert actions.claim(job_id=uuid.uuid4()) is None


class TestRun:
    def test_a_job_that_returns_is_done(self) -> None:
        seen = []
        with doing(lambda context: seen.append(context.attempt)):  # type: ignore[func-returns-value]
            job = enqueue()
            assert run_job(job.id)
            assert not run_job(job.id)
        assert seen == [1]
        assert state(job) == ("done", 1, "")
        assert job.finished_at is not None

    def test_a_job_reports_how_far_it_is(self) -> None:
        with doing(lambda context: context.beat(done=3, total=10)):
            job = enqueue()
            run_job(job.id)
        job.refresh_from_db()
        assert job.progress == {"done": 3, "total": 10, "place": None}

    def test_a_crash_is_tried_again_with_growing_pauses_and_then_given_up(self) -> None:
        def crash(_context: JobContext) -> None:
            raise ZeroDivisionError("secret detail")

        pauses = []
        with doing(crash, attempts=3):
            job = enqueue()
            for _ in range(3):
                run_job(job.id)
                job.refresh_from_db()
                pauses.append(round((job.run_after - job.created_at).total_seconds()))
                Job.objects.filter(id=job.id).update(run_after=job.created_at)
        assert pauses == [2, 4, 0]
        assert state(job) == ("failed", 3, "crashed")
        assert job.error_detail == "ZeroDivisionError"

    def test_a_refusal_of_the_domain_is_final(self) -> None:
        def refuse(_context: JobContext) -> None:
            raise Conflict("not_ready", "Not yet.")

        with doing(refuse):
            job = enqueue()
            run_job(job.id)
        assert state(job) == ("failed", 1, "not_ready")
        assert job.error_detail == "Not yet."

    def test_what_is_unavailable_is_asked_again_when_it_said(self) -> None:
        def wait(_context: JobContext) -> None:
            raise Unavailable("storage_down", retry_after=90)

        with doing(wait):
            job = enqueue()
            run_job(job.id)
        assert state(job) == ("queued", 1, "storage_down")
        assert 85 < (job.run_after - job.created_at).total_seconds() < 95

    def test_work_in_pieces_comes_back_with_its_attempts_counted_anew(self) -> None:
        pieces = []

        def piece(context: JobContext) -> RunAgain | None:
            pieces.append(context.attempt)
            return RunAgain() if len(pieces) < 5 else None

        with doing(piece, attempts=2):
            job = enqueue()
            while run_job(job.id):
                pass
            assert bells() == [str(job.id)] * 5
        assert pieces == [1] * 5
        assert state(job)[0] == "done"

    def test_a_long_step_keeps_its_heartbeat(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(actions, "BEAT_SECONDS", 0.02)
        beats = set()

        def sleep(context: JobContext) -> None:
            for _ in range(10):
                threading.Event().wait(0.05)
                beats.add(Job.objects.get(id=context.job_id).heartbeat_at)

        with doing(sleep):
            run_job(enqueue().id)
        assert len(beats) > 5


@pytest.mark.usefixtures("kind")
class TestLoss:
    def test_a_silent_worker_loses_the_job_and_can_do_no_harm_afterwards(self) -> None:
        job = enqueue()
        frozen = claimed(job)
        bells()
        grow_old(job, seconds=21, field="heartbeat_at")
        assert actions.reap() == 1
        assert bells() == [str(job.id)]
        assert state(job) == ("queued", 1, "worker_died")

        second = claimed(job)
        assert second.attempt == 2
        for late in (
            lambda: actions.finish(context=frozen),
            lambda: actions.fail(context=frozen, code="x", detail=""),
            lambda: actions.retry(context=frozen, code="x", detail=""),
            lambda: actions.continue_later(context=frozen, after_seconds=0),
            frozen.beat,
        ):
            with pytest.raises(JobLost):
                late()
        assert state(job)[:2] == ("running", 2)
        actions.finish(context=second)
        assert state(job) == ("done", 2, "")

    def test_a_job_that_beats_is_left_alone(self) -> None:
        job = enqueue()
        context = claimed(job)
        grow_old(job, seconds=21, field="heartbeat_at")
        context.beat()
        assert actions.reap() == 0
        assert state(job)[0] == "running"

    def test_a_job_that_kills_its_workers_is_failed_after_the_last(self) -> None:
        job = enqueue()
        for attempt in (1, 2, 3):
            assert claimed(job).attempt == attempt
            grow_old(job, seconds=21, field="heartbeat_at")
            actions.reap()
        assert state(job) == ("failed", 3, "worker_died")

    def test_a_bell_that_nobody_heard_is_rung_again(self) -> None:
        job = enqueue()
        assert bells() == [str(job.id)]  # and thrown away, as by a flush of the broker
        assert actions.reap() == 0
        grow_old(job, seconds=21, field="rung_at")
        assert actions.reap() == 1
        assert bells() == [str(job.id)]
        assert actions.reap() == 0

    def test_of_two_reapers_one_works(self) -> None:
        jobs = [enqueue() for _ in range(5)]
        for job in jobs:
            grow_old(job, seconds=21, field="rung_at")
        bells()
        first = connection.copy()
        with first.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [actions.REAPER_LOCK])
            assert actions.reap() == 0
            cursor.execute("SELECT pg_advisory_unlock(%s)", [actions.REAPER_LOCK])
        first.close()
        assert sum(at_once(actions.reap, actions.reap, actions.reap)) == 5
        assert sorted(bells()) == sorted(str(job.id) for job in jobs)


@pytest.mark.usefixtures("kind")
class TestCancel:
    def test_a_waiting_job_never_starts(self) -> None:
        job = actions.cancel(job=enqueue())
        assert job.state == "cancelled"
        assert actions.claim(job_id=job.id) is None

    def test_a_running_job_learns_of_it_at_its_next_beat(self) -> None:
        job = enqueue()
        context = claimed(job)
        actions.cancel(job=job)
        with pytest.raises(JobCancelled):
            context.beat()
        with pytest.raises(JobLost):
            actions.finish(context=context)
        assert state(job)[0] == "cancelled"

    def test_what_is_over_stays_as_it_ended(self) -> None:
        job = enqueue()
        actions.finish(context=claimed(job))
        assert actions.cancel(job=job).state == "done"


@pytest.mark.usefixtures("kind")
def test_operators_see_how_long_work_has_waited() -> None:
    assert (queries.oldest_due_seconds(), queries.oldest_heartbeat_seconds()) == (0, 0)
    waiting, running = enqueue(), enqueue()
    claimed(running)
    grow_old(waiting, seconds=100, field="run_after")
    grow_old(running, seconds=50, field="heartbeat_at")
    assert 100 <= queries.oldest_due_seconds() < 110
    assert 50 <= queries.oldest_heartbeat_seconds() < 60
    assert sorted(queries.counts()) == [(KIND, "queued", 1), (KIND, "running", 1)]
