"""The doorways of background work: an id in, one action."""

from __future__ import annotations

from apps.datasets.models import Dataset
from apps.reviews.actions import learning, measuring, relabelling, remerging
from concord.celery import app
from concord.jobs.context import JobContext, RunAgain
from concord.jobs.registry import job

# Nothing that these do is kept before their end, so that of a restless hour, in which workers are
# restarted again and again, they get less done than others.
ATTEMPTS = 20


@app.task(name="reviews.order_learning")
def order_learning() -> None:
    """Ask for learning where it is due; called by the scheduler."""
    learning.order_learning()


@job(learning.KIND, max_attempts=ATTEMPTS)
def learn(context: JobContext) -> None:
    """Learn from the answers to a dataset, and have it measured; nothing if it was deleted."""
    dataset = Dataset.objects.alive().filter(pk=context.args["dataset"]).first()
    if dataset is not None:
        learning.learn(dataset=dataset, beat=context.beat)
        measuring.order_measuring(dataset=dataset)


@job(measuring.KIND, max_attempts=ATTEMPTS)
def measure(context: JobContext) -> None:
    """Measure a dataset; nothing if it was deleted meanwhile."""
    dataset = Dataset.objects.alive().filter(pk=context.args["dataset"]).first()
    if dataset is not None:
        measuring.measure(dataset=dataset, beat=context.beat)


@job(remerging.KIND, max_attempts=20)
def remerge(context: JobContext) -> RunAgain | None:
    """Merge finished tasks anew for a while; what is done stays so."""
    dataset = Dataset.objects.alive().filter(pk=context.args["dataset"]).first()
    left = dataset is not None and remerging.remerge_for_a_while(
        dataset=dataset, progress=context.progress, beat=context.beat
    )
    return RunAgain() if left else None


@job(relabelling.KIND, max_attempts=20)
def relabel(context: JobContext) -> RunAgain | None:
    """Compare answers anew whose labels were merged, for a while; what is done stays so."""
    dataset = Dataset.objects.alive().filter(pk=context.args["dataset"]).first()
    if dataset is None:
        return None
    left = relabelling.relabel_for_a_while(
        dataset=dataset,
        labels=context.args["labels"],
        progress=context.progress,
        beat=context.beat,
    )
    if left == "held":
        return RunAgain(after_seconds=relabelling.HELD_PAUSE_SECONDS)
    return RunAgain() if left == "more" else None
