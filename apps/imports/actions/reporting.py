"""What a list turned out to say, kept with its import to be read afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from apps.imports.domain.encodings import Encoding
from apps.imports.domain.readers import ReadList
from apps.imports.naming import Located
from apps.imports.options import Options
from apps.imports.summaries import Oddity, Tally, Warned

MOST_NAMES = 200
LONGEST_NAME = 200


def tallied(rows: Iterable[Located], tally: Tally) -> Iterator[Located]:
    """Yield rows as they are, after they were counted."""
    for each in rows:
        tally.add(each.row)
        yield each


def report_of(
    opened: ReadList, tally: Tally, *, encoding: Encoding, options: Options
) -> dict[str, Any]:
    """Return what `Import.report` keeps of a list of which every row was counted."""
    columns = opened.columns
    named = columns.names if columns else tally.keys
    return {
        "format": opened.format,
        "encoding": encoding,
        "columns": [name[:LONGEST_NAME] for name in named[:MOST_NAMES]],
        "url_field": columns.name(columns.url) if columns and columns.names else tally.url_field,
        "lines": tally.lines,
        "summary": asdict(tally.summary(options)),
        "warnings": [asdict(each) for each in _oddities(opened, tally, encoding, options)],
    }


def _oddities(
    opened: ReadList, tally: Tally, encoding: Encoding, options: Options
) -> Iterator[Warned]:
    if encoding != Encoding.UTF_8:
        yield Warned(Oddity.READ_AS, 1, (encoding,))
    if opened.columns and not opened.columns.named:
        yield Warned(Oddity.NO_COLUMN_NAMES, 1)
    if tally.unlabelled_lines and options.unknown_label == "refuse":
        names = tally.unknown_labels[:MOST_NAMES]
        yield Warned(Oddity.UNKNOWN_LABELS, tally.unlabelled_lines, names)
