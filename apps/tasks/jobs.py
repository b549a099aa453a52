"""The doorways of background work: ids in, one action."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from apps.datasets.models import Dataset
from apps.tasks.actions import cloning, ranking
from apps.tasks.actions.composing import CRASHED, WORKER_DIED, fail_composition, run_composition
from apps.tasks.actions.fitting import KIND, fit_for_a_while
from apps.tasks.models import Composition
from concord.errors import DomainError
from concord.jobs.context import JobContext, JobStopped, RunAgain
from concord.jobs.registry import job

COMPOSE_ATTEMPTS = 5
# Begun pieces are kept, so a job that is brought back again and again has work worth doing.
FIT_ATTEMPTS = 20


def end_composition(args: Mapping[str, Any]) -> None:
    """Fail the run whose workers died, so that groups can be ordered anew."""
    for found in Composition.objects.filter(pk=args["composition"]):
        fail_composition(composition=found, reason=WORKER_DIED)


@job("tasks.compose", max_attempts=COMPOSE_ATTEMPTS, when_dead=end_composition)
def compose(context: JobContext) -> RunAgain | None:
    """Make groups of images for a while."""
    runs = Composition.objects.select_related("dataset").filter(dataset__deleted_at=None)
    found = runs.filter(pk=context.args["composition"]).first()
    if found is None:
        return None
    try:
        return RunAgain() if run_composition(composition=found, beat=context.beat) else None
    except JobStopped:
        raise
    except DomainError as error:
        fail_composition(composition=found, reason=error.detail)
        raise
    except Exception:
        if context.attempt == COMPOSE_ATTEMPTS:
            fail_composition(composition=found, reason=CRASHED)
        raise


@job(KIND, max_attempts=FIT_ATTEMPTS)
def fit(context: JobContext) -> RunAgain | None:
    """Fit a dataset's tasks for a while; nothing if it was deleted meanwhile."""
    dataset = Dataset.objects.alive().filter(pk=context.args["dataset"]).first()
    left = dataset is not None and fit_for_a_while(
        dataset=dataset,
        reopen=context.args["reopen"],
        progress=context.progress,
        beat=context.beat,
    )
    return RunAgain() if left else None


@job(ranking.KIND)
def rank(context: JobContext) -> None:
    """Give tasks with new scores their turns; nothing if the dataset was deleted meanwhile."""
    dataset = Dataset.objects.alive().filter(pk=context.args["dataset"]).first()
    if dataset is not None:
        tasks = [uuid.UUID(task) for task in context.args["tasks"]]
        again = context.attempt > 1
        ranking.rank(dataset=dataset, tasks=tasks, again=again, beat=context.beat)


@job(cloning.KIND, max_attempts=20)
def clone(context: JobContext) -> RunAgain | None:
    """Bring images into a clone for a while; nothing if either dataset is gone."""
    clone = Dataset.objects.alive().filter(pk=context.args["clone"]).first()
    # One that was deleted meanwhile still has them, for the days in which it can be brought back.
    source = Dataset.objects.filter(pk=context.args["source"]).first()
    if clone is None or source is None:
        return None
    left = cloning.clone_for_a_while(
        source=source, clone=clone, progress=context.progress, beat=context.beat
    )
    return RunAgain() if left else None
