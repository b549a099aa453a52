"""Bytes of a list as they come in: unpacked, split into lines, decoded, never held as a whole."""

from __future__ import annotations

import codecs
import itertools
import zlib
from collections.abc import Iterable, Iterator

from apps.imports.domain.rows import ListRefused, RowError

MAX_LINE = 16 * 1024 * 1024
MAX_UNPACKED = 4 * 1024 * 1024 * 1024
PIECE = 1024 * 1024

GZIP = b"\x1f\x8b"
NOT_LISTS = {
    b"PK\x03\x04": "This is an archive or a spreadsheet. Save the list as .csv, .txt or .jsonl.",
    b"\xff\xd8\xff": "This is an image, not a list. Drop image files on the page for images.",
    b"\x89PNG": "This is an image, not a list. Drop image files on the page for images.",
    b"%PDF": "This is a PDF, not a list of addresses.",
}


def plain_chunks(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The list's bytes: gzip is unpacked, a UTF-8 byte order mark is dropped.

    Raises ListRefused for what is no text list at all.
    """
    first, rest = _first_chunk(chunks)
    if first.startswith(GZIP):
        first, rest = _first_chunk(_unpacked(itertools.chain([first], rest)))
    for magic, reason in NOT_LISTS.items():
        if first.startswith(magic):
            raise ListRefused("not_a_list", reason)
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise ListRefused("not_utf8", "The list is in UTF-16. Save it as UTF-8.")
    yield first.removeprefix(codecs.BOM_UTF8)
    yield from rest


def numbered_lines(chunks: Iterable[bytes]) -> Iterator[tuple[int, bytes | None]]:
    """Lines with their numbers from 1, without their ends; None for one longer than MAX_LINE.

    Such a line is skipped as it streams by, so that memory stays flat.
    """
    number, kept, size = 1, [b""], 0
    for chunk in chunks:
        *ended, open_end = chunk.split(b"\n")
        for part in ended:
            kept.append(part)
            size += len(part)
            yield number, _joined(kept, size)
            number, kept, size = number + 1, [], 0
        size += len(open_end)
        if size <= MAX_LINE:
            kept.append(open_end)
        else:
            kept.clear()
    if size:
        yield number, _joined(kept, size)


def text_of(raw: bytes | None) -> str:
    """The line as text. Raises RowError when it is too long, not UTF-8 or holds NUL."""
    if raw is None:
        raise RowError("line_too_long", f"The line is longer than {MAX_LINE // 1024**2} MB.")
    if b"\x00" in raw:
        raise RowError("not_text", "The line holds NUL bytes.")
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        byte = raw[error.start]
        raise RowError(
            "not_utf8", f"The line is not UTF-8: byte {error.start + 1} is 0x{byte:02x}."
        ) from None


def _joined(parts: list[bytes], size: int) -> bytes | None:
    return b"".join(parts).removesuffix(b"\r") if size <= MAX_LINE else None


def _first_chunk(chunks: Iterable[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """At least eight bytes where there are as many, to recognise the format by."""
    rest, first = iter(chunks), b""
    while len(first) < 8:
        chunk = next(rest, b"")
        if not chunk:
            break
        first += chunk
    return first, rest


def _unpacked(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Unpack gzip, which may consist of several members one after the other."""
    unpacker, total = zlib.decompressobj(wbits=31), 0
    for chunk in chunks:
        packed = chunk
        while packed:
            if unpacker.eof:
                unpacker = zlib.decompressobj(wbits=31)
            try:
                piece = unpacker.decompress(packed, PIECE)
            except zlib.error:
                raise ListRefused("bad_gzip", "The gzip file is damaged.") from None
            total += len(piece)
            if total > MAX_UNPACKED:
                raise ListRefused("too_large", "The unpacked list is larger than 4 GB.")
            packed = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
            yield piece
    if not unpacker.eof:
        raise ListRefused("bad_gzip", "The gzip file ends too early.")
