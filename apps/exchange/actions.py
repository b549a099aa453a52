"""Making files of a dataset's answers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any, BinaryIO

from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models import QuerySet

from apps.annotators.models import User
from apps.datasets.config import DatasetConfig
from apps.datasets.models import Dataset
from apps.exchange.domain.finals import ContentHash
from apps.exchange.domain.formats import FORMATS, NO_OUTLINES, Unfit, check, is_packed
from apps.exchange.domain.options import ExportOptions
from apps.exchange.making import EVERY, Beat, change, make, telling
from apps.exchange.models import Export, Snapshot
from apps.exchange.origins import origin_of
from apps.exchange.packing import Pack
from apps.exchange.placing import Placing
from apps.exchange.reading import DatasetReader
from apps.exchange.spools import spool
from apps.exchange.writers import DOCUMENTS, About, Document
from concord.errors import Conflict, Invalid
from concord.events.actions import record
from concord.jobs.actions import enqueue
from concord.rows import run
from concord.storage.contents import Stored
from concord.storage.files import store

CHOOSE = """
INSERT INTO exchange_chosen (export_id, task_id) SELECT %s, task_id FROM ({found}) found
"""


@transaction.atomic
def create_export(
    *,
    user: User,
    dataset: Dataset,
    options: ExportOptions,
    tasks: QuerySet[Any, Any] | None = None,
    frozen: Snapshot | None = None,
) -> Export:
    """Order a file; a job writes it. Raises as `check_options` does, and Invalid
    `format_not_for_shapes`; shapes of chosen tasks and of snapshots are looked at by the job alone.

    It holds all tasks, or those alone whose ids the query `tasks` gives as `task_id`, or what was
    `frozen`: then it raises as `check_frozen` does, too.
    """
    check_options(dataset=dataset, options=options)
    told = {**asdict(options), "chosen": tasks is not None}
    if frozen is not None:
        check_frozen(frozen, options)
        told["snapshot_name"] = frozen.name
    export = Export.objects.create(dataset=dataset, created_by=user, snapshot=frozen, **told)
    if tasks is None and frozen is None:
        _check_shapes(export)
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
        data=told,
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


def check_options(*, dataset: Dataset, options: ExportOptions) -> None:
    """Raise Invalid with the code for which a format does not take this (`formats.check`)."""
    multiple = DatasetConfig.of(dataset).choice_style == "multiple"
    with unfit_is_invalid():
        check(options, interface=dataset.interface, multiple=multiple)


def check_frozen(made: Snapshot, options: ExportOptions) -> None:
    """Raise Conflict `not_ready`, or Invalid `snapshot_holds_finals`, `snapshot_holds_pseudonyms`
    for what a snapshot does not hold."""
    if made.state != Snapshot.State.DONE:
        raise Conflict("not_ready", f"The snapshot “{made.name}” is not made yet.")
    if options.answers:
        detail = "A snapshot holds final answers alone. Export the final ones, or those of now."
        raise Invalid("snapshot_holds_finals", detail)
    if options.names:
        detail = "A snapshot knows people by their pseudonyms. Leave out their e-mail addresses."
        raise Invalid("snapshot_holds_pseudonyms", detail)


def _check_shapes(export: Export) -> None:
    if FORMATS[export.format].outlines:
        return
    reader = DatasetReader(dataset_id=export.dataset_id, using=DEFAULT_DB_ALIAS)
    if reader.about().outlines:
        raise Invalid("format_not_for_shapes", NO_OUTLINES)


@contextmanager
def unfit_is_invalid() -> Iterator[None]:
    """Turn what the formats refuse into a refusal of the request, or the end of a job."""
    try:
        yield
    except Unfit as error:
        raise Invalid(error.code, error.detail) from error


def run_export(*, export: Export, beat: Beat) -> Export:
    """Write the file of `export` as the dataset is at this moment; a finished one stays.

    Safe to run twice: the same answers give the same bytes. `beat(done=, total=)` is called
    between chunks of tasks and may raise JobStopped.
    """

    def tell() -> None:
        file = {"sha256": export.file_sha256, "size": export.file_size}
        record(
            kind="export.finished",
            actor=None,
            dataset_id=export.dataset_id,
            subject=export,
            data={**file, "content_sha256": export.content_sha256},
        )

    make(export, lambda: _write(export, beat), afterwards=tell)
    return export


def _write(export: Export, beat: Beat) -> tuple[Stored, dict[str, Any]]:
    with spool() as file:
        with unfit_is_invalid():
            found = _fill(file, export, beat)
        file.seek(0)
        return store().put_stream(file), {"content_sha256": found.hexdigest()}


def _fill(file: BinaryIO, export: Export, beat: Beat) -> ContentHash:
    """Write everything; returns the hash of its finals.

    Images come when the moment is over: a zip of many takes long.
    """
    with origin_of(export) as origin:
        change(export, total=origin.total)
        document = _document(file, export, about=origin.about, beat=beat)
        entries = telling(export, origin.entries, beat)
        for placed in Placing(export.options).placed(entries):
            document.add(placed)
    document.finish()
    return origin.about.content


def _document(file: BinaryIO, export: Export, *, about: About, beat: Beat) -> Document:
    options = export.options
    if not is_packed(options):
        return DOCUMENTS[options.format](file, options, about)
    tasks = export.total

    def tell(done: int, images: int) -> None:
        if done % EVERY == 0 or done == 1:
            change(export, done=tasks + done, total=tasks + images)
            beat(done=export.done, total=export.total)

    return Pack(file, options, about, tell)
