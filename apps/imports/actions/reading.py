"""From a kept list to rows, in batches that may be repeated."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

from django.db import transaction
from django.db.models import Max

from apps.imports.actions.crediting import introduced
from apps.imports.actions.listing import NamedFolder, OutOfTime, list_folder
from apps.imports.actions.opening import encoding_of, opened_list
from apps.imports.actions.reporting import report_of, tallied
from apps.imports.actions.running import fail_import, finish_if_over
from apps.imports.actions.storing import (
    NotReading,
    Values,
    hold_reading,
    size_of,
    store_rows,
    values_of,
)
from apps.imports.domain.bundles import Bundle
from apps.imports.domain.encodings import Encoding
from apps.imports.domain.folders import folder_of
from apps.imports.domain.rows import ListRefused, RowError, RowRead, RowRefused
from apps.imports.models import Import, ImportRow, ImportState
from apps.imports.naming import Located, located
from apps.imports.options import Options
from apps.imports.summaries import Tally
from concord.storage.files import store

BATCH = 5000
MAX_BATCH = 32 << 20
PIECE_SECONDS = 60.0
Beat = Callable[[], None]


def read_rows(*, found: Import, beat: Beat) -> bool:
    """Turn the list of an import into rows, which are fetched meanwhile. Safe to run again.

    Returns whether there is more to do: a long list is read, and folders are listed, in pieces
    that keep below the time limit of a job, the first of which ends as soon as there is something
    to fetch. A list that makes no sense ends the import as `failed` with a sentence.
    """
    if not found.reading:
        return False
    try:
        report = _read(found, beat)
    except NotReading:
        return False
    except OutOfTime:
        return True
    except ListRefused as error:
        fail_import(found=found, reason=error.reason)
        return False
    with transaction.atomic():
        if held := hold_reading(found):
            held.reading, held.report = False, report
            held.save(update_fields=["reading", "report"])
            finish_if_over(found=held)
    return False


def _read(found: Import, beat: Beat) -> dict[str, Any]:
    """Store what is not stored yet; returns the report of the whole list."""
    # Whoever fetches the first rows may need the process that this one works in.
    seconds = 0 if found.state == ImportState.READING else PIECE_SECONDS
    until = time.monotonic() + seconds
    stored = False
    options, encoding, tally = Options.of(found), _encoding(found), Tally(found.dataset)
    with opened_list(
        found.list_sha256, name=found.name, reading=options.reading, encoding=encoding
    ) as opened:
        rows = located(opened.rows, dataset=found.dataset, base=options.base)
        rows = tallied(introduced(rows, found=found), tally)
        for piece in _pieces(rows, after=_last_line(found), bundle=opened.bundle):
            beat()
            if stored and time.monotonic() > until:
                raise OutOfTime
            if isinstance(piece, NamedFolder):
                stored |= list_folder(found=found, named=piece, beat=beat, until=until)
            else:
                with transaction.atomic():
                    store_rows(found, piece)
                stored = True
    if not ImportRow.objects.filter(of_import=found).exists():
        raise ListRefused("empty_list", "The list holds no line.")
    return report_of(opened, tally, encoding=encoding, options=options)


def _last_line(found: Import) -> int:
    """The last line that has its row: lines are stored in their order, so all before it have."""
    last = ImportRow.objects.filter(of_import=found).aggregate(last=Max("line"))["last"]
    return int(last or 0)


def _pieces(
    rows: Iterator[Located], *, after: int, bundle: Bundle | None
) -> Iterator[list[Values] | NamedFolder]:
    """Rows after a line in batches of at most BATCH, fewer where they say much; and all folders by
    themselves, since each knows how far it is."""
    batch: list[Values] = []
    size = 0
    for each in rows:
        row = each.row
        folder = folder_of(row.url) if isinstance(row, RowRead) else None
        if folder is None and row.line > after:
            batch.append(_values(each, bundle))
            size += size_of(batch[-1])
        if batch and (folder or len(batch) == BATCH or size > MAX_BATCH):
            yield batch
            batch, size = [], 0
        if folder is not None and isinstance(row, RowRead):
            yield NamedFolder(row, folder)
    if batch:
        yield batch


def _values(each: Located, bundle: Bundle | None) -> Values:
    """A row with the image that came in the same archive, which is kept."""
    row = each.row
    if bundle is None or not isinstance(row, RowRead) or not row.member:
        return values_of(row, image=each.image)
    try:
        upload = store().put_bytes(bundle.image(row.member)).sha256
    except RowError as error:
        return values_of(RowRefused(row.line, error.code, error.reason, url=row.url))
    return values_of(row, upload=upload)


def _encoding(found: Import) -> Encoding:
    """How the list is read, found out once and kept, so that it can be told."""
    if not found.encoding:
        found.encoding = encoding_of(found.list_sha256, name=found.name)
        found.save(update_fields=["encoding"])
    return Encoding(found.encoding)
