"""Every write to the Job table.

Each is one conditional UPDATE: who finds the row in the expected state, with the expected lease,
wins, and everybody else is told so by a count of zero. No lock outlives a statement.
"""

import datetime
import uuid
from collections.abc import Mapping
from functools import partial
from typing import Any

import structlog
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce, Now

from concord.ids import uuid7
from concord.jobs import bell
from concord.jobs.context import JobContext, JobLost
from concord.jobs.models import Job
from concord.jobs.registry import kind_named

BEAT_SECONDS = 5
STALE_AFTER = datetime.timedelta(seconds=20)
RING_AGAIN_AFTER = datetime.timedelta(seconds=20)
# Messages for jobs that only wait for a free worker pile up at most at this pace.
RING_AT_MOST = 100
REAPER_LOCK = 0x636F6E636F7264  # "concord"
LONGEST_BACKOFF = 600
WORKER_DIED = {"error_code": "worker_died", "error_detail": "The worker fell silent."}

log = structlog.get_logger(__name__)


def enqueue(
    *,
    kind: str,
    args: Mapping[str, Any],
    created_by: AbstractBaseUser | None = None,
    dataset_id: uuid.UUID | None = None,
    delay_seconds: float = 0,
) -> Job:
    """Add a job; the bell rings once the caller's transaction has committed.

    Raises KeyError for a kind that nobody registered.
    """
    due_at_once = delay_seconds <= 0
    job = Job.objects.create(
        kind=kind,
        args=dict(args),
        created_by_id=None if created_by is None else created_by.pk,
        dataset_id=dataset_id,
        max_attempts=kind_named(kind).max_attempts,
        run_after=_from_now(delay_seconds),
        rung_at=Now() if due_at_once else None,
    )
    if due_at_once:
        _ring_after_commit(job.id, kind)
    return job


def claim(*, job_id: uuid.UUID) -> JobContext | None:
    """Take a queued job that is due; None if there is nothing to do, or another was faster."""
    lease = uuid7()
    taken = Job.objects.filter(
        id=job_id,
        state=Job.State.QUEUED,
        run_after__lte=Now(),
        attempts__lt=F("max_attempts"),
    ).update(
        state=Job.State.RUNNING,
        lease=lease,
        attempts=F("attempts") + 1,
        heartbeat_at=Now(),
        started_at=Coalesce("started_at", Now()),
    )
    job = Job.objects.filter(id=job_id, lease=lease).first() if taken else None
    if job is None:
        return None
    return JobContext(
        job_id=job.id,
        lease=lease,
        attempt=job.attempts,
        args=job.args,
        progress=job.progress,
        dataset_id=job.dataset_id,
        created_by_id=job.created_by_id,
    )


def finish(*, context: JobContext) -> None:
    """Mark the job done."""
    _leave(context, state=Job.State.DONE, finished_at=Now(), error_code="", error_detail="")


def continue_later(*, context: JobContext, after_seconds: float) -> None:
    """Queue the job for its next piece. Progress was made, so attempts count anew."""
    rung_at = None if after_seconds > 0 else Now()
    with transaction.atomic():
        _leave(
            context,
            state=Job.State.QUEUED,
            run_after=_from_now(after_seconds),
            rung_at=rung_at,
            attempts=0,
            error_code="",
            error_detail="",
        )
        if rung_at is not None:
            _ring_after_commit(context.job_id, _kind_of(context))


def fail(*, context: JobContext, code: str, detail: str) -> None:
    """Give the job up for good."""
    _leave(
        context,
        state=Job.State.FAILED,
        finished_at=Now(),
        error_code=code,
        error_detail=detail,
    )


def retry(*, context: JobContext, code: str, detail: str, after_seconds: float = 0) -> None:
    """Queue the job again, later each time; give it up after its last attempt."""
    job = Job.objects.only("max_attempts").get(id=context.job_id)
    if context.attempt >= job.max_attempts:
        fail(context=context, code=code, detail=detail)
        return
    wait = max(after_seconds, min(2.0**context.attempt, LONGEST_BACKOFF))
    _leave(
        context,
        state=Job.State.QUEUED,
        run_after=_from_now(wait),
        rung_at=None,
        error_code=code,
        error_detail=detail,
    )


def cancel(*, job: Job) -> Job:
    """Stop a job that has not ended; a running one notices at its next heartbeat."""
    unfinished = [Job.State.QUEUED, Job.State.RUNNING]
    Job.objects.filter(id=job.id, state__in=unfinished).update(
        state=Job.State.CANCELLED, lease=None, finished_at=Now()
    )
    job.refresh_from_db()
    return job


def reap() -> int:
    """Bring back the jobs of dead workers and ring for jobs whose bell was not heard.

    Returns for how many it rang. One reaper works at a time; a second returns 0 at once.
    """
    with transaction.atomic():
        if not _hold_reaper_lock():
            return 0
        _recover_stale()
        unheard = list(
            Job.objects.filter(state=Job.State.QUEUED, run_after__lte=Now())
            .exclude(rung_at__gt=Now() - RING_AGAIN_AFTER)
            .order_by("run_after")
            .values_list("id", "kind")[:RING_AT_MOST]
        )
        Job.objects.filter(id__in=[job_id for job_id, _ in unheard]).update(rung_at=Now())
        for job_id, kind in unheard:
            _ring_after_commit(job_id, kind)
    return len(unheard)


def _recover_stale() -> None:
    """A job whose worker fell silent is queued again, or failed if that was its last attempt: it
    may be what kills the workers."""
    stale = Job.objects.filter(state=Job.State.RUNNING, heartbeat_at__lt=Now() - STALE_AFTER)
    for job in stale.filter(attempts__gte=F("max_attempts")):
        _bury(stale.filter(id=job.id, lease=job.lease), job)
    stale.filter(attempts__lt=F("max_attempts")).update(
        state=Job.State.QUEUED, lease=None, run_after=Now(), rung_at=None, **WORKER_DIED
    )


def _bury(stale: QuerySet[Job], job: Job) -> None:
    """Fail a job for good, together with what waits for it: both or neither, tried again later."""
    try:
        with transaction.atomic():
            failed = stale.update(
                state=Job.State.FAILED, lease=None, finished_at=Now(), **WORKER_DIED
            )
            last_word = kind_named(job.kind).when_dead
            if failed and last_word is not None:
                last_word(job.args)
    except Exception:  # other jobs must not wait for ever because of this one
        log.exception("job.not_buried", job=str(job.id), kind=job.kind)


def _leave(context: JobContext, **changes: Any) -> None:
    """Write the end of an attempt, unless the job was taken away meanwhile."""
    held = Job.objects.filter(id=context.job_id, lease=context.lease)
    if not held.update(lease=None, **changes):
        raise JobLost


def _hold_reaper_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [REAPER_LOCK])
        row = cursor.fetchone()
    return bool(row and row[0])


def _kind_of(context: JobContext) -> str:
    return Job.objects.values_list("kind", flat=True).get(id=context.job_id)


def _from_now(seconds: float) -> Any:
    return Now() + datetime.timedelta(seconds=seconds)


def _ring_after_commit(job_id: uuid.UUID, kind: str) -> None:
    transaction.on_commit(partial(bell.ring, job_id, kind), robust=True)
