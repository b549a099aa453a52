"""Records of a table: lines put together where a quoted cell goes over several of them."""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterator

from apps.imports.domain.rows import RowError
from apps.imports.domain.streams import MAX_LINE, NumberedLine, text_of

MOST_LINES = 500
"""A quote that stays open for longer was never meant to be one."""
SAMPLE = 20
DELIMITERS = ",;\t|"
SEPARATOR_LINE = re.compile(r'"?sep=([,;\t|])"?', re.IGNORECASE)
Record = list[str] | RowError

# The module's own limit of 128 kB is less than a photo in a `data:` address takes.
csv.field_size_limit(MAX_LINE)


class Lines:
    """Lines that can be put back, to be read another way."""

    def __init__(self, lines: Iterator[NumberedLine]) -> None:
        self._lines = lines
        self._again: deque[NumberedLine] = deque()

    def take(self) -> NumberedLine | None:
        return self._again.popleft() if self._again else next(self._lines, None)

    def put_back(self, lines: list[NumberedLine]) -> None:
        self._again.extendleft(reversed(lines))


def read_records(lines: Lines, delimiter: str) -> Iterator[tuple[int, Record]]:
    """Yield each record with the number of the line it begins on; blank lines are no records.

    A record that cannot be read is a RowError. Where a quote opens and is not closed again, its
    line alone is refused, and those after it are read as if it were not there.
    """
    starts_quote = re.compile(rf'(?:^|{re.escape(delimiter)})"')
    while (line := lines.take()) is not None:
        number, raw = line
        try:
            text = text_of(raw)
            if '"' not in text:
                cells = text.split(delimiter)
            else:
                cells = _cells(_whole(text, lines, starts_quote), delimiter)
        except RowError as error:
            yield number, error
            continue
        if any(cell.strip() for cell in cells):
            yield number, cells


def find_delimiter(lines: Lines, *, tabbed: bool) -> str:
    r"""What separates cells: what an Excel line `sep=;` says, or a tab where the name says so, or
    what splits the first lines into the same number of cells, or, for a single column, a tab."""
    sample = [line for _ in range(SAMPLE) if (line := lines.take()) is not None]
    texts = [raw.decode(errors="replace") for _, raw in sample if raw and raw.strip()]
    head = texts[0] if texts else ""
    if said := SEPARATOR_LINE.fullmatch(head.strip()):
        lines.put_back(sample[next(at for at, (_, raw) in enumerate(sample) if raw) + 1 :])
        return said[1]
    lines.put_back(sample)
    if tabbed and "\t" in head:
        return "\t"
    agreeing = {mark: _agreeing(texts, mark) for mark in DELIMITERS if mark in head}
    return max(agreeing, key=lambda mark: agreeing[mark], default="\t")


def _agreeing(texts: list[str], delimiter: str) -> tuple[int, int]:
    """How many of the lines have as many cells as the first, and how many those are."""
    widths = [len(_cells([text], delimiter)) for text in texts]
    return (widths.count(widths[0]), widths[0]) if widths[0] > 1 else (0, 0)


def _whole(text: str, lines: Lines, starts_quote: re.Pattern[str]) -> list[str]:
    """The lines of the record that begins with `text`. Raises RowError for an unclosed quote."""
    whole, more = [text], list[NumberedLine]()
    is_open = _leaves_open(text, starts_quote, was_open=False)
    try:
        while is_open:
            line = lines.take() if len(more) < MOST_LINES else None
            if line is None:
                reason = "A quote is opened in this line and not closed again."
                raise RowError("bad_csv", reason)
            more.append(line)
            whole.append(text_of(line[1]))
            is_open = _leaves_open(whole[-1], starts_quote, was_open=True)
    except RowError:
        lines.put_back(more)
        raise
    return whole


def _leaves_open(text: str, starts_quote: re.Pattern[str], *, was_open: bool) -> bool:
    """Whether a cell's quote is open at the end of a line, by the rules of the csv module: it
    opens at the start of a cell only, and a doubled one is a letter."""
    place, is_open = 0, was_open
    while True:
        if is_open:
            place = text.find('"', place)
            if place < 0:
                return True
            is_open = text.startswith('"', place + 1)
            place += 2 if is_open else 1
        else:
            opening = starts_quote.search(text, place)
            if opening is None:
                return False
            place, is_open = opening.end(), True


def _cells(lines: list[str], delimiter: str) -> list[str]:
    try:
        return next(csv.reader([f"{line}\n" for line in lines], delimiter=delimiter), [])
    except csv.Error as error:
        raise RowError("bad_csv", f"The line cannot be read: {error}.") from None
