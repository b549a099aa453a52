"""kill -9 of the worker that asks a model server: what was predicted is kept, and kept once."""

from __future__ import annotations

import pytest
from pytest_django.fixtures import Settings

from apps.assist.actions.running import KIND
from apps.tasks.models import Suggestion
from concord.jobs.models import Job
from concord.jobs.runner import run_job
from concord.storage.egress import egress
from tests.api.assist.test_servers import add, begin, make_tasks, seen
from tests.jobs.tasks.test_killed_worker import kill_worker_of
from tests.servers.model_servers import ModelProcess
from tests.team import Team

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    ("death", "kept", "asked"),
    [
        # The second batch is written, and not yet committed: its images are asked about again.
        ("_taken", 2, 8),
        ("_goes_on", 4, 6),
    ],
)
def test_another_worker_goes_on_and_no_prediction_is_there_twice(
    death: str,
    kept: int,
    asked: int,
    model_process: ModelProcess,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.FETCH_ALLOW = [model_process.allowance]
    monkeypatch.setenv("CONCORD_FETCH_ALLOW", model_process.allowance)
    egress.cache_clear()
    team = Team(overlap=1)
    tasks = make_tasks(team, 6)
    run = begin(team, add(team, model_process.url, batch=2))
    job = Job.objects.get(kind=KIND)
    kill_worker_of(job, after=f"apps.assist.actions.running:{death}", chunk=2)
    half = seen(team, run)
    assert (half["state"], half["done"], half["predicted"]) == ("running", kept, kept)
    assert (Suggestion.objects.count(), job.state) == (kept, Job.State.QUEUED)

    assert run_job(job.id)
    whole = seen(team, run)
    assert (whole["state"], whole["done"], whole["predicted"]) == ("done", 6, 6)
    assert whole["left_out"] == 0
    predicted = Suggestion.objects.values_list("task", flat=True)
    assert sorted(predicted) == sorted(task.id for task in tasks)
    assert model_process.seen == asked
