"""One writer of what models say in a dataset at a time."""

from __future__ import annotations

from apps.datasets.models import Dataset
from concord.rows import run

HOLD = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"


def wait_for_others(dataset: Dataset) -> None:
    """Wait for the batch that is being kept; or two equal ones would both find nothing there yet.

    The turn ends with the caller's transaction.
    """
    run(HOLD, [f"predictions:{dataset.id}"])
