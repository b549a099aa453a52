"""YOLO as Ultralytics has it: a text file per image, a line per object, in parts of the sides."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from apps.imports.domain.answers import NOBODY, given
from apps.imports.domain.boxes import BoxFormat, box_of, pairs_of
from apps.imports.domain.numbers import number_in, whole_in
from apps.imports.domain.rows import ListRefused, Row, RowError, RowRead, RowRefused

Names = Mapping[int, str]
ITEM = re.compile(r"\s*-\s+(.*)")
PAIR = re.compile(r"\s*[\"']?(\d{1,6})[\"']?\s*:\s*(.+)")
QUOTED = re.compile(r"""\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^']|'')*)')\s*(?:#.*)?$""")


def read_yolo(text: str, *, line: int, name: str, names: Names) -> Row:
    """The row of one file: boxes by centre and size, maybe with a score, or outlines. `name` is
    that of its image, whose ending may be missing."""
    try:
        spans = [_span(words, names) for each in text.splitlines() if (words := each.split())]
    except RowError as error:
        return RowRefused(line, error.code, error.reason, url=name[:200])
    answer = given(by=NOBODY, spans=spans)
    return RowRead(line, "", {"answers": [answer], "relative": True}, named=name)


def _span(words: list[str], names: Names) -> dict[str, Any]:
    number = whole_in(words[0])
    if number is None or number not in names:
        raise RowError("no_category", f"The class {words[0][:20]} has no name in data.yaml.")
    numbers = [*map(number_in, words[1:])]
    label = {"label": names[number]}
    if len(numbers) in {4, 5}:
        score = {"score": numbers[4]} if len(numbers) == 5 else {}
        return {**label, "type": "rect", **box_of(numbers[:4], BoxFormat.CENTRE), **score}
    return {**label, "type": "polygon", "points": pairs_of(numbers)}


def names_in_yaml(text: str) -> Names:
    """The names of classes in a data.yaml: a list or a map under `names`, in a block or in line.

    Of YAML nothing else is read: no tags, anchors or documents. Raises ListRefused `bad_yaml`.
    """
    lines = text.splitlines()
    for at, line in enumerate(lines):
        if line.startswith("names:"):
            inline = line.removeprefix("names:").split(" #")[0].strip()
            return _numbered(_in_line(inline) if inline else _in_block(lines[at + 1 :]))
    raise ListRefused("bad_yaml", "data.yaml has no names of classes.")


def names_in_list(text: str) -> Names:
    """The names of classes in a file with one a line, as classes.txt and obj.names."""
    return {number: line.strip() for number, line in enumerate(text.splitlines()) if line.strip()}


def _in_line(text: str) -> list[tuple[int | None, str]]:
    if text[0] + text[-1] not in {"[]", "{}"}:
        raise ListRefused("bad_yaml", "names in data.yaml is neither a list nor a map.")
    parts = re.findall(r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^,"'])+""", text[1:-1])
    return [_entry(part, mapped=text[0] == "{") for part in parts if part.strip()]


def _in_block(lines: list[str]) -> list[tuple[int | None, str]]:
    entries: list[tuple[int | None, str]] = []
    for line in lines:
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if item := ITEM.fullmatch(line):
            entries.append((None, _plain(item[1])))
        elif line[0] in " \t":
            entries.append(_entry(line, mapped=True))
        else:
            break
    return entries


def _entry(text: str, *, mapped: bool) -> tuple[int | None, str]:
    if not mapped:
        return None, _plain(text)
    pair = PAIR.fullmatch(text)
    if pair is None:
        raise ListRefused("bad_yaml", f"{text.strip()[:50]!r} in data.yaml is no number and name.")
    return int(pair[1]), _plain(pair[2])


def _plain(text: str) -> str:
    """What a scalar says. Raises ListRefused for what YAML would do more than read."""
    if quoted := QUOTED.match(text):
        double, single = quoted[1], quoted[2]
        return re.sub(r"\\(.)", r"\1", double) if double is not None else single.replace("''", "'")
    plain = text.split(" #", maxsplit=1)[0].strip()
    if not plain or plain[0] in "!&*|>{[%@`":
        raise ListRefused("bad_yaml", f"{plain[:50]!r} in data.yaml is no plain name.")
    return plain


def _numbered(entries: list[tuple[int | None, str]]) -> Names:
    if not entries:
        raise ListRefused("bad_yaml", "data.yaml names no classes.")
    return {place if said is None else said: name for place, (said, name) in enumerate(entries)}
