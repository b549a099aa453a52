"""The doorways of background work: ids in, one action."""

from __future__ import annotations

import uuid

from apps.datasets import recounting
from concord.jobs.context import JobContext
from concord.jobs.registry import job


@job(recounting.KIND)
def recount(context: JobContext) -> None:
    """Make a count of a dataset anew."""
    args = context.args
    user = None if args["user"] is None else uuid.UUID(args["user"])
    recounting.recount(name=args["name"], dataset=uuid.UUID(args["dataset"]), user=user)
