"""Which tasks are in a file, under which names, in which split."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from apps.exchange.domain.formats import FORMATS
from apps.exchange.domain.naming import FileNames, with_suffix_of
from apps.exchange.domain.options import ExportOptions, split_of
from apps.exchange.domain.records import Entry, Placed, Source


class Placing:
    """Gives each task its place in one export, in the order in which they come."""

    def __init__(self, options: ExportOptions) -> None:
        self._options = options
        self._format = FORMATS[options.format]
        self._names = FileNames()
        # Of images that several tasks are about: people judge the boxes of one one by one.
        self._shared: dict[int, str] = {}

    def placed(self, entries: Iterable[Entry]) -> Iterator[Placed]:
        """Those of the tasks that the file holds."""
        for entry in entries:
            if self._format.holds(entry, self._options):
                yield self._placed(entry)

    def _placed(self, entry: Entry) -> Placed:
        asked = entry.asked
        split = split_of(asked.source.sha256, self._options.splits)
        if asked.interface != "image":
            names = [self._name(source, number=asked.number) for source in asked.sources]
            return Placed(entry, names, split)
        first = asked.image not in self._shared
        if first:
            self._shared[asked.image] = self._name(asked.source, number=asked.image)
        return Placed(entry, [self._shared[asked.image]], split, first=first)

    def _name(self, source: Source, *, number: int) -> str:
        """What is in the zip has the ending of what it is, else the original's."""
        name = self._names.give(source.name, number=number)
        shipped = self._options.images and source.rendition
        return with_suffix_of(name, source.media_type) if shipped else name
