"""Entries to bytes, as they come: no file is ever held in memory."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Protocol

import msgspec

from apps.exchange.domain.coco import CocoWriter
from apps.exchange.domain.cvat import CvatWriter
from apps.exchange.domain.finals import ContentHash
from apps.exchange.domain.label_studio import task_of
from apps.exchange.domain.options import ExportOptions
from apps.exchange.domain.prodigy import lines_of
from apps.exchange.domain.records import Category, Placed
from apps.exchange.domain.tables import Table
from apps.exchange.spools import spool


@dataclass(frozen=True, slots=True)
class About:
    """What a file says of its dataset as a whole; `outlines` is whether there are shapes other
    than rectangles among the answers that it holds. `content` is the hash of the final answers that
    it is made of, known when all tasks are put in."""

    name: str
    version: int
    interface: str
    categories: list[Category]
    outlines: bool
    content: ContentHash = field(default_factory=ContentHash)


class Document(Protocol):
    """One file that grows with the tasks put into it, and is whole when finished."""

    def add(self, placed: Placed) -> None: ...

    def finish(self) -> None: ...


class Tree(Protocol):
    """Many files: what goes with each image, and some at the end. An image without a path has no
    place among them."""

    def image_path(self, placed: Placed) -> str: ...

    def files(self, placed: Placed) -> Iterator[tuple[str, bytes]]: ...

    def ending(self) -> Iterator[tuple[str, bytes | BinaryIO]]: ...


class JsonlDocument:
    """One line of JSON for each final answer and each annotator's answer asked for."""

    def __init__(self, target: BinaryIO, options: ExportOptions, _: About) -> None:
        self._target = target
        self._options = options

    def add(self, placed: Placed) -> None:
        options = self._options
        for line in lines_of(placed.entry, finals=options.finals, answers=options.answers):
            self._target.write(to_json(line) + b"\n")

    def finish(self) -> None:
        pass


class CocoDocument:
    """One COCO object: images as they come, annotations beside them and appended."""

    def __init__(self, target: BinaryIO, _: ExportOptions, about: About) -> None:
        self._target = target
        self._about = about
        self._writer = CocoWriter(about.categories)
        target.write(b'{"licenses":[],"images":[')
        self._beside = spool()
        self._images = _List(target)
        self._drawn = _List(self._beside)

    def add(self, placed: Placed) -> None:
        asked, settled = placed.entry.asked, placed.entry.accepted
        assert settled is not None, "the format holds accepted answers alone"
        if placed.first:
            self._images.add(self._writer.image(asked, file_name=placed.name))
        self._drawn.add(*self._writer.annotations(asked, settled))

    def finish(self) -> None:
        self._target.write(b'],"annotations":[')
        with self._beside as annotations:
            annotations.seek(0)
            shutil.copyfileobj(annotations, self._target)
        categories = to_json(self._writer.categories())
        self._target.write(b'],"categories":' + categories)
        self._target.write(b',"info":' + to_json(self._info()) + b"}\n")

    def _info(self) -> dict[str, str]:
        """It comes last: the hash is known then."""
        about = self._about
        told = {"description": about.name, "version": str(about.version)}
        return {**told, "content_sha256": about.content.hexdigest()}


class CsvDocument:
    """One table."""

    def __init__(self, target: BinaryIO, options: ExportOptions, _: About) -> None:
        self._target = target
        self._table = Table(options)
        target.write(self._table.head())

    def add(self, placed: Placed) -> None:
        self._target.write(self._table.rows(placed))

    def finish(self) -> None:
        pass


class CvatDocument:
    """One XML file."""

    def __init__(self, target: BinaryIO, _: ExportOptions, about: About) -> None:
        self._target = target
        self._content = about.content
        self._writer = CvatWriter(about.name, about.categories)
        target.write(self._writer.head())

    def add(self, placed: Placed) -> None:
        self._target.write(self._writer.image(placed))

    def finish(self) -> None:
        told = f"<!-- content_sha256: {self._content.hexdigest()} -->\n"
        self._target.write(told.encode() + self._writer.tail())


class LabelStudioDocument:
    """One list of tasks."""

    def __init__(self, target: BinaryIO, options: ExportOptions, _: About) -> None:
        self._target = target
        self._options = options
        self._tasks = _List(target)
        target.write(b"[")

    def add(self, placed: Placed) -> None:
        self._tasks.add(task_of(placed, self._options))

    def finish(self) -> None:
        self._target.write(b"]\n")


DOCUMENTS: dict[str, Callable[[BinaryIO, ExportOptions, About], Document]] = {
    "jsonl": JsonlDocument,
    "coco": CocoDocument,
    "csv": CsvDocument,
    "cvat": CvatDocument,
    "label_studio": LabelStudioDocument,
}


class _List:
    """The items of a JSON list, written one by one."""

    def __init__(self, target: BinaryIO) -> None:
        self._target = target
        self._separator = b""

    def add(self, *items: dict[str, Any]) -> None:
        if items:
            self._target.write(self._separator + b",\n".join(map(to_json, items)))
            self._separator = b",\n"


def to_json(value: Any) -> bytes:
    """JSON in UTF-8, without spaces."""
    return msgspec.json.encode(value)
