"""One address per line: .txt files and pasted text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from apps.imports.domain.addresses import (
    POSSIBLE_NAMES,
    USUAL_NAMES,
    checked_address,
    looks_like_address,
)
from apps.imports.domain.rows import Row, RowError, RowRead, RowRefused
from apps.imports.domain.streams import numbered_lines, text_of


def read_plain(chunks: Iterable[bytes]) -> Iterator[Row]:
    """Yield a row per line; blank lines and lines that begin with `#` say nothing."""
    for number, raw in numbered_lines(chunks):
        try:
            text = text_of(raw).strip()
            if text and not text.startswith("#"):
                yield RowRead(number, checked_address(text))
        except RowError as error:
            yield RowRefused(number, error.code, error.reason, url=error.shown)


def is_table(start: bytes, url_field: str) -> bool:
    """Whether text of no particular name is a table, as cells copied from a spreadsheet are.

    So it is with a tab in its first line, which no address holds, or where that line is names of
    columns, one of them `url_field` or a usual one.
    """
    head = next((line for line in start.decode(errors="replace").split("\n") if line.strip()), "")
    if "\t" in head.strip():
        return True
    wanted = {url_field.lower()} if url_field else {*USUAL_NAMES, *POSSIBLE_NAMES}
    return not looks_like_address(head) and any(
        cell.strip(' "').lower() in wanted for mark in ",;" for cell in head.split(mark)
    )
