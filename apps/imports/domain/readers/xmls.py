"""XML without its loopholes: no document types, so no entities, and no depth without end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder  # builds what expat below has parsed
from xml.parsers import expat

from apps.imports.domain.rows import ListRefused

MAX_DEPTH = 32


def read_elements(chunks: Iterable[bytes], *, depth: int) -> Iterator[Element]:
    """Yield the elements of UTF-8 XML that stand so deep, the root at 0, each as it ends.

    What lies above them is not kept. Raises ListRefused `bad_xml` and, for document types and what
    is nested without end, `hostile_xml`.
    """
    found: list[Element] = []
    parser = _parser(found, depth)
    for chunk in chunks:
        _feed(parser, chunk, last=False)
        yield from found
        found.clear()
    _feed(parser, b"", last=True)
    yield from found


def root_of(start: bytes) -> str:
    """The name of the root element of what begins like XML; empty if that is not there yet."""
    names: list[str] = []
    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler = lambda name, _: names.append(name)
    with suppress(expat.ExpatError):  # what it says later is refused by whoever reads it
        parser.Parse(start, False)
    return names[0] if names else ""


def _feed(parser: Any, chunk: bytes, *, last: bool) -> None:
    try:
        parser.Parse(chunk, last)
    except expat.ExpatError as error:
        raise ListRefused("bad_xml", f"The XML is damaged: {error}.") from None


def _parser(found: list[Element], depth: int) -> Any:
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    state = _State(found, depth)
    parser.StartElementHandler = state.start
    parser.EndElementHandler = state.end
    parser.CharacterDataHandler = state.data
    parser.StartDoctypeDeclHandler = _refuse
    return parser


def _refuse(*_: Any) -> None:
    raise ListRefused("hostile_xml", "The XML has a document type, which is not read.")


class _State:
    """What has been read of the elements that are wanted."""

    def __init__(self, found: list[Element], wanted: int) -> None:
        self._found = found
        self._wanted = wanted
        self._depth = -1
        self._builder: TreeBuilder | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise ListRefused("hostile_xml", f"The XML is nested deeper than {MAX_DEPTH} levels.")
        if self._depth == self._wanted:
            self._builder = TreeBuilder()
        if self._builder is not None:
            self._builder.start(name, attributes)

    def end(self, name: str) -> None:
        if self._builder is not None:
            self._builder.end(name)
            if self._depth == self._wanted:
                self._found.append(self._builder.close())
                self._builder = None
        self._depth -= 1

    def data(self, text: str) -> None:
        if self._builder is not None:
            self._builder.data(text)
