"""Whether what a line says fits into a row, and by what two lines are the same."""

from __future__ import annotations

import hashlib
import json

from apps.imports.domain.addresses import bytes_in, is_data
from apps.imports.domain.rows import Row, RowError, RowRead, RowRefused

MAX_PAYLOAD = 1 << 20


def checked_row(row: Row) -> Row:
    """The row, refused if it is too large or holds a damaged image."""
    if isinstance(row, RowRefused):
        return row
    try:
        for address in row.addresses:
            if is_data(address):
                bytes_in(address)
        _check_size(row)
    except RowError as error:
        return RowRefused(row.line, error.code, error.reason, keys=row.keys)
    return row


def payload_text(row: RowRead) -> str:
    """What the line says beside its address, as JSON."""
    return json.dumps(row.payload, ensure_ascii=False) if row.payload else "{}"


def digest_of_row(row: RowRead) -> str:
    """What is equal for two lines that name the same images."""
    return hashlib.sha256("\n".join(row.addresses).encode()).hexdigest()


def _check_size(row: RowRead) -> None:
    """Images that come as part of the line do not count: they become files."""
    tiles = [tile["image"] for tile in row.payload.get("tiles", [])]
    size = len(payload_text(row)) - sum(len(image) for image in tiles if is_data(image))
    if size > MAX_PAYLOAD:
        reason = "What the line says beside the address is larger than 1 MB."
        raise RowError("row_too_large", reason)
