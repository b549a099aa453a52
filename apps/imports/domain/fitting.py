"""Whether what a line says fits into a row, and by what two lines are the same."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

from apps.imports.domain.addresses import bytes_in, is_data
from apps.imports.domain.rows import Row, RowError, RowRead, RowRefused

MAX_PAYLOAD = 1 << 20


def checked_row(row: Row) -> Row:
    """The row as it would come in: refused if it is too large or holds a damaged image."""
    if isinstance(row, RowRefused):
        return shortened(row)
    try:
        for address in row.addresses:
            if is_data(address):
                bytes_in(address)
        payload_text(_without_images(row))
    except RowError as error:
        refused = RowRefused(row.line, error.code, error.reason, keys=row.keys, payload=row.payload)
        return shortened(refused)
    return row


def payload_text(row: Row) -> str:
    """What the line says beside its address, as JSON. Raises RowError `row_too_large`."""
    if not row.payload:
        return "{}"
    text = json.dumps(row.payload, ensure_ascii=False)
    if len(text) > MAX_PAYLOAD:
        reason = "What the line says beside the address is larger than 1 MB."
        raise RowError("row_too_large", reason)
    return text


def digest_of_row(row: RowRead) -> bytes:
    """What is equal for two lines that name the same images: 16 bytes."""
    return hashlib.sha256("\n".join(row.addresses).encode()).digest()[:16]


def digest_of_upload(sha256: str) -> bytes:
    """The same of a file that came with the list."""
    return bytes.fromhex(sha256)[:16]


def shortened(row: RowRefused) -> RowRefused:
    """The row without what else the line says, if that does not fit."""
    try:
        payload_text(row)
    except RowError:
        return replace(row, payload={})
    return row


def _without_images(row: RowRead) -> RowRead:
    """Images that come as part of the line do not count: they become files."""
    if "tiles" not in row.payload:
        return row
    tiles = [
        {**tile, "image": ""} if is_data(tile["image"]) else tile for tile in row.payload["tiles"]
    ]
    return replace(row, payload={**row.payload, "tiles": tiles})
