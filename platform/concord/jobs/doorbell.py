"""Celery, reduced to a doorbell: the two tasks behind it."""

import uuid

from concord.celery import app
from concord.failpoints import reach
from concord.jobs import actions
from concord.jobs.runner import run_job


@app.task(name="concord.jobs.run")
def run(job_id: str) -> None:
    """Do one job, if it still waits to be done."""
    run_job(uuid.UUID(job_id))
    reach("job.ended")


@app.task(name="concord.jobs.reap")
def reap() -> None:
    """Look after jobs that nobody works on; called every few seconds by the scheduler."""
    actions.reap()
