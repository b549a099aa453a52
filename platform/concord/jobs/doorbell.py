"""Celery, reduced to a doorbell: its two tasks, and how to ring."""

import uuid

import structlog

from concord.celery import app
from concord.jobs.registry import kind_named

log = structlog.get_logger(__name__)


def ring(job_id: uuid.UUID, kind: str) -> None:
    """Tell the workers of a queued job. Never raises: if nobody hears, the reaper rings again."""
    try:
        queue = kind_named(kind).queue
        app.send_task("concord.jobs.run", args=[str(job_id)], queue=queue, retry=False)
    except Exception as error:
        log.warning("job.bell_unheard", job=str(job_id), kind=kind, error=repr(error))


@app.task(name="concord.jobs.run")
def run(job_id: str) -> None:
    """Do one job, if it still waits to be done."""
    from concord.jobs.runner import run_job  # noqa: PLC0415 (needs the models, this module not)

    run_job(uuid.UUID(job_id))


@app.task(name="concord.jobs.reap")
def reap() -> None:
    """Look after jobs that nobody works on; called every few seconds by the scheduler."""
    from concord.jobs.actions import reap as reap_jobs  # noqa: PLC0415 (it imports this module)

    reap_jobs()
