"""Tables: .csv and .tsv, with or without a line of column names."""

from __future__ import annotations

import csv
import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from apps.imports.domain.addresses import checked_address
from apps.imports.domain.ranks import rank_of_cells
from apps.imports.domain.rows import ListRefused, Row, RowError, RowRead, RowRefused
from apps.imports.domain.streams import numbered_lines

URL_COLUMNS = (
    "image", "url", "image_url", "imageurl", "image url", "link", "uri", "src", "source",
    "file", "file_url", "path",
)  # fmt: skip
MAX_COLUMNS = 1000
DELIMITERS = ",;\t|"
ADDRESS = re.compile(r"(https?|s3)://|data:", re.IGNORECASE)
Cells = list[str]
Record = Cells | csv.Error


@dataclass(frozen=True, slots=True)
class Header:
    """What the columns are called and which of them holds the address."""

    names: tuple[str, ...]
    url: int

    def name(self, column: int) -> str:
        return self.names[column] if column < len(self.names) else f"column_{column + 1}"


def read_table(chunks: Iterable[bytes], *, url_field: str = "") -> Iterator[Row]:
    """Yield a row per record, numbered by the line it begins on.

    The column of the address is `url_field`, or one with a usual name, or, in a table without
    column names, the first whose cell looks like an address. All others become `meta`; numbers in
    columns called `priority` and `score` are the task's besides.
    """
    records: Iterator[tuple[int, Record]] = _records(chunks)
    line, first = next(records, (1, []))
    if isinstance(first, csv.Error):
        raise ListRefused("bad_csv", f"The first line cannot be read: {first}.")
    header, has_names = _header(first, url_field)
    if not has_names and first:
        records = itertools.chain([(line, first)], records)
    for number, cells in records:
        try:
            yield _row(number, cells, header)
        except RowError as error:
            yield RowRefused(number, error.code, error.reason, url=error.shown)


def _row(number: int, cells: Record, header: Header) -> Row:
    if isinstance(cells, csv.Error):
        raise RowError("bad_csv", f"The line cannot be read: {cells}.")
    _check_text(cells)
    meta = {
        header.name(column): cell
        for column, cell in enumerate(cells)
        if column != header.url and cell
    }
    address = checked_address(cells[header.url] if header.url < len(cells) else "")
    return RowRead(number, address, {"meta": meta, **rank_of_cells(meta)} if meta else {})


def _records(chunks: Iterable[bytes]) -> Iterator[tuple[int, Record]]:
    """Records with the line each begins on; blank lines are no records."""
    lines = _lines(chunks)
    head = next(lines, "")
    reader = csv.reader(itertools.chain([head], lines), delimiter=_delimiter(head))
    while True:
        begins = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield begins, error
            continue
        if any(cell.strip() for cell in cells):
            yield begins, cells


def _lines(chunks: Iterable[bytes]) -> Iterator[str]:
    """Lines for the csv module, which would stop at an exception: bad bytes come as surrogates,
    a line that is too long as one NUL, and `_check_text` refuses both."""
    for _, raw in numbered_lines(chunks):
        yield "\x00\n" if raw is None else raw.decode(errors="surrogateescape") + "\n"


def _check_text(cells: Cells) -> None:
    for cell in cells:
        if "\x00" in cell:
            raise RowError("not_text", "The line holds NUL bytes or is too long.")
        if not cell.isascii() and any("\ud800" <= letter <= "\udfff" for letter in cell):
            raise RowError("not_utf8", "The line is not UTF-8. Save the table as UTF-8.")


def _delimiter(head: str) -> str:
    return max(DELIMITERS, key=head.count)


def _header(first: Cells, url_field: str) -> tuple[Header, bool]:
    """The columns, and whether the first record was their names."""
    if len(first) > MAX_COLUMNS:
        raise ListRefused("too_many_columns", f"The table has more than {MAX_COLUMNS} columns.")
    names = _unique(first)
    if url_field:
        return Header(names, _chosen(names, url_field)), True
    lowered = [name.lower() for name in names]
    for usual in URL_COLUMNS:
        if usual in lowered:
            return Header(names, lowered.index(usual)), True
    for column, cell in enumerate(first):
        if ADDRESS.match(cell.strip()):
            return Header((), column), False
    if not first:
        return Header((), 0), False
    shown = ", ".join(names[:10])
    raise ListRefused("no_url_column", f"No column is called url or image. There are: {shown}.")


def _chosen(names: tuple[str, ...], url_field: str) -> int:
    if url_field not in names:
        shown = ", ".join(names[:10])
        raise ListRefused("no_such_column", f"No column is called {url_field}. There are: {shown}.")
    return names.index(url_field)


def _unique(cells: Cells) -> tuple[str, ...]:
    """Column names, none of them empty, none of them twice."""
    names: list[str] = []
    for column, cell in enumerate(cells):
        name = cell.strip() or f"column_{column + 1}"
        names.append(name if name not in names else f"{name}_{column + 1}")
    return tuple(names)
