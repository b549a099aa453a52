"""The doorway of background work: an id in, one action."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from apps.exchange.actions import fail_export, run_export
from apps.exchange.models import Export
from concord.jobs.context import JobContext
from concord.jobs.registry import job


def end_export(args: Mapping[str, Any]) -> None:
    """Fail the export over which the workers died."""
    for found in Export.objects.filter(pk=args["export"]):
        fail_export(export=found)


@job("exchange.export", max_attempts=3, when_dead=end_export)
def export(context: JobContext) -> None:
    """Write the file of an export; nothing if its dataset was deleted meanwhile."""
    found = Export.objects.filter(pk=context.args["export"], dataset__deleted_at=None).first()
    if found is not None:
        run_export(export=found, beat=context.beat)
