"""The doorways of background work: ids in, one action."""

from __future__ import annotations

from apps.tasks.actions.composing import CRASHED, fail_composition, run_composition
from apps.tasks.models import Composition
from concord.errors import DomainError
from concord.jobs.context import JobContext, JobStopped, RunAgain
from concord.jobs.registry import job

COMPOSE_ATTEMPTS = 5


@job("tasks.compose", max_attempts=COMPOSE_ATTEMPTS)
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
