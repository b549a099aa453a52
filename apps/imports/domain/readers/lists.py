"""Which reader a list gets: its content is looked at first, its name second."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

from apps.imports.domain.readers.jsons import read_array, read_json_lines
from apps.imports.domain.readers.plain import read_plain
from apps.imports.domain.readers.tables import read_table
from apps.imports.domain.rows import Loads, Row
from apps.imports.domain.streams import plain_chunks

TABLES = (".csv", ".tsv", ".tab")


def read_list(
    chunks: Iterable[bytes], *, name: str, loads: Loads, url_field: str = ""
) -> Iterator[Row]:
    """Yield one row per line of a list, in order.

    JSON is recognised by its first character whatever the file is called, since `.json` and
    `.jsonl` are mixed up as a rule. Of the rest, `.csv` and `.tsv` are tables; anything else is
    one address per line. `url_field` names the column or key that holds the address.
    Raises ListRefused when the list as a whole makes no sense.
    """
    start, body = _peek(plain_chunks(chunks))
    name = name.lower().removesuffix(".gz")
    if start == b"[":
        return read_array(body, loads=loads, url_field=url_field)
    if start == b"{" or name.endswith((".jsonl", ".ndjson", ".json")):
        return read_json_lines(body, loads=loads, url_field=url_field)
    if name.endswith(TABLES):
        return read_table(body, url_field=url_field)
    return read_plain(body)


def _peek(chunks: Iterator[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """The first character that is not blank, and the chunks from their beginning."""
    seen: list[bytes] = []
    for chunk in chunks:
        seen.append(chunk)
        if start := chunk.lstrip()[:1]:
            return start, itertools.chain(seen, chunks)
    return b"", iter(seen)
