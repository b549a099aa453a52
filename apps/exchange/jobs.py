"""The doorway of background work: an id in, one action."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from apps.exchange.actions import run_export
from apps.exchange.making import fail
from apps.exchange.models import Diff, Export, Snapshot
from apps.exchange.snapshots import actions, diffing
from apps.exchange.webhooks import following, sending
from concord.backups.holding import PAUSE, removing_files
from concord.celery import app
from concord.jobs.context import JobContext, RunAgain
from concord.jobs.registry import job
from concord.storage.files import store


def end_export(args: Mapping[str, Any]) -> None:
    """Fail the export over which the workers died."""
    for found in Export.objects.filter(pk=args["export"]):
        fail(found)


@job("exchange.export", max_attempts=3, when_dead=end_export)
def export(context: JobContext) -> None:
    """Write the file of an export; nothing if its dataset was deleted meanwhile."""
    rows = Export.objects.select_related("dataset", "snapshot")
    found = rows.filter(pk=context.args["export"], dataset__deleted_at=None).first()
    if found is not None:
        run_export(export=found, beat=context.beat)


def end_snapshot(args: Mapping[str, Any]) -> None:
    """Fail the snapshot over which the workers died."""
    for found in Snapshot.objects.filter(pk=args["snapshot"]):
        fail(found)


@job(actions.KIND, max_attempts=3, when_dead=end_snapshot)
def snapshot(context: JobContext) -> None:
    """Make a snapshot; nothing if its dataset was deleted meanwhile."""
    rows = Snapshot.objects.select_related("created_by").filter(dataset__deleted_at=None)
    for found in rows.filter(pk=context.args["snapshot"]):
        actions.run_snapshot(made=found, beat=context.beat)


def end_diff(args: Mapping[str, Any]) -> None:
    """Fail the comparison over which the workers died."""
    for found in Diff.objects.filter(pk=args["diff"]):
        fail(found)


@job(diffing.KIND, max_attempts=3, when_dead=end_diff)
def diff(context: JobContext) -> None:
    """Compare two snapshots; nothing if one was deleted meanwhile."""
    rows = Diff.objects.select_related("before", "after").filter(dataset__deleted_at=None)
    for found in rows.filter(pk=context.args["diff"]):
        diffing.run_diff(made=found, beat=context.beat)


@job(actions.DROP)
def drop_files(context: JobContext) -> RunAgain | None:
    """Remove files whose rows are gone, unless a backup copies them."""
    with removing_files() as free:
        if not free:
            return RunAgain(PAUSE)
        for name in context.args["files"]:
            store().delete(name)
    return None


@app.task(name="exchange.owe_deliveries")
def owe_deliveries() -> None:
    """See what webhooks are to hear of; called by the scheduler."""
    following.owe_deliveries()


@app.task(name=sending.TASK)
def send_deliveries(webhook: str) -> None:
    """Send for a while what a webhook is owed."""
    if sending.send_due(uuid.UUID(webhook)):
        sending.ring(uuid.UUID(webhook))


@app.task(name="exchange.forget_deliveries")
def forget_deliveries() -> None:
    """Drop the log of what was sent long ago; called by the scheduler."""
    following.forget_deliveries()
