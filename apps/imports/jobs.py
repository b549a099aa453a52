"""The doorways of background work: ids in, one action."""

from __future__ import annotations

from apps.imports.actions.fetching import fetch_rows
from apps.imports.actions.reading import read_rows
from apps.imports.models import Import
from concord.jobs.context import JobContext, RunAgain
from concord.jobs.registry import job


@job("imports.read")
def read(context: JobContext) -> None:
    """Read a list into rows."""
    found = Import.objects.select_related("dataset", "created_by").filter(pk=context.args["import"])
    for one in found:
        read_rows(found=one, beat=context.beat)


@job("imports.fetch", queue="fetch")
def fetch(context: JobContext) -> RunAgain | None:
    """Fetch rows of one run of an import for a while."""
    found = (
        Import.objects.select_related("dataset", "created_by")
        .filter(pk=context.args["import"], run=context.args["run"], dataset__deleted_at=None)
        .first()
    )
    if found is None:
        return None
    again = fetch_rows(found=found, beat=context.beat)
    return None if again is None else RunAgain(again)
