"""Which reader a list gets: its content is looked at first, its name second."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from apps.imports.domain.encodings import Encoding, as_utf8
from apps.imports.domain.readers.columns import Columns
from apps.imports.domain.readers.jsons import read_array, read_json_lines
from apps.imports.domain.readers.plain import is_table, read_plain
from apps.imports.domain.readers.tables import open_table
from apps.imports.domain.rows import Loads, Row
from apps.imports.domain.unpacking import text_bytes

TABS = (".tsv", ".tab")
TABLES = (".csv", *TABS)
START = 4096


class Format(StrEnum):
    """The forms of lists."""

    ADDRESSES = "addresses"
    TABLE = "table"
    JSON_LINES = "json_lines"
    JSON_ARRAY = "json_array"


@dataclass(frozen=True, slots=True)
class ReadList:
    """What a list turned out to be, and its rows in order, one per line; `columns` of tables."""

    format: Format
    rows: Iterator[Row]
    columns: Columns | None = None


def read_list(
    chunks: Iterable[bytes],
    *,
    name: str,
    loads: Loads,
    url_field: str = "",
    encoding: Encoding = Encoding.UTF_8,
) -> ReadList:
    """Recognise a list of this encoding by its beginning.

    JSON is known by its first character whatever the file is called, since `.json` and `.jsonl`
    are mixed up as a rule. Of the rest, `.csv` and `.tsv` are tables, and so is what begins like
    one; anything else is one address per line. `url_field` names the column or key that holds the
    address. Raises ListRefused when the list as a whole makes no sense, now or later.
    """
    name = name.lower().removesuffix(".gz")
    start, body = _start(as_utf8(text_bytes(chunks, name=name), encoding))
    if start.startswith(b"["):
        return ReadList(Format.JSON_ARRAY, read_array(body, loads=loads, url_field=url_field))
    if start.startswith(b"{") or name.endswith((".jsonl", ".ndjson", ".json")):
        return ReadList(Format.JSON_LINES, read_json_lines(body, loads=loads, url_field=url_field))
    if name.endswith(TABLES) or is_table(start, url_field):
        columns, rows = open_table(body, url_field=url_field, tabbed=name.endswith(TABS))
        return ReadList(Format.TABLE, rows, columns)
    return ReadList(Format.ADDRESSES, read_plain(body))


def _start(chunks: Iterator[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """What the list begins with after blanks, enough to know it by, and all chunks."""
    seen: list[bytes] = []
    start = b""
    for chunk in chunks:
        seen.append(chunk)
        start = (start + chunk).lstrip()
        if len(start) >= START:
            break
    return start, itertools.chain(seen, chunks)
