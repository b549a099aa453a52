"""Making files of a dataset's answers."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from typing import Any, BinaryIO

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now

from apps.annotators.models import User
from apps.datasets.models import Dataset, Interface
from apps.exchange.domain.records import Entry
from apps.exchange.models import Export
from apps.exchange.reading import CHUNK, DatasetReader
from apps.exchange.snapshot import snapshot
from apps.exchange.writers import write_coco, write_jsonl
from concord.errors import DomainError, Invalid, RetryLater
from concord.events.actions import record
from concord.jobs.actions import enqueue
from concord.jobs.context import JobStopped
from concord.rows import run
from concord.storage.contents import Stored
from concord.storage.files import store

Beat = Callable[..., None]
CHOOSE = """
INSERT INTO exchange_chosen (export_id, task_id) SELECT %s, task_id FROM ({found}) found
"""
CRASHED = "Something went wrong while the file was written. Nothing is lost: export again."


@transaction.atomic
def create_export(
    *,
    user: User,
    dataset: Dataset,
    format: str,  # noqa: A002 (the wire's word)
    which: str,
    tasks: QuerySet[Any, Any] | None = None,
) -> Export:
    """Order a file; a job writes it. Raises as `check_format` does.

    It holds all tasks, or those alone whose ids the query `tasks` gives as `task_id`.
    """
    check_format(dataset=dataset, format=format, which=which)
    export = Export.objects.create(
        dataset=dataset,
        created_by=user,
        format=format,
        which=which,
        chosen=tasks is not None,
    )
    if tasks is not None:
        found, values = tasks.query.sql_with_params()
        run(CHOOSE.format(found=found), [export.pk, *values])
    enqueue(
        kind="exchange.export",
        args={"export": str(export.id)},
        created_by=user,
        dataset_id=dataset.id,
    )
    record(
        kind="export.created",
        actor=user,
        dataset_id=dataset.id,
        subject=export,
        data={"format": format, "which": which, "chosen": export.chosen},
    )
    return export


@transaction.atomic
def note_download(*, export: Export, user: User) -> None:
    """Write down who has a copy of the file now."""
    record(
        kind="export.downloaded",
        actor=user,
        dataset_id=export.dataset_id,
        subject=export,
        data={"format": export.format, "which": export.which},
    )


def check_format(*, dataset: Dataset, format: str, which: str) -> None:  # noqa: A002 (the wire's word)
    """Raises Invalid `format_not_for_interface`, `format_needs_finals`."""
    if format != Export.Format.COCO:
        return
    if dataset.interface not in (Interface.IMAGE_MANUAL, Interface.IMAGE):
        raise Invalid(
            "format_not_for_interface",
            "COCO holds shapes, and this dataset does not ask for any. Choose jsonl.",
        )
    if which != Export.Which.FINAL:
        raise Invalid(
            "format_needs_finals",
            "COCO has no place for several people's answers to one image. Choose jsonl.",
        )


def run_export(*, export: Export, beat: Beat) -> Export:
    """Write the file of `export` as the dataset is at this moment; a finished one stays.

    Safe to run twice: the same answers give the same bytes. `beat(done=, total=)` is called
    between chunks of tasks and may raise JobStopped.
    """
    if export.state == Export.State.DONE:
        return export
    _update(export, state=Export.State.RUNNING, error="", done=0)
    try:
        stored = _write(export, beat)
    except (JobStopped, RetryLater):
        raise
    except DomainError as error:
        _update(export, state=Export.State.FAILED, error=error.detail)
        raise
    except Exception:
        _update(export, state=Export.State.FAILED, error=CRASHED)
        raise
    with transaction.atomic():
        _update(
            export,
            state=Export.State.DONE,
            done=export.total,
            file_sha256=stored.sha256,
            file_size=stored.size,
            finished_at=Now(),
        )
        record(
            kind="export.finished",
            actor=None,
            dataset_id=export.dataset_id,
            subject=export,
            data={"sha256": stored.sha256, "size": stored.size},
        )
    return export


def fail_export(*, export: Export) -> None:
    """End an export whose workers died; a finished one stays."""
    if export.state != Export.State.DONE:
        _update(export, state=Export.State.FAILED, error=CRASHED)


def _write(export: Export, beat: Beat) -> Stored:
    with tempfile.TemporaryFile() as file:
        with snapshot() as alias:
            reader = DatasetReader(
                dataset_id=export.dataset_id,
                using=alias,
                export=export.pk if export.chosen else None,
            )
            _update(export, total=reader.count())
            _write_as(export, file, reader, _telling(export, reader.entries(), beat))
        file.seek(0)
        return store().put_stream(file)


def _write_as(
    export: Export, file: BinaryIO, reader: DatasetReader, entries: Iterable[Entry]
) -> None:
    if export.format == Export.Format.COCO:
        version = str(reader.dataset.config_version)
        info = {"description": reader.dataset.name, "version": version}
        write_coco(file, entries, info=info, categories=reader.categories())
    else:
        write_jsonl(
            file,
            entries,
            finals=export.which != Export.Which.ANSWERS,
            answers=export.which != Export.Which.FINAL,
        )


def _telling(export: Export, entries: Iterable[Entry], beat: Beat) -> Iterator[Entry]:
    """Pass entries on, and say now and then how many there were."""
    for done, entry in enumerate(entries, start=1):
        yield entry
        if done % CHUNK == 0:
            _update(export, done=done)
            beat(done=done, total=export.total)


def _update(export: Export, **changes: object) -> None:
    Export.objects.filter(pk=export.pk).update(**changes)
    export.refresh_from_db(fields=list(changes))
