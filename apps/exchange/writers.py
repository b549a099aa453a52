"""Entries to bytes, as they come: no file is ever held in memory."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterable
from typing import Any, BinaryIO

from apps.exchange.domain.coco import CocoWriter, is_shown
from apps.exchange.domain.prodigy import lines_of
from apps.exchange.domain.records import Category, Entry


def write_jsonl(target: BinaryIO, entries: Iterable[Entry], *, finals: bool, answers: bool) -> None:
    """Write one line of JSON for each final answer and each annotator's answer asked for."""
    for entry in entries:
        for line in lines_of(entry, finals=finals, answers=answers):
            target.write(_json(line) + b"\n")


def write_coco(
    target: BinaryIO, entries: Iterable[Entry], *, info: dict[str, Any], categories: list[Category]
) -> None:
    """Write one COCO object: images as they come, annotations beside them and appended."""
    writer = CocoWriter(categories)
    with tempfile.TemporaryFile() as annotations:
        target.write(b'{"info":' + _json(info) + b',"licenses":[],"images":[')
        images = _List(target)
        drawn = _List(annotations)
        for entry in entries:
            if entry.settled is None or not is_shown(entry.settled):
                continue
            for image in writer.images(entry.asked):
                images.add(image)
            for annotation in writer.annotations(entry.asked, entry.settled):
                drawn.add(annotation)
        target.write(b'],"annotations":[')
        annotations.seek(0)
        shutil.copyfileobj(annotations, target)
        target.write(b'],"categories":' + _json(writer.categories()) + b"}\n")


class _List:
    """The items of a JSON list, written one by one."""

    def __init__(self, target: BinaryIO) -> None:
        self._target = target
        self._separator = b""

    def add(self, item: dict[str, Any]) -> None:
        self._target.write(self._separator + _json(item))
        self._separator = b",\n"


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
