"""What a line says, cut to what fits on a page."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

from apps.imports.domain.addresses import is_data
from apps.imports.domain.rows import Row, RowRead

MOST_LETTERS = 500
MOST_ITEMS = 200


def shortened_row(row: Row) -> Row:
    """The row with long texts and lists cut, and images in its addresses named by their hash."""
    if not isinstance(row, RowRead):
        return row
    payload = {key: shortened(part) for key, part in row.payload.items() if key != "tiles"}
    if "tiles" in row.payload:
        payload["tiles"] = [
            {"image": _address(tile["image"]), "option": shortened(tile["option"])}
            for tile in row.payload["tiles"]
        ]
    return replace(row, url=_address(row.url), payload=payload)


def shortened(value: Any) -> Any:
    """JSON with texts of at most 500 letters, lists and objects of at most 200 items."""
    match value:
        case str() if len(value) > MOST_LETTERS:
            return f"{value[:MOST_LETTERS]}…"
        case list():
            return [shortened(item) for item in value[:MOST_ITEMS]]
        case dict():
            return {key: shortened(value[key]) for key in list(value)[:MOST_ITEMS]}
    return value


def _address(address: str) -> str:
    if not is_data(address):
        return address
    digest = hashlib.sha256(address.encode()).hexdigest()
    return f"{address.partition(',')[0][:100]},{digest[:12]}"
