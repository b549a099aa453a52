"""Freezing a dataset's final answers, and letting go of what was frozen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction

from apps.annotators.models import User
from apps.datasets.models import Dataset
from apps.exchange.making import Beat, change, make, telling
from apps.exchange.models import Diff, Snapshot
from apps.exchange.reading import DatasetReader
from apps.exchange.snapshot import snapshot as one_moment
from apps.exchange.snapshots.files import head_of, write_snapshot
from apps.exchange.spools import spool
from concord.errors import Conflict
from concord.events.actions import record
from concord.jobs.actions import enqueue
from concord.rows import run
from concord.storage.contents import Stored
from concord.storage.files import store

KIND = "exchange.snapshot"
DROP = "exchange.drop_files"
LET_GO = "SELECT set_config('concord.deleting_snapshot', %s, true)"


@transaction.atomic
def create_snapshot(*, user: User, dataset: Dataset, name: str) -> Snapshot:
    """Order a snapshot, which a job makes of the moment when it begins.

    Raises Conflict `name_taken`.
    """
    try:
        with transaction.atomic():
            made = Snapshot.objects.create(dataset=dataset, created_by=user, name=name)
    except IntegrityError:
        raise Conflict("name_taken", "There is a snapshot of this name. Choose another.") from None
    args = {"snapshot": str(made.id)}
    enqueue(kind=KIND, args=args, created_by=user, dataset_id=dataset.id)
    return made


def run_snapshot(*, made: Snapshot, beat: Beat) -> None:
    """Write the finals of this moment; a snapshot that is done stays as it is.

    `beat(done=, total=)` is called between chunks of tasks and may raise JobStopped.
    """

    def tell() -> None:
        data = {"name": made.name, "content_sha256": made.content_sha256, "finals": made.finals}
        _record("snapshot.made", made.created_by, made, data)

    make(made, lambda: _write(made, beat), afterwards=tell)


@transaction.atomic
def delete_snapshot(*, made: Snapshot, actor: User) -> None:
    """Remove a snapshot with what it was compared to; exports of it stay and cite its hash.

    Raises Conflict `not_ready` while it is being made.
    """
    if made.state in (Snapshot.State.QUEUED, Snapshot.State.RUNNING):
        raise Conflict("not_ready", "It is still being made. Delete it once that is done.")
    diffs = Diff.objects.filter(before=made) | Diff.objects.filter(after=made)
    files = [made.file_sha256, *diffs.values_list("file_sha256", flat=True)]
    data = {"name": made.name, "content_sha256": made.content_sha256}
    _record("snapshot.deleted", actor, made, data)
    run(LET_GO, [str(made.pk)])
    made.delete()
    drop_files(files, dataset=made.dataset)


def drop_files(files: Iterable[str], *, dataset: Dataset) -> None:
    """Have files of rows that are gone removed once that is certain."""
    if named := sorted(set(files) - {""}):
        enqueue(kind=DROP, args={"files": named}, dataset_id=dataset.pk)


def _write(made: Snapshot, beat: Beat) -> tuple[Stored, dict[str, Any]]:
    with spool() as file:
        with one_moment() as alias:
            reader = DatasetReader(dataset_id=made.dataset_id, using=alias)
            change(made, total=reader.count())
            head = head_of(made.pk, reader.dataset, reader.categories())
            found = write_snapshot(file, head, telling(made, reader.entries(), beat))
        file.seek(0)
        stored = store().put_stream(file)
    return stored, {"finals": len(found), "content_sha256": found.hexdigest()}


def _record(kind: str, actor: User, made: Snapshot, data: dict[str, Any]) -> None:
    record(kind=kind, actor=actor, dataset_id=made.dataset_id, subject=made, data=data)
