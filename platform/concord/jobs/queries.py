"""Reads of jobs."""

import uuid

from concord.jobs.models import Job


def is_busy(*, dataset_id: uuid.UUID, prefix: str) -> bool:
    """Whether a job whose kind starts with `prefix` is waiting or running for a dataset."""
    return Job.objects.filter(
        dataset_id=dataset_id,
        kind__startswith=prefix,
        state__in=[Job.State.QUEUED, Job.State.RUNNING],
    ).exists()
