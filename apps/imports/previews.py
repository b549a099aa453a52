"""What an import of a list would do, told before anything is done."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from uuid import UUID

from apps.datasets.models import Dataset, Image
from apps.imports.actions.contents import all_said
from apps.imports.actions.lists import KeptList
from apps.imports.actions.opening import encoding_of, opened_list
from apps.imports.bucket_pages import Peek, peek_at
from apps.imports.connections import buckets_of
from apps.imports.domain.encodings import Encoding
from apps.imports.domain.fitting import checked_row, digest_of_row
from apps.imports.domain.folders import folder_of
from apps.imports.domain.readers import Format, ReadList
from apps.imports.domain.rows import ListRefused, Row, RowRead, RowRefused
from apps.imports.domain.shortening import shortened_row
from apps.imports.models import Connection
from apps.imports.naming import Located, located
from apps.imports.options import Options
from apps.imports.summaries import Oddity, Summary, Warned, summary_of
from apps.tasks.spans import label_ids
from concord.storage.s3 import S3Access

LOOKED_AT = 2000
SECONDS = 3.0
SHOWN = 20
MOST_PEEKS = 3


class Outcome(StrEnum):
    """What would become of a line, as far as it can be told before anything is fetched. It `adds`
    what it says to an image that is here or comes by an earlier line."""

    NEW = "new"
    ADDS = "adds"
    DUPLICATE = "duplicate"
    KNOWN = "known"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it would be read. `first_line` is the one that names the same address before it,
    `known` the image that the dataset has from there already, `folder` what a folder holds."""

    row: Row
    outcome: Outcome
    first_line: int | None = None
    known: UUID | None = None
    folder: Peek | None = None


@dataclass(slots=True)
class Preview:
    """What a list turned out to be, the lines looked at, and what is odd about them.

    `refused` says why the list as a whole would fail. `columns` are those of a table or the keys
    of JSON, `url_field` the one that holds the address. `complete` is whether all lines were
    looked at.
    """

    encoding: Encoding | None = None
    format: Format | None = None
    columns: tuple[str, ...] = ()
    url_field: str = ""
    refused: ListRefused | None = None
    lines: list[Line] = field(default_factory=list)
    summary: Summary | None = None
    complete: bool = False
    warnings: list[Warned] = field(default_factory=list)


def preview_list(
    kept: KeptList,
    *,
    dataset: Dataset,
    options: Options,
    connection: Connection | None = None,
    encoding: Encoding | None = None,
) -> Preview:
    """Look at the first lines of a kept list, with the readers of the import itself; without an
    encoding it is found out."""
    shown = Preview()
    try:
        shown.encoding = encoding or encoding_of(kept.sha256, name=kept.name)
        with opened_list(
            kept.sha256, name=kept.name, reading=options.reading, encoding=shown.encoding
        ) as opened:
            _look_at(opened, shown, dataset, options)
    except ListRefused as error:
        shown.refused = error
        if error.columns:  # only a table has any, and only its reader cannot do without one
            shown.format, shown.columns = Format.TABLE, error.columns
        return shown
    buckets = buckets_of(dataset, connection)
    shown.lines[:SHOWN] = _with_folders(shown.lines[:SHOWN], buckets)
    if shown.encoding not in {encoding, Encoding.UTF_8}:  # found, where a guess may be wrong
        shown.warnings.append(Warned(Oddity.READ_AS, 1, (shown.encoding,)))
    shown.warnings.extend(_oddities(shown, dataset, options, buckets))
    return shown


def _look_at(opened: ReadList, shown: Preview, dataset: Dataset, options: Options) -> None:
    shown.format = opened.format
    found, shown.complete = _first_rows(located(opened.rows, dataset=dataset, base=options.base))
    rows = [each.row for each in found]
    if not rows:
        raise ListRefused("empty_list", "The list holds no line.")
    if opened.columns:
        shown.columns = opened.columns.names
        shown.url_field = opened.columns.name(opened.columns.url)
    else:
        shown.columns = tuple(dict.fromkeys(key for row in rows for key in row.keys))
        keys = (row.key for row in rows if isinstance(row, RowRead) and row.key)
        shown.url_field = next(keys, "")
    keeps = options.on_duplicate == "keep"
    known = {} if keeps else _known_images(dataset, rows)
    shown.lines = list(_judged(found, known, keeps=keeps))
    shown.summary = summary_of(rows, dataset=dataset, options=options)
    if opened.columns and not opened.columns.named:
        shown.warnings.append(Warned(Oddity.NO_COLUMN_NAMES, 1))


def _first_rows(rows: Iterable[Located]) -> tuple[list[Located], bool]:
    """Rows until there are enough or it has taken long enough, and whether those are all."""
    found: list[Located] = []
    until = time.monotonic() + SECONDS
    for each in rows:
        if len(found) == LOOKED_AT or time.monotonic() > until:
            return found, False
        found.append(Located(shortened_row(checked_row(each.row)), each.image))
    return found, True


def _known_images(dataset: Dataset, rows: Iterable[Row]) -> dict[str, UUID]:
    """The dataset's images by the addresses of these rows."""
    addresses = {address for row in rows if isinstance(row, RowRead) for address in row.addresses}
    found = Image.objects.filter(dataset=dataset, source_url__in=addresses)
    return dict(found.values_list("source_url", "pk"))


def _judged(rows: Iterable[Located], known: dict[str, UUID], *, keeps: bool) -> Iterator[Line]:
    first: dict[bytes, int] = {}
    for each in rows:
        row = each.row
        if isinstance(row, RowRefused):
            yield Line(row, Outcome.REFUSED)
            continue
        adds = bool(row.payload.keys() & {"answers", "adds"})
        line = first.setdefault(digest_of_row(row), row.line)
        if each.image is not None:
            yield Line(row, Outcome.ADDS, known=each.image)
        elif keeps:
            yield Line(row, Outcome.NEW)
        elif line != row.line:
            again = "answers" in row.payload
            yield Line(row, Outcome.ADDS if again else Outcome.DUPLICATE, first_line=line)
        elif all(address in known for address in row.addresses):
            image = known[row.addresses[0]]
            yield Line(row, Outcome.ADDS if adds else Outcome.KNOWN, known=image)
        else:
            yield Line(row, Outcome.NEW)


def _with_folders(lines: list[Line], buckets: Mapping[str, S3Access]) -> Iterator[Line]:
    """The lines, and of the first of those that name folders what is in them."""
    peeks = 0
    for line in lines:
        folder = folder_of(line.row.url) if isinstance(line.row, RowRead) else None
        if folder is None or peeks == MOST_PEEKS:
            yield line
        else:
            peeks += 1
            yield replace(line, folder=peek_at(folder, buckets))


def _oddities(
    shown: Preview, dataset: Dataset, options: Options, buckets: Iterable[str]
) -> Iterator[Warned]:
    counts = Counter(line.outcome for line in shown.lines)
    for code, outcome in (
        (Oddity.REFUSED_LINES, Outcome.REFUSED),
        (Oddity.DUPLICATE_LINES, Outcome.DUPLICATE),
        (Oddity.KNOWN_ADDRESSES, Outcome.KNOWN),
    ):
        if counts[outcome]:
            yield Warned(code, counts[outcome])
    read = [line.row for line in shown.lines if isinstance(line.row, RowRead)]
    if shown.format == Format.TABLE:
        yield from _named(Oddity.MORE_CELLS_THAN_COLUMNS, map(_columns_of, read), shown.columns)
    if options.unknown_label == "refuse":
        yield from _named(Oddity.UNKNOWN_LABELS, map(_labels_of, read), label_ids(dataset))
    if folders := [row.url for row in read if folder_of(row.url)]:
        yield Warned(Oddity.FOLDERS, len(folders), tuple(folders[:SHOWN]))
    yield from _named(Oddity.NO_CONNECTION, map(_buckets_of, read), buckets)


def _named(code: Oddity, said: Iterable[set[str]], known: Iterable[str]) -> Iterator[Warned]:
    """A warning of the lines that name what is not known, with those names."""
    fine = set(known)
    odd = [names for each in said if (names := each - fine)]
    if odd:
        yield Warned(code, len(odd), tuple(sorted(set().union(*odd))))


def _columns_of(row: RowRead) -> set[str]:
    return set(row.payload.get("meta", {}))


def _labels_of(row: RowRead) -> set[str]:
    spans = [span for said in all_said(row.payload) for span in said.get("spans", [])]
    return {span["label"] for span in spans if isinstance(span.get("label"), str)}


def _buckets_of(row: RowRead) -> set[str]:
    found = (address for address in row.addresses if address[:5].lower() == "s3://")
    return {address[5:].partition("/")[0] for address in found}
