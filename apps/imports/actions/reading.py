"""From a kept list to rows, in batches that may be repeated."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from django.db import connection, transaction

from apps.imports.actions.opening import encoding_of, opened_list
from apps.imports.actions.running import fail_import, start_fetching
from apps.imports.domain.addresses import bytes_in, is_data
from apps.imports.domain.encodings import Encoding
from apps.imports.domain.fitting import checked_row, digest_of_row, payload_text
from apps.imports.domain.rows import ListRefused, Row, RowRead, RowRefused
from apps.imports.models import Import, ImportRow, ImportState, RowState
from apps.imports.options import Options
from concord.storage.files import store

BATCH = 5000
MAX_BATCH = 32 << 20
Values = tuple[Any, ...]
"""A line as the table `incoming` has it."""
PAYLOAD = 4

INCOMING = """
CREATE TEMPORARY TABLE incoming ON COMMIT DROP AS
SELECT line, url, url_hash, upload, payload, state, code, reason
FROM imports_importrow WITH NO DATA
"""
COPY = "COPY incoming FROM STDIN"
# The first line that names an address gets it; each later one is a duplicate that says which line
# that was. Reading a list again after a crash finds its own rows and changes nothing.
STORE = """
INSERT INTO imports_importrow
    (import_id, dataset_id, line, url, url_hash, upload, payload, state, code, reason,
     attempts, updated_at)
SELECT %(import)s, %(dataset)s, line, url, url_hash, upload, payload,
       CASE WHEN again THEN 'duplicate' ELSE state END,
       CASE WHEN again THEN 'duplicate_line' ELSE code END,
       CASE WHEN again THEN format('The same address as line %%s.', first_line) ELSE reason END,
       0, now()
FROM (
    SELECT *, state = 'queued' AND first_line < line AND %(skip)s AS again
    FROM (
        SELECT incoming.*,
               least(min(line) OVER (PARTITION BY url_hash), stored.first) AS first_line
        FROM incoming LEFT JOIN LATERAL (
            SELECT min(r.line) AS first FROM imports_importrow r
            WHERE r.import_id = %(import)s AND r.url_hash = incoming.url_hash
        ) stored ON incoming.url_hash <> ''
    ) ranked
) judged
ORDER BY line
ON CONFLICT (import_id, line) DO NOTHING
"""


def read_rows(*, found: Import, beat: Callable[[], None]) -> None:
    """Turn the list of an import into rows, then start fetching. Safe to run again.

    A list that makes no sense ends the import as `failed` with a sentence.
    """
    if found.state != ImportState.READING:
        return
    try:
        for batch in _batches(found):
            beat()
            if not _store(found, batch):
                return  # cancelled meanwhile
        if not ImportRow.objects.filter(of_import=found).exists():
            raise ListRefused("empty_list", "The list holds no line.")
    except ListRefused as error:
        fail_import(found=found, reason=error.reason)
        return
    with transaction.atomic():
        if held := _hold(found):
            start_fetching(found=held)


def _batches(found: Import) -> Iterator[list[Values]]:
    with opened_list(
        found.list_sha256,
        name=found.name,
        url_field=Options.of(found).url_field,
        encoding=_encoding(found),
    ) as opened:
        yield from _batched(map(_columns, opened.rows))


def _batched(lines: Iterator[Values]) -> Iterator[list[Values]]:
    """Lines in batches of at most BATCH, fewer where they say much."""
    batch: list[Values] = []
    size = 0
    for values in lines:
        batch.append(values)
        size += len(values[PAYLOAD])
        if len(batch) == BATCH or size > MAX_BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _encoding(found: Import) -> Encoding:
    """How the list is read, found out once and kept, so that it can be told."""
    if not found.encoding:
        found.encoding = encoding_of(found.list_sha256, name=found.name)
        found.save(update_fields=["encoding"])
    return Encoding(found.encoding)


def _hold(found: Import) -> Import | None:
    """The import's row, locked, if it is still being read."""
    reading = Import.objects.filter(pk=found.pk, state=ImportState.READING)
    return reading.select_for_update(no_key=True).first()


def _store(found: Import, batch: list[Values]) -> bool:
    """Add a batch; False if the import is not being read any more."""
    with transaction.atomic():
        if not _hold(found):
            return False
        with connection.cursor() as cursor:
            cursor.execute(INCOMING)
            with cursor.copy(COPY) as copy:
                for values in batch:
                    copy.write_row(values)
            skip = Options.of(found).on_duplicate == "skip"
            cursor.execute(STORE, {"import": found.pk, "dataset": found.dataset_id, "skip": skip})
    return True


def _columns(row: Row) -> Values:
    """The values of a line for the table `incoming`."""
    row = checked_row(row)
    if isinstance(row, RowRefused):
        return (row.line, row.url, "", "", "{}", RowState.FAILED, row.code, row.reason)
    row, upload = _without_bytes(row)
    digest = upload or digest_of_row(row)
    return (row.line, row.url, digest, upload, payload_text(row), RowState.QUEUED, "", "")


def _without_bytes(row: RowRead) -> tuple[RowRead, str]:
    """The row with bytes inside its addresses put away, and the file of its one image, if any."""
    if "tiles" not in row.payload:
        url, upload = _put_away(row.url)
        return replace(row, url=url), upload
    tiles = []
    for tile in row.payload["tiles"]:
        address, upload = _put_away(tile["image"])
        tiles.append({**tile, "image": address, "upload": upload})
    return replace(row, url=tiles[0]["image"], payload={**row.payload, "tiles": tiles}), ""


def _put_away(address: str) -> tuple[str, str]:
    """Bytes inside an address become a kept file: the database holds no base64.

    Returns the address, shortened if so, and the file's SHA-256 or nothing.
    """
    if not is_data(address):
        return address, ""
    sha256 = store().put_bytes(bytes_in(address)).sha256
    return f"{address.partition(',')[0][:100]},{sha256[:12]}", sha256
