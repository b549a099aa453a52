"""The doorways of background work: an id in, one action."""

from __future__ import annotations

import uuid

from apps.desk.actions import purging, telling
from concord.celery import app
from concord.jobs.context import JobContext, RunAgain
from concord.jobs.registry import job


@app.task(name="desk.tell_people")
def tell_people() -> None:
    """Make notifications of what happened; called by the scheduler, and when something did."""
    telling.tell_people()


@app.task(name="desk.order_purges")
def order_purges() -> None:
    """Ask for the purge of what was deleted long enough ago; called by the scheduler."""
    purging.order_purges()


@job(purging.KIND, max_attempts=20)
def purge(context: JobContext) -> RunAgain | None:
    """Remove a deleted dataset for a while; what is gone stays so."""
    dataset = uuid.UUID(context.args["dataset"])
    left = purging.purge_for_a_while(dataset_id=dataset, beat=context.beat)
    return RunAgain() if left else None
