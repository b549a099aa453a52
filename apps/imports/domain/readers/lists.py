"""Which reader a list gets: its content is looked at first, its name second."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from apps.imports.domain.answers import as_answers, as_suggestions
from apps.imports.domain.bundles import Bundle
from apps.imports.domain.encodings import Encoding, as_utf8
from apps.imports.domain.readers.answer_tables import SIGNS, read_answers
from apps.imports.domain.readers.bundled import read_bundle
from apps.imports.domain.readers.coco import is_coco, read_coco
from apps.imports.domain.readers.columns import Columns
from apps.imports.domain.readers.cvat import read_cvat
from apps.imports.domain.readers.formats import ARCHIVES, JSON, TABLES, Format
from apps.imports.domain.readers.jsons import Reading, read_array, read_json_lines
from apps.imports.domain.readers.plain import is_table, read_plain
from apps.imports.domain.readers.tables import open_table, rows_of
from apps.imports.domain.readers.voc import read_voc
from apps.imports.domain.readers.xmls import root_of
from apps.imports.domain.rows import ListRefused, Loads, Row, RowRead
from apps.imports.domain.unpacking import text_bytes

TABS = (".tsv", ".tab")
ROOTS = {"annotations": Format.CVAT, "annotation": Format.VOC}
ROOT_OF = {form: f"<{root}>" for root, form in ROOTS.items()}
START = 4096
AS_USUAL = Reading()


@dataclass(frozen=True, slots=True)
class ReadList:
    """What a list turned out to be, and its rows in order, one per line; `columns` of tables, and
    the `bundle` of an archive, which has the images that rows name as `member`."""

    format: Format
    rows: Iterator[Row]
    columns: Columns | None = None
    bundle: Bundle | None = None


def read_list(
    chunks: Iterable[bytes],
    *,
    name: str,
    loads: Loads,
    reading: Reading = AS_USUAL,
    encoding: Encoding = Encoding.UTF_8,
) -> ReadList:
    """Recognise a list of this encoding by its beginning, unless `reading` says its format.

    JSON is known by its first character whatever the file is called, since `.json` and `.jsonl`
    are mixed up as a rule. Of the rest, `.csv` and `.tsv` are tables, and so is what begins like
    one; anything else is one address per line. Raises ListRefused when the list as a whole makes no
    sense, now or later.
    """
    name = name.lower().removesuffix(".gz")
    start, body = _start(as_utf8(text_bytes(chunks, name=name), encoding))
    found = _read(start, body, name=name, loads=loads, reading=reading)
    return replace(found, rows=_meant(found.rows, reading))


def read_archive(bundle: Bundle, *, loads: Loads, reading: Reading = AS_USUAL) -> ReadList:
    """Recognise what an archive holds, as `read_list` does a list. Raises ListRefused."""

    def read_one(chunks: Iterator[bytes], name: str) -> tuple[Format, Iterator[Row]]:
        start, body = _start(as_utf8(text_bytes(chunks, name=name), Encoding.UTF_8))
        found = _read(start, body, name=name.lower(), loads=loads, reading=reading)
        return found.format, found.rows

    form, rows = read_bundle(bundle, read_one, loads=loads, form=reading.format)
    return ReadList(form, _meant(rows, reading), bundle=bundle)


def _meant(rows: Iterator[Row], reading: Reading) -> Iterator[Row]:
    return map(as_answers if reading.answers else as_suggestions, rows)


def _read(
    start: bytes, body: Iterator[bytes], *, name: str, loads: Loads, reading: Reading
) -> ReadList:
    form = reading.format or _recognised(start, name, reading.url_field)
    if form in ARCHIVES:
        raise ListRefused("not_this_format", ARCHIVES[form])
    if form in {Format.TABLE, Format.ANSWER_TABLE}:
        return _of_table(body, name, loads, reading)
    if form == Format.ADDRESSES:
        return ReadList(form, read_plain(body))
    if form in {Format.CVAT, Format.VOC}:
        return ReadList(form, _of_xml(form, start, body, name))
    if form == Format.COCO:
        return ReadList(form, read_coco(body, loads=loads, reading=reading))
    return _of_tasks(form, start, body, loads, reading)


def _recognised(start: bytes, name: str, url_field: str) -> Format:
    """What a list seems to be; which kind of tasks or of table it is, its reader finds out."""
    if start.startswith(b"["):
        return Format.JSON_ARRAY
    if is_coco(start):
        return Format.COCO
    if start.startswith(b"{") or name.endswith(JSON):
        return Format.JSON_LINES
    if start.startswith((b"<?xml", b"<annotation")):
        return _recognised_xml(start)
    if name.endswith(TABLES) or is_table(start, url_field):
        return Format.TABLE
    return Format.ADDRESSES


def _recognised_xml(start: bytes) -> Format:
    form = ROOTS.get(root_of(start))
    if form is None:
        raise ListRefused("not_a_list", "This XML is neither CVAT's nor Pascal VOC's.")
    return form


def _of_table(body: Iterator[bytes], name: str, loads: Loads, reading: Reading) -> ReadList:
    """A table of addresses, or one of answers that we wrote, which says more."""
    table = open_table(body, url_field=reading.url_field, tabbed=name.endswith(TABS))
    columns = table.columns
    is_ours = SIGNS.issubset(columns.names)
    if reading.format == Format.ANSWER_TABLE and not is_ours:
        missing = ", ".join(sorted(SIGNS.difference(columns.names)))
        reason = f"A table of answers has these columns, too: {missing}."
        raise ListRefused("not_this_format", reason)
    found = reading.format or (
        Format.ANSWER_TABLE if is_ours and reading.url_field in {"", "image"} else Format.TABLE
    )
    if found == Format.TABLE:
        return ReadList(found, rows_of(table), columns)
    rows = read_answers(table.records, columns.names, loads=loads, box_format=reading.box_format)
    return ReadList(found, rows, columns)


def _of_tasks(
    form: Format, start: bytes, body: Iterator[bytes], loads: Loads, reading: Reading
) -> ReadList:
    """A list of JSON tasks, by the first of which it is known whose they are."""
    in_array = start.startswith(b"[") if form == Format.LABEL_STUDIO else form == Format.JSON_ARRAY
    read = read_array if in_array else read_json_lines
    rows = read(body, loads=loads, reading=reading)
    first = next(rows, None)
    if isinstance(first, RowRead) and first.key.startswith("data."):
        form = Format.LABEL_STUDIO
    return ReadList(form, itertools.chain([] if first is None else [first], rows))


def _of_xml(form: Format, start: bytes, body: Iterator[bytes], name: str) -> Iterator[Row]:
    if ROOTS.get(root_of(start)) != form:
        reason = f"This is no XML that begins with {ROOT_OF[form]}, as files of this format do."
        raise ListRefused("not_this_format", reason)
    if form == Format.CVAT:
        return read_cvat(body)
    stem = PurePosixPath(name).stem
    return (read_voc(body, line=1, name=stem) for _ in range(1))


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
