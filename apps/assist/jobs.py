"""The doorways of background work: an id in, one action."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from apps.assist.actions import comparing, running
from apps.assist.asking import ServerAway, ServerRefused
from apps.assist.models import PredictionRun
from apps.datasets.models import Dataset
from concord.celery import app
from concord.errors import DomainError
from concord.jobs.context import JobContext, JobStopped, RunAgain
from concord.jobs.registry import job


@app.task(name="assist.order_comparing")
def order_comparing() -> None:
    """Ask for the comparing of models where it is due; called by the scheduler."""
    comparing.order_comparing()


@job(comparing.KIND)
def compare(context: JobContext) -> RunAgain | None:
    """Compare models with what people agreed on for a while; nothing in a deleted dataset."""
    dataset = Dataset.objects.alive().filter(pk=context.args["dataset"]).first()
    left = dataset is not None and comparing.compare_for_a_while(
        dataset=dataset, progress=context.progress, beat=context.beat
    )
    return RunAgain() if left else None


PREDICT_ATTEMPTS = 20
"""A server may be away for hours: pauses grow to ten minutes, and count anew with every batch."""
CRASHED = DomainError("crashed", "Something went wrong here, which the log of the worker names.")
WORKER_DIED = DomainError("worker_died", "The worker died each time. Ask the server for less.")


def _end_run(args: Mapping[str, Any]) -> None:
    for run in PredictionRun.objects.filter(pk=args["run"]):
        running.end_run(run, PredictionRun.State.FAILED, WORKER_DIED)


@job(running.KIND, max_attempts=PREDICT_ATTEMPTS, when_dead=_end_run)
def predict(context: JobContext) -> RunAgain | None:
    """Ask a model server for a while; nothing if the run was ended or its dataset deleted."""
    runs = PredictionRun.objects.select_related("server__dataset", "dataset", "user")
    alive = runs.filter(dataset__deleted_at=None, state=PredictionRun.State.RUNNING)
    run = alive.filter(pk=context.args["run"]).first()
    if run is None:
        return None
    try:
        return RunAgain() if running.ask_for_a_while(run=run, beat=context.beat) else None
    except JobStopped:
        raise
    except ServerAway as error:
        _note(context, run, error)
        raise
    except ServerRefused as error:
        running.end_run(run, PredictionRun.State.FAILED, error)
        raise
    except Exception:
        _note(context, run, CRASHED)
        raise


def _note(context: JobContext, run: PredictionRun, error: DomainError) -> None:
    """Say why the run waits, or that it waits no more."""
    if context.attempt == PREDICT_ATTEMPTS:
        running.end_run(run, PredictionRun.State.FAILED, error)
    else:
        running.note_trouble(run, error)
