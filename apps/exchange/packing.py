"""An export as a zip: documents or trees of a format, the images, and where each belongs.

`manifest.jsonl` has a line for each image: the `file` that it is, or would be, in the zip; in
`missing` why it is not there, if so; the `name` and `address` that it had, and its `sha256`.
`content_sha256` is the hash of the final answers; with an ending, it would be read as annotations.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from apps.exchange.domain.folders import FolderTree
from apps.exchange.domain.formats import FORMATS
from apps.exchange.domain.options import ExportOptions
from apps.exchange.domain.records import Placed, Source
from apps.exchange.domain.voc import VocTree
from apps.exchange.domain.yolo import YoloTree
from apps.exchange.spools import spool
from apps.exchange.writers import DOCUMENTS, About, Document, Tree, to_json
from apps.exchange.zips import ZipWriter
from concord.storage.files import store

MANIFEST = "manifest.jsonl"
CONTENT = "content_sha256"
NOT_ASKED = "images were not asked for"
NOT_KEPT = "the image is not kept here, but at its address"
GONE = "the image was deleted while this was written"
NO_PLACE = "no option was chosen, so there is no folder for it"


class Pack:
    """A zip that grows with the tasks put into it. Images are read at the end alone, when the
    snapshot that tasks are read from is closed; `tell` hears of each, and how many there are."""

    def __init__(
        self,
        target: BinaryIO,
        options: ExportOptions,
        about: About,
        tell: Callable[[int, int], None],
    ) -> None:
        self._tree = tree_of(options, about)
        self._content = about.content
        self._with_images = options.images
        self._tell = tell
        self._zip = ZipWriter(target)
        self._noted = spool()
        self._images = 0

    def add(self, placed: Placed) -> None:
        path = self._tree.image_path(placed)
        if path:
            for name, data in self._tree.files(placed):
                self._zip.add(name, data)
        if placed.first:
            folder = path.rpartition("/")[0]
            for source, name in zip(placed.entry.asked.sources, placed.names, strict=True):
                self._note(source, f"{folder}/{name}" if path else "")

    def finish(self) -> None:
        for name, data in self._tree.ending():
            if isinstance(data, bytes):
                self._zip.add(name, data)
            else:
                self._add_spooled(name, data)
        manifest = spool()
        for done, line in enumerate(self._lines(), start=1):
            manifest.write(to_json(self._packed(line)) + b"\n")
            if self._with_images:
                self._tell(done, self._images)
        self._add_spooled(MANIFEST, manifest)
        self._zip.add(CONTENT, f"{self._content.hexdigest()}\n".encode())
        self._zip.finish()

    def _add_spooled(self, name: str, file: BinaryIO) -> None:
        with file:
            size = file.tell()
            file.seek(0)
            self._zip.add_file(name, file, size=size, deflate=True)

    def _note(self, source: Source, path: str) -> None:
        self._images += 1
        said = {"name": source.name, "address": source.address, "sha256": source.sha256}
        line = {"file": path or None, **said, "rendition": source.rendition}
        self._noted.write(to_json(line) + b"\n")

    def _lines(self) -> Iterator[dict[str, Any]]:
        with self._noted as noted:
            noted.seek(0)
            yield from map(json.loads, noted)

    def _packed(self, line: dict[str, Any]) -> dict[str, Any]:
        """What the manifest says of an image, once it is in the zip if it can be."""
        rendition = line.pop("rendition")
        missing = self._missing(line["file"], rendition)
        if not missing:
            try:
                with store().open(rendition) as image:
                    self._zip.add_file(line["file"], image, deflate=False)
            except FileNotFoundError:
                missing = GONE
        return {**line, "missing": missing} if missing else line

    def _missing(self, path: str | None, rendition: str) -> str:
        if path is None:
            return NO_PLACE
        if not self._with_images:
            return NOT_ASKED
        return "" if rendition else NOT_KEPT


class Documents:
    """A format of one file as a tree: a file for each split that holds tasks, images beside it."""

    def __init__(self, options: ExportOptions, about: About, *, ending: str) -> None:
        self._options = options
        self._about = about
        self._ending = ending
        self._open: dict[str, tuple[BinaryIO, Document]] = {}
        if options.splits is None:
            self._document("")  # a file that says of no image that anything is on it

    def image_path(self, placed: Placed) -> str:
        """Where the bytes of an image belong."""
        return "/".join(filter(None, ["images", placed.split, placed.name]))

    def files(self, placed: Placed) -> Iterator[tuple[str, bytes]]:
        """Nothing yet: the documents grow."""
        self._document(placed.split).add(placed)
        yield from ()

    def ending(self) -> Iterator[tuple[str, BinaryIO]]:
        """The documents."""
        for split, (file, document) in sorted(self._open.items()):
            document.finish()
            yield f"{split or 'annotations'}.{self._ending}", file

    def _document(self, split: str) -> Document:
        if split not in self._open:
            file = spool()
            make = DOCUMENTS[self._options.format]
            self._open[split] = (file, make(file, self._options, self._about))
        return self._open[split][1]


def tree_of(options: ExportOptions, about: About) -> Tree:
    """The files of a zip."""
    form = FORMATS[options.format]
    if not form.tree:
        return Documents(options, about, ending=form.ending)
    if about.interface != "image_manual":
        return FolderTree(whole="train" if form.name == "yolo" else "")
    if form.name == "voc":
        return VocTree(about.categories)
    return YoloTree(about.categories, outlines=about.outlines)
