"""An import as a whole: starting it, stopping it, and its end."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Now

from apps.annotators.models import User
from apps.datasets.access import require_open
from apps.datasets.models import Dataset
from apps.imports.actions.hosts import forget_failures
from apps.imports.models import ATTACHED, Import, ImportRow, ImportState, RowState
from concord.errors import Conflict
from concord.events.actions import record
from concord.jobs.actions import enqueue

LANES = 2
"""How many jobs fetch for one import at a time, each over several connections."""

LIVE = [ImportState.RUNNING, ImportState.STORAGE_FULL]
UNFINISHED = [ImportState.READING, ImportState.PAUSED, *LIVE]
WAITING = [RowState.QUEUED, RowState.FETCHING]


def start_fetching(*, found: Import) -> None:
    """Begin a new run: fetch jobs of earlier ones end by themselves. Call it in a transaction.

    Those of this one go on until no row waits, and the list has been read to its end.
    """
    forget_failures(found)
    found.run += 1
    found.state = ImportState.RUNNING
    found.finished_at = None
    found.save(update_fields=["run", "state", "finished_at"])
    for lane in range(LANES):
        enqueue(
            kind="imports.fetch",
            args={"import": str(found.id), "run": found.run, "lane": lane},
            created_by=found.created_by,
            dataset_id=found.dataset_id,
        )


def _start_reading(found: Import) -> None:
    """Read the list again: lines that have their rows keep them."""
    found.reading = True
    found.save(update_fields=["reading"])
    enqueue(
        kind="imports.read",
        args={"import": str(found.id)},
        created_by=found.created_by,
        dataset_id=found.dataset_id,
    )


def finish_if_over(*, found: Import) -> bool:
    """Mark the import done when no row waits nor will be added; True for the one caller that did.

    The run is part of the condition because the rows are judged by the statement's snapshot: a
    retry that queues rows at the same moment has begun another run.
    """
    waiting = ImportRow.objects.filter(of_import=OuterRef("pk"), state__in=WAITING)
    over = Import.objects.filter(pk=found.pk, run=found.run, state__in=LIVE, reading=False)
    with transaction.atomic():
        ended = over.filter(~Exists(waiting)).update(
            state=ImportState.DONE, finished_at=Now(), error=""
        )
        if ended:
            _record(found, "import.done", actor=None)
    return bool(ended)


def fail_import(*, found: Import, reason: str) -> None:
    """End an import whose list makes no sense; rows that wait are cancelled."""
    with transaction.atomic():
        if _end(found, ImportState.FAILED, error=reason[:500]):
            _record(found, "import.failed", actor=None)


def cancel_import(*, found: Import, actor: User) -> Import:
    """Stop for good: rows that wait are cancelled, what arrives late is dropped.

    Raises Conflict `import_over`.
    """
    with transaction.atomic():
        if not _end(found, ImportState.CANCELLED):
            raise _over()
        _record(found, "import.cancelled", actor=actor)
    found.refresh_from_db()
    return found


def stop_imports(*, dataset: Dataset, actor: User) -> None:
    """Cancel all imports into a dataset that have not come to their end."""
    for found in Import.objects.filter(dataset=dataset, state__in=UNFINISHED):
        if _end(found, ImportState.CANCELLED):
            _record(found, "import.cancelled", actor=actor)


def pause_import(*, found: Import, actor: User) -> Import:
    """Fetch nothing more until it is resumed; rows under way come to their end, and a list that is
    being read is read on.

    Raises Conflict `not_running`.
    """
    with transaction.atomic():
        paused = Import.objects.filter(pk=found.pk, state__in=LIVE).update(state=ImportState.PAUSED)
        if not paused:
            raise Conflict("not_running", "Only a running import can be paused.")
        _record(found, "import.paused", actor=actor)
    found.refresh_from_db()
    return found


@transaction.atomic
def resume_import(*, found: Import, actor: User) -> Import:
    """Go on with a paused import. Raises Conflict `not_paused`, `dataset_archived`."""
    require_open(found.dataset)
    held = Import.objects.select_for_update(no_key=True).get(pk=found.pk)
    if held.state != ImportState.PAUSED:
        raise Conflict("not_paused", "Only a paused import can be resumed.")
    start_fetching(found=held)
    _record(held, "import.resumed", actor=actor)
    return held


@transaction.atomic
def retry_import(*, found: Import, actor: User, code: str = "") -> Import:
    """Fetch the failed rows once more, except those whose line could not be read, and go on with
    the folders that could not be listed to their end; with a code only those that failed with it.

    Raises Conflict `not_ready` while the list is being read or it is paused, `import_undone`,
    `nothing_to_retry`, `dataset_archived`.
    """
    require_open(found.dataset)
    held = Import.objects.select_for_update(no_key=True).get(pk=found.pk)
    if held.reading or held.state == ImportState.PAUSED:
        raise Conflict("not_ready", "The import is being read or paused.")
    if held.state in (ImportState.UNDOING, ImportState.UNDONE):
        raise Conflict("import_undone", "The import was undone; import the list again.")
    wanted = {"code": code} if code else {}
    failed = ImportRow.objects.filter(of_import=held, state=RowState.FAILED, **wanted)
    queued = {"state": RowState.QUEUED, "code": "", "reason": "", "attempts": 0}
    known = failed.filter(address_key=None, image__isnull=False)
    again = known.update(**queued, not_before=ATTACHED, updated_at=Now())
    again += failed.exclude(address_key=None).update(**queued, not_before=None, updated_at=Now())
    folders = held.listings.exclude(code="").filter(**wanted)
    lines = list(folders.values_list("line", flat=True))
    if not again and not lines:
        raise Conflict("nothing_to_retry", "No failed row can be fetched again.")
    if lines:
        failed.filter(line__in=lines, item=0).delete()
        folders.update(ended=False, code="", reason="")
        _start_reading(held)
    start_fetching(found=held)
    _record(held, "import.retried", actor=actor, rows=again, **wanted)
    return held


def set_storage_full(*, found: Import, full: bool) -> None:
    """Say, or take back, that the import waits for room on the disk."""
    before, after = (LIVE[0], LIVE[1]) if full else (LIVE[1], LIVE[0])
    held = Import.objects.filter(pk=found.pk, run=found.run, state=before)
    with transaction.atomic():
        if held.update(state=after) and full:
            _record(found, "import.storage_full", actor=None)


def _end(found: Import, state: ImportState, error: str = "") -> bool:
    ended = Import.objects.filter(pk=found.pk, state__in=UNFINISHED).update(
        state=state, finished_at=Now(), error=error, run=F("run") + 1, reading=False
    )
    if ended:
        # Whoever fetches one of these now finds its claim gone when it wants to write.
        ImportRow.objects.filter(of_import=found, state__in=WAITING).update(
            state=RowState.CANCELLED, claimed_by=None, claimed_until=None, updated_at=Now()
        )
    return bool(ended)


def _over() -> Conflict:
    return Conflict("import_over", "The import has come to its end already.")


def _record(found: Import, kind: str, *, actor: User | None, **data: Any) -> None:
    record(kind=kind, actor=actor, dataset_id=found.dataset_id, subject=found, data=data)
