"""Taking in a list: its bytes are kept, its lines are read by a job."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from django.db import transaction

from apps.annotators.models import User
from apps.datasets.access import require_open
from apps.datasets.models import Dataset, Interface
from apps.imports.actions.running import start_fetching
from apps.imports.actions.storing import store_rows, values_of
from apps.imports.domain.addresses import checked_address
from apps.imports.domain.encodings import Encoding
from apps.imports.domain.fitting import digest_of_upload
from apps.imports.domain.folders import folder_of
from apps.imports.domain.rows import RowError, RowRead
from apps.imports.models import Connection, Import, ImportRow
from apps.imports.options import Options
from concord.errors import Invalid
from concord.events.actions import record
from concord.jobs.actions import enqueue
from concord.storage.files import store


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with the request; `path` is where it lay in the folder that was sent."""

    name: str
    body: BinaryIO
    path: str = ""


@dataclass(frozen=True, slots=True)
class KeptList:
    """A list in the file store, and what it was called."""

    name: str
    sha256: str


def keep_list(source: Upload) -> KeptList:
    """Put a list into the file store."""
    return KeptList(source.name, store().put_stream(source.body).sha256)


def create_import(
    *,
    user: User,
    dataset: Dataset,
    source: Upload | KeptList,
    options: Options,
    connection: Connection | None = None,
    encoding: Encoding | None = None,
) -> Import:
    """Keep a list and have it read. `connection` is one that the dataset may use; without an
    encoding it is found out. Raises Conflict `dataset_archived`, Invalid `answers_about_boxes`."""
    require_open(dataset)
    if options.brings == "answers" and dataset.interface == Interface.IMAGE:
        raise Invalid(
            "answers_about_boxes",
            "Here each box is a task of its own, and a file cannot say what people answered about"
            " one. Import its boxes as suggestions.",
        )
    kept = keep_list(source) if isinstance(source, Upload) else source
    with transaction.atomic():
        made = Import.objects.create(
            dataset=dataset,
            created_by=user,
            name=kept.name[:300],
            options=options.stored(),
            connection=connection,
            list_sha256=kept.sha256,
            encoding=encoding or "",
            reading=True,
        )
        _record_creation(made, user)
        enqueue(
            kind="imports.read",
            args={"import": str(made.id)},
            created_by=user,
            dataset_id=dataset.id,
        )
    return made


def create_import_of_files(
    *,
    user: User,
    dataset: Dataset,
    uploads: Iterable[Upload],
    options: Options,
    name: str = "",
) -> Import:
    """Keep image files, one row each, and have them decoded.

    Of files in folders the path is kept, as the name of the row and as `path` in the meta. Without
    a `name` the import is called like its file, or by how many there are.
    """
    require_open(dataset)
    kept = [(each, store().put_stream(each.body).sha256) for each in uploads]
    with transaction.atomic():
        made = Import.objects.create(
            dataset=dataset,
            created_by=user,
            name=(name or _name_of(kept))[:300],
            options=options.stored(),
        )
        _record_creation(made, user)
        ImportRow.objects.bulk_create(
            ImportRow(
                of_import=made,
                dataset=dataset,
                line=line,
                url=f"upload:{(upload.path or upload.name)[:1000]}",
                address_key=made.key_of(digest_of_upload(sha256)),
                upload=sha256,
                payload={"meta": {"path": upload.path}} if upload.path else {},
            )
            for line, (upload, sha256) in enumerate(kept, start=1)
        )
        start_fetching(found=made)
    return made


@transaction.atomic
def create_import_of_one(*, user: User, dataset: Dataset, address: str, name: str) -> Import:
    """Have the one image fetched that an address names. Raises Invalid for what names none."""
    require_open(dataset)
    try:
        row = RowRead(1, checked_address(address))
    except RowError as error:
        raise Invalid(error.code, error.reason) from error
    if folder_of(row.url):
        raise Invalid("names_a_folder", "The address names a folder; it must be of one image.")
    made = Import.objects.create(
        dataset=dataset,
        created_by=user,
        name=name[:300],
        options=Options().stored(),
        reading=True,
    )
    _record_creation(made, user)
    store_rows(made, [values_of(row)])
    Import.objects.filter(pk=made.pk).update(reading=False)
    return made


def _name_of(kept: Sequence[tuple[Upload, str]]) -> str:
    return kept[0][0].name if len(kept) == 1 else f"{len(kept)} files"


def _record_creation(made: Import, user: User) -> None:
    record(
        kind="import.created",
        actor=user,
        dataset_id=made.dataset_id,
        subject=made,
        data={"name": made.name},
    )
