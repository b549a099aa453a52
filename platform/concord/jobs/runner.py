"""One attempt at one job, from claim to verdict."""

import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from django.db import Error as DatabaseError
from django.db import close_old_connections, connection

from concord.errors import DomainError, RetryLater
from concord.jobs import actions
from concord.jobs.context import JobContext, JobStopped, RunAgain
from concord.jobs.models import Job
from concord.jobs.registry import JobKind, kind_named

log = structlog.get_logger(__name__)


def run_job(job_id: uuid.UUID) -> bool:
    """Claim the job, do it and write down how it ended; False if there was nothing to claim.

    A refusal of the domain (DomainError) is final; any other exception is tried again with
    growing pauses. If the database goes away, the row stays as it is and the reaper sees to it.
    """
    context = actions.claim(job_id=job_id)
    if context is None:
        return False
    kind = kind_named(Job.objects.values_list("kind", flat=True).get(id=job_id))
    with structlog.contextvars.bound_contextvars(request_id=str(job_id), job_kind=kind.name):
        try:
            with _heart(context):
                _attempt(kind, context)
        except JobStopped as stopped:
            log.info("job.stopped", why=type(stopped).__name__)
    return True


def _attempt(kind: JobKind, context: JobContext) -> None:
    try:
        outcome = kind.function(context)
    except JobStopped:
        raise
    except RetryLater as error:
        actions.retry(
            context=context,
            code=error.code,
            detail=error.detail,
            after_seconds=error.retry_after,
        )
    except DomainError as error:
        actions.fail(context=context, code=error.code, detail=error.detail)
    except Exception as error:
        log.exception("job.crashed", attempt=context.attempt)
        # The text of an unforeseen exception may hold anything: it belongs in the log alone.
        actions.retry(context=context, code="crashed", detail=type(error).__name__)
    else:
        if isinstance(outcome, RunAgain):
            actions.continue_later(context=context, after_seconds=outcome.after_seconds)
        else:
            actions.finish(context=context)


@contextmanager
def _heart(context: JobContext) -> Iterator[None]:
    """Beat in a thread of its own while the job works, however long one step of it takes.

    A job that hangs keeps beating; Celery's time limit is what ends it.
    """
    stop = threading.Event()

    def beat() -> None:
        try:
            while not stop.wait(actions.BEAT_SECONDS):
                try:
                    context.beat()
                except DatabaseError:
                    close_old_connections()
        except JobStopped:
            pass  # the job itself finds out when it beats or ends
        finally:
            connection.close()

    thread = threading.Thread(target=beat, name=f"heart of {context.job_id}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
