"""One address per line: .txt files and pasted text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from apps.imports.domain.addresses import checked_address
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
