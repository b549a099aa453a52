"""Which letters the bytes of a list stand for, found out before it is read, and the list as UTF-8.

A list does not say how it was saved, and a wrong guess gives wrong letters without an error. So all
of it is looked at once, and what was found is told to whoever sent it.
"""

from __future__ import annotations

import codecs
import itertools
import re
from collections.abc import Iterable, Iterator
from enum import StrEnum

from apps.imports.domain.rows import ListRefused

START = 4096


class Encoding(StrEnum):
    """The encodings that lists are read in. A byte order mark is no part of the text."""

    UTF_8 = "utf-8"
    UTF_16_LE = "utf-16-le"
    UTF_16_BE = "utf-16-be"
    WINDOWS_1252 = "windows-1252"


MARKS = {
    codecs.BOM_UTF8: Encoding.UTF_8,
    codecs.BOM_UTF16_LE: Encoding.UTF_16_LE,
    codecs.BOM_UTF16_BE: Encoding.UTF_16_BE,
}
WELL_READ = re.compile("[^\x00-\x7f\udc80-\udcff]")
BADLY_READ = re.compile("[\udc80-\udcff]")
# Bytes that Windows-1252 does not define or that are no part of ordinary Western text, but common
# in others: 0x82 and 0x83 begin nearly every letter of Japanese kana in Shift-JIS.
STRANGE = bytes.fromhex("8182838486878889 8b8d8f9098 9b9d")


def find_encoding(chunks: Iterable[bytes]) -> Encoding:
    """The encoding of a whole list.

    A byte order mark decides, then zeros in every second place (UTF-16). Else it is UTF-8 where at
    least as many letters outside of ASCII are well-formed as bytes are not; else Windows-1252,
    of which Latin-1 is a part. What is neither stays UTF-8, and its bad lines are refused one by
    one. Raises ListRefused for UTF-32.
    """
    start, rest = first_bytes(chunks, START)
    if start.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise ListRefused("not_utf8", "The list is in UTF-32. Save it as UTF-8.")
    for mark, encoding in MARKS.items():
        if start.startswith(mark):
            return encoding
    return _by_zeros(start) or _by_letters(rest)


def as_utf8(chunks: Iterable[bytes], encoding: Encoding) -> Iterator[bytes]:
    """The list as UTF-8 without byte order mark, every line ended by a line feed.

    What cannot be decoded becomes bytes that are no UTF-8, so that it costs its own line only.
    """
    return _unix_ends(_without_mark(_recoded(chunks, encoding)))


def first_bytes(chunks: Iterable[bytes], size: int) -> tuple[bytes, Iterator[bytes]]:
    """The first `size` bytes or more, fewer only where there are no more, and all chunks."""
    rest, first = iter(chunks), b""
    while len(first) < size and (chunk := next(rest, None)) is not None:
        first += chunk
    return first, itertools.chain([first] if first else [], rest)


def _by_zeros(start: bytes) -> Encoding | None:
    """UTF-16 by the zero halves of its Latin letters, of which every address consists."""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    enough = len(start) // 5
    if odd > enough and even * 8 < odd:
        return Encoding.UTF_16_LE
    if even > enough and odd * 8 < even:
        return Encoding.UTF_16_BE
    return None


def _by_letters(chunks: Iterable[bytes]) -> Encoding:
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    well = bad = strange = 0
    for chunk in chunks:
        text = decoder.decode(chunk)
        if not text.isascii():
            well += len(WELL_READ.findall(text))
            bad += len(BADLY_READ.findall(text))
            strange += len(chunk) - len(chunk.translate(None, STRANGE))
    bad += len(decoder.decode(b"", final=True))
    if well >= bad or strange * 4 > bad:
        return Encoding.UTF_8
    return Encoding.WINDOWS_1252


def _recoded(chunks: Iterable[bytes], encoding: Encoding) -> Iterator[bytes]:
    if encoding == Encoding.UTF_8:
        yield from chunks
    elif encoding == Encoding.WINDOWS_1252:
        for chunk in chunks:
            text = chunk.decode(encoding, "surrogateescape")
            yield text.encode("utf-8", "surrogateescape")
    else:
        decoder = codecs.getincrementaldecoder(encoding)("surrogatepass")
        for chunk in chunks:
            yield decoder.decode(chunk).encode("utf-8", "surrogatepass")
        if decoder.getstate()[0]:
            yield b"\xed"  # half of a letter, as lone surrogates are too


def _without_mark(chunks: Iterable[bytes]) -> Iterator[bytes]:
    first, rest = first_bytes(chunks, len(codecs.BOM_UTF8))
    next(rest, None)
    yield first.removeprefix(codecs.BOM_UTF8)
    yield from rest


def _unix_ends(chunks: Iterable[bytes]) -> Iterator[bytes]:
    r"""Lines end in \n, whether they ended in \n, \r\n or, of old, in \r."""
    held = b""
    for chunk in chunks:
        piece = held + chunk
        held = b"\r" if piece.endswith(b"\r") else b""
        piece = piece.removesuffix(b"\r") if held else piece
        yield piece.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in piece else piece
    if held:
        yield b"\n"
