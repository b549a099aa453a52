"""Tables: .csv and .tsv, with or without a line of column names."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from apps.datasets.domain.cells import unquoted
from apps.imports.domain.addresses import checked_address
from apps.imports.domain.marks import MARKS
from apps.imports.domain.ranks import rank_of_cells
from apps.imports.domain.readers.columns import Columns, find_columns
from apps.imports.domain.readers.records import Lines, Record, find_delimiter, read_records
from apps.imports.domain.rows import ListRefused, Payload, Row, RowError, RowRead, RowRefused
from apps.imports.domain.streams import numbered_lines

Records = Iterator[tuple[int, Record]]


@dataclass(frozen=True, slots=True)
class Table:
    """A table that is open: its columns, and its records but the one that names them, which is
    `head`."""

    columns: Columns
    records: Records
    head: list[str] | None = None


def open_table(chunks: Iterable[bytes], *, url_field: str, tabbed: bool) -> Table:
    """Read the beginning of a table; one without any record has no columns. Raises ListRefused."""
    lines = Lines(numbered_lines(chunks))
    records = read_records(lines, find_delimiter(lines, tabbed=tabbed))
    start = list(itertools.islice(records, 2))
    if not start:
        return Table(Columns((), 0, named=False), iter(()))
    (_, first), *second = start
    if isinstance(first, RowError):
        raise ListRefused(first.code, f"The first line cannot be read. {first.reason}")
    columns = find_columns(first, _cells(second), url_field)
    data = itertools.chain(start[1:] if columns.named else start, records)
    return Table(columns, data, first if columns.named else None)


def rows_of(table: Table) -> Iterator[Row]:
    """Yield a row per record, numbered by the line it begins on.

    All columns but that of the address become `meta`; numbers in columns called `priority` and
    `score` are the task's besides.
    """
    for number, cells in table.records:
        try:
            if cells == table.head:
                raise RowError("repeated_header", "The line repeats the names of the columns.")
            yield _row(number, cells, table.columns)
        except RowError as error:
            yield RowRefused(number, error.code, error.reason)


def _cells(records: list[tuple[int, Record]]) -> list[str]:
    return next((cells for _, cells in records if isinstance(cells, list)), [])


def _row(number: int, cells: Record, columns: Columns) -> Row:
    if isinstance(cells, RowError):
        raise cells
    if MARKS[0] in columns.names:
        cells = unquoted(cells)  # a table of failed lines that Concord wrote
    named = {
        columns.name(column): cell for column, cell in enumerate(cells) if column != columns.url
    }
    meta = {name: cell for name, cell in named.items() if cell and name not in MARKS}
    said: Payload = {"meta": meta, **rank_of_cells(meta)} if meta else {}
    try:
        address = checked_address(cells[columns.url] if columns.url < len(cells) else "")
    except RowError as error:
        return RowRefused(number, error.code, error.reason, url=error.shown, payload=said)
    return RowRead(number, address, said)
