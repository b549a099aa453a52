"""Comparing two snapshots, or one with how the dataset is now, and reading what was found."""

from __future__ import annotations

import gzip
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from itertools import islice, takewhile
from typing import Any, BinaryIO

import msgspec
from django.db import transaction
from django.db.models.functions import Now

from apps.annotators.models import User
from apps.exchange.domain.diffs import TaskChange, differences
from apps.exchange.domain.finals import FinalRow, row_of
from apps.exchange.making import Beat, change, make, telling
from apps.exchange.models import Diff, Snapshot
from apps.exchange.reading import DatasetReader
from apps.exchange.snapshot import snapshot as one_moment
from apps.exchange.snapshots.actions import drop_files
from apps.exchange.snapshots.files import LEVEL, open_snapshot
from apps.exchange.spools import spool
from concord.errors import Conflict, Invalid
from concord.jobs.actions import enqueue
from concord.storage.contents import Stored
from concord.storage.files import store

KIND = "exchange.diff"
Found = dict[str, Any]


@transaction.atomic
def create_diff(*, user: User, before: Snapshot, after: Snapshot | None) -> Diff:
    """Order the comparison of two snapshots; without `after`, of one with now.

    What was compared before is given again, unless it failed. Raises Conflict `not_ready` while a
    snapshot is being made.
    """
    for side in (before, after):
        if side is not None and side.state != Snapshot.State.DONE:
            raise Conflict("not_ready", f"The snapshot “{side.name}” is not made yet.")
    if after is not None and after.dataset_id != before.dataset_id:
        raise Invalid("other_dataset", "The two snapshots are of different datasets.")
    if after is not None:
        Diff.objects.filter(before=before, after=after, state=Diff.State.FAILED).delete()
        made, new = Diff.objects.get_or_create(
            before=before, after=after, defaults=_whose(before, user)
        )
    else:
        _forget_now(before, user)
        made, new = Diff.objects.create(before=before, **_whose(before, user)), True
    if new:
        args = {"diff": str(made.id)}
        enqueue(kind=KIND, args=args, created_by=user, dataset_id=before.dataset_id)
    return made


def run_diff(*, made: Diff, beat: Beat) -> None:
    """Compare, and keep what was found in a file; safe to run twice."""
    make(made, lambda: _write(made, beat))


def changes_in(
    made: Diff, *, kind: str | None, most: int, start: int | None = None, backwards: bool = False
) -> list[tuple[int, Found]]:
    """Return changes of tasks with their places in the list: those of a kind
    (`TaskChange.kinds`), or all, that come after place `start`, or backwards before it, nearest
    first. Raises Conflict `not_ready`."""
    if made.state != Diff.State.DONE:
        raise Conflict("not_ready", "The comparison is not done yet.", state=made.state)
    with store().open(made.file_sha256) as file:
        found = _read_changes(file, kind)
        if backwards:
            before = takewhile(lambda each: start is None or each[0] < start, found)
            return [*deque(before, maxlen=most)][::-1]
        after = (each for each in found if start is None or each[0] > start)
        return list(islice(after, most))


def _read_changes(file: BinaryIO, kind: str | None) -> Iterator[tuple[int, Found]]:
    lines = gzip.GzipFile(fileobj=file)
    next(lines)  # whose they are
    for place, line in enumerate(lines):
        found = msgspec.json.decode(line)
        if kind is None or kind in found["kinds"]:
            yield place, found


def _forget_now(before: Snapshot, user: User) -> None:
    """Now is over: what somebody compared with it before goes when they compare anew."""
    ended = Diff.objects.filter(before=before, after=None, created_by=user, finished_at__lt=Now())
    drop_files(ended.values_list("file_sha256", flat=True), dataset=before.dataset)
    ended.delete()


def _whose(before: Snapshot, user: User) -> dict[str, Any]:
    return {"dataset_id": before.dataset_id, "created_by": user}


def _write(made: Diff, beat: Beat) -> tuple[Stored, dict[str, Any]]:
    with (
        spool() as file,
        open_snapshot(made.before.file_sha256) as before,
        _rows_after(made) as after,
    ):
        change(made, total=made.before.finals)
        counts = _write_changes(file, made, telling(made, before.rows(), beat), after)
        file.seek(0)
        return store().put_stream(file), {"counts": counts}


@contextmanager
def _rows_after(made: Diff) -> Iterator[Iterator[FinalRow]]:
    if made.after is not None:
        with open_snapshot(made.after.file_sha256) as reader:
            yield reader.rows()
        return
    with one_moment() as alias:
        entries = DatasetReader(dataset_id=made.dataset_id, using=alias).entries()
        yield (row for entry in entries if (row := row_of(entry)) is not None)


def _write_changes(
    target: BinaryIO, made: Diff, before: Iterator[FinalRow], after: Iterator[FinalRow]
) -> dict[str, int]:
    """Write a line that names the comparison and one for each change; return how many there are
    of each kind."""
    counts: Counter[str] = Counter()
    with gzip.GzipFile("", "wb", LEVEL, target, mtime=0) as file:
        file.write(msgspec.json.encode({"diff": str(made.pk)}) + b"\n")
        for found in differences(before, after):
            counts.update(found.kinds)
            file.write(msgspec.json.encode(_told(found)) + b"\n")
    return dict(counts)


def _told(found: TaskChange) -> Found:
    return {**asdict(found), "kinds": found.kinds}
