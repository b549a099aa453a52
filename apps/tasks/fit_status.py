"""What a manager must know of the fitting of tasks, and of tasks that nobody can get."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from apps.datasets.models import Dataset
from apps.tasks.actions.fitting import KIND
from apps.tasks.actions.planning import Plan
from apps.tasks.models import Slot, SlotState, Task
from concord.jobs.models import Job
from concord.jobs.queries import last_job

MOST_READ = 1000
MOST_NAMED = 20

State = Literal["idle", "waiting", "running", "failed"]
_STATES: dict[str, State] = {
    Job.State.QUEUED: "waiting",
    Job.State.RUNNING: "running",
    Job.State.FAILED: "failed",
}


@dataclass(frozen=True, slots=True)
class FitStatus:
    """How far the job is, how many tasks are for nobody, and which addresses nobody here has.

    `done` and `total` count tasks; `strangers` are at most MOST_NAMED addresses that the routes
    send tasks to.
    """

    state: State
    done: int
    total: int
    for_nobody: int
    strangers: list[str]


def fit_status(dataset: Dataset) -> FitStatus:
    """Return how the fitting of a dataset's tasks stands."""
    job = last_job(dataset_id=dataset.id, kind=KIND)
    done, total = (0, None) if job is None else (job.progress["done"], job.progress["total"])
    unreached = Slot.objects.filter(dataset=dataset, only=[], state=SlotState.FREE)
    return FitStatus(
        state="idle" if job is None else _STATES.get(job.state, "idle"),
        done=done,
        total=Task.objects.of(dataset).count() if total is None else total,
        for_nobody=unreached.values("task").distinct().count(),
        strangers=_strangers(dataset),
    )


def _strangers(dataset: Dataset) -> list[str]:
    """The addresses that nobody has: those of the routes, and those that tasks for nobody name."""
    plan = Plan(dataset)
    if not plan.config.routing:
        return []
    found = {
        address
        for route in plan.config.routing
        if not isinstance(route.to, str)
        for address in route.to
        if plan.find(address) is None
    }
    unreached = Slot.objects.filter(dataset=dataset, only=[], state=SlotState.FREE)
    for meta in unreached.values_list("task__meta", flat=True)[:MOST_READ]:
        found.update(plan.audience(meta).strangers)
    return sorted(found)[:MOST_NAMED]
