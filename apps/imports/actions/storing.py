"""Rows into the database, many at once."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db import connection

from apps.imports.actions.running import start_fetching
from apps.imports.domain.addresses import bytes_in, host_of, is_data
from apps.imports.domain.fitting import digest_of_row, digest_of_upload, payload_text, shortened
from apps.imports.domain.rows import Row, RowError, RowRead, RowRefused
from apps.imports.models import ATTACHED, Import, ImportState, RowState
from apps.imports.options import Options
from concord.storage.files import store

Values = tuple[Any, ...]
"""A row as the table `incoming` has it, but for the digest in place of its key."""
PAYLOAD = 5

INCOMING = """
CREATE TEMPORARY TABLE incoming ON COMMIT DROP AS
SELECT line, item, url, address_key, upload, payload, state, code, reason, host, image_id
FROM imports_importrow WITH NO DATA
"""
COPY = "COPY incoming FROM STDIN"
# The first line that names an address gets it; each later one is a duplicate that says which line
# that was, or waits for that line where each says what somebody answered. What only needs to be
# attached to an image is fetched by nobody (`actions.attaching`). Reading a list again after a
# crash finds its own rows and changes nothing.
STORE = """
INSERT INTO imports_importrow
    (import_id, dataset_id, line, item, url, address_key, upload, payload, host, state, code,
     reason, image_id, not_before, attempts, updated_at)
SELECT %(import)s, %(dataset)s, line, item, url, address_key, upload, payload, host,
       CASE WHEN again AND NOT %(joins)s THEN 'duplicate' ELSE state END,
       CASE WHEN again AND %(joins)s THEN 'waits_for_line'
            WHEN again THEN 'duplicate_line' ELSE code END,
       CASE WHEN again THEN format('The same address as line %%s.', first_line) ELSE reason END,
       image_id, CASE WHEN again AND %(joins)s OR image_id IS NOT NULL THEN %(attached)s END,
       0, now()
FROM (
    SELECT *, state = 'queued' AND first_line < line AND image_id IS NULL AND %(skip)s AS again
    FROM (
        SELECT incoming.*,
               least(min(line) OVER (PARTITION BY address_key), stored.first) AS first_line
        FROM incoming LEFT JOIN LATERAL (
            SELECT min(r.line) AS first FROM imports_importrow r
            WHERE r.address_key = incoming.address_key
        ) stored ON true
    ) ranked
) judged
ORDER BY line, item
ON CONFLICT (import_id, line, item) DO NOTHING
"""


class NotReading(Exception):
    """The import was cancelled meanwhile."""


def values_of(
    row: Row, *, item: int = 0, image: uuid.UUID | None = None, upload: str = ""
) -> Values:
    """Return a row in the form of the table `incoming`; images within its addresses are kept.

    One of an `image` that the dataset has already names no other. `upload` is the SHA-256 of bytes
    that came with the list, if its image did.
    """
    if isinstance(row, RowRefused):
        said = payload_text(shortened(row))
        end = (RowState.FAILED, row.code, row.reason, "", None)
        return (row.line, item, row.url, None, "", said, *end)
    try:
        kept, upload = (row, upload) if upload else _without_bytes(row)
        payload = payload_text(kept)
    except RowError as error:
        refused = RowRefused(row.line, error.code, error.reason, payload=row.payload)
        return values_of(refused, item=item)
    digest = digest_of_upload(upload) if upload else digest_of_row(kept)
    host = "" if upload or "tiles" in kept.payload else host_of(kept.url)
    key = None if image else digest
    return (kept.line, item, kept.url, key, upload, payload, RowState.QUEUED, "", "", host, image)


def size_of(values: Values) -> int:
    """Return how many letters the row says beside its address."""
    return len(values[PAYLOAD])


def store_rows(found: Import, rows: Sequence[Values]) -> None:
    """Add rows to an import that is being read; those that it has already stay as they are.

    With the first of them fetching begins. Call it in a transaction: the import stays locked until
    its end. Raises NotReading.
    """
    held = hold_reading(found)
    if held is None:
        raise NotReading
    with connection.cursor() as cursor:
        cursor.execute(INCOMING)
        with cursor.copy(COPY) as copy:
            for line, item, url, digest, *rest in rows:
                key = None if digest is None else found.key_of(digest)
                copy.write_row((line, item, url, key, *rest))
        options = Options.of(found)
        joins = options.brings == "answers"
        about: dict[str, Any] = {
            "import": found.pk,
            "dataset": found.dataset_id,
            "attached": ATTACHED,
            "skip": joins or options.on_duplicate == "skip",
            "joins": joins,
        }
        cursor.execute(STORE, about)
    if rows and held.state == ImportState.READING:
        start_fetching(found=held)


def hold_reading(found: Import) -> Import | None:
    """Return the import's row, locked, if it is still being read."""
    reading = Import.objects.filter(pk=found.pk, reading=True)
    return reading.select_for_update(no_key=True).first()


def _without_bytes(row: RowRead) -> tuple[RowRead, str]:
    """The row with bytes inside its addresses put away, and the file of its one image, if any."""
    if "tiles" not in row.payload:
        if not is_data(row.url):
            return row, ""
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
