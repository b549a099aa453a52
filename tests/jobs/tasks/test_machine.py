"""Whatever people do in whatever order: see `machine`."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.forms import LONG
from tests.jobs.tasks.machine import WorkMachine


@pytest.mark.timeout(3600 if LONG else 600)
@pytest.mark.django_db(transaction=True)
def test_work_never_doubles_and_is_never_lost() -> None:
    run_state_machine_as_test(
        WorkMachine,
        settings=settings(
            max_examples=1000 if LONG else 12,
            stateful_step_count=50 if LONG else 30,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
