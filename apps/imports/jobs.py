"""The doorways of background work: ids in, one action."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from apps.imports.actions.blobs import SWEEP
from apps.imports.actions.blobs import sweep as sweep_blobs
from apps.imports.actions.fetching import fetch_rows
from apps.imports.actions.reading import read_rows
from apps.imports.actions.running import fail_import
from apps.imports.actions.undoing import KIND as UNDO
from apps.imports.actions.undoing import end_undo, undo_for_a_while
from apps.imports.models import Import
from concord.backups.holding import PAUSE, removing_files
from concord.jobs.context import JobContext, JobStopped, RunAgain
from concord.jobs.registry import job

READ_ATTEMPTS = 5
# A row that ends its workers is given up by itself (`claims.MOST_CLAIMS`), so a fetch job that is
# brought back again and again, as in a long outage, still has work worth doing.
FETCH_ATTEMPTS = 100
BUSY_SECONDS = 2.0
CRASHED = "The server failed on this list; its log says why."
# Chunks that came through stay so, as those of fetching.
UNDO_ATTEMPTS = 20
STOPPED = "The server failed while it took the images out. Undo the import once more."


def end_import(args: Mapping[str, Any]) -> None:
    """Fail the import on whose list the workers died."""
    for found in Import.objects.filter(pk=args["import"]):
        fail_import(found=found, reason=CRASHED)


@job("imports.read", max_attempts=READ_ATTEMPTS, when_dead=end_import)
def read(context: JobContext) -> RunAgain | None:
    """Read a list into rows, for a while where folders are listed."""
    found = Import.objects.select_related("dataset", "created_by").get(pk=context.args["import"])
    try:
        return RunAgain() if read_rows(found=found, beat=context.beat) else None
    except Exception:
        if context.attempt == READ_ATTEMPTS:
            fail_import(found=found, reason=CRASHED)
        raise


@job("imports.fetch", queue="fetch", max_attempts=FETCH_ATTEMPTS)
def fetch(context: JobContext) -> RunAgain | None:
    """Fetch rows of one run of an import for a while."""
    run = Import.objects.select_related("dataset", "created_by", "replacement").filter(
        pk=context.args["import"], run=context.args["run"], dataset__deleted_at=None
    )
    found = run.first()
    again = None if found is None else fetch_rows(found=found, beat=context.beat)
    return None if again is None else RunAgain(again)


def end_broken_undo(args: Mapping[str, Any]) -> None:
    """Let an undo whose workers died be ordered again."""
    for found in Import.objects.filter(pk=args["import"]):
        end_undo(found=found, error=STOPPED)


@job(UNDO, max_attempts=UNDO_ATTEMPTS, when_dead=end_broken_undo)
def undo(context: JobContext) -> RunAgain | None:
    """Take out what an import brought, for a while; nothing if its dataset was deleted."""
    alive = Import.objects.select_related("dataset").filter(dataset__deleted_at=None)
    found = alive.filter(pk=context.args["import"]).first()
    try:
        left = found is not None and undo_for_a_while(
            found=found, progress=context.progress, beat=context.beat
        )
    except JobStopped:
        raise
    except Exception:
        if context.attempt == UNDO_ATTEMPTS:
            end_broken_undo(context.args)
        raise
    return RunAgain() if left else None


@job(SWEEP, max_attempts=FETCH_ATTEMPTS)
def sweep(context: JobContext) -> RunAgain | None:
    """Remove files that no image needs any more, unless a backup copies them."""
    args = context.args
    with removing_files() as free:
        if not free:
            return RunAgain(PAUSE)
        busy = sweep_blobs(blobs=args["blobs"], files=args.get("files", ()), beat=context.beat)
    return RunAgain(BUSY_SECONDS) if busy else None
