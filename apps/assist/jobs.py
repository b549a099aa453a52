"""The doorways of background work: an id in, one action."""

from __future__ import annotations

from apps.assist.actions import comparing
from apps.datasets.models import Dataset
from concord.celery import app
from concord.jobs.context import JobContext
from concord.jobs.registry import job


@app.task(name="assist.order_comparing")
def order_comparing() -> None:
    """Ask for the comparing of models where it is due; called by the scheduler."""
    comparing.order_comparing()


@job(comparing.KIND)
def compare(context: JobContext) -> None:
    """Compare what models said with what people agreed on; nothing if the dataset was deleted."""
    dataset = Dataset.objects.alive().filter(pk=context.args["dataset"]).first()
    if dataset is not None:
        comparing.compare(dataset=dataset, beat=context.beat)
