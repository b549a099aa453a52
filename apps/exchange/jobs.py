"""The doorway of background work: an id in, one action."""

from __future__ import annotations

from apps.exchange.actions import run_export
from apps.exchange.models import Export
from concord.jobs.context import JobContext
from concord.jobs.registry import job


@job("exchange.export", max_attempts=3)
def export(context: JobContext) -> None:
    """Write the file of an export; nothing if its dataset was deleted meanwhile."""
    found = Export.objects.filter(pk=context.args["export"], dataset__deleted_at=None).first()
    if found is not None:
        run_export(export=found, beat=context.beat)
