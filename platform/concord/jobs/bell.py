"""How to ring: one message to Celery, by the task's name."""

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
