"""A list's bytes: gzip is unpacked under caps, and what is no list is refused by name."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from apps.imports.domain.encodings import first_bytes
from apps.imports.domain.rows import ListRefused

MAX_UNPACKED = 4 * 1024 * 1024 * 1024
MAX_RATIO = 250
"""Lists of addresses shrink to a tenth, very regular ones to a fiftieth; a bomb to a thousandth."""
RATIO_FROM = 64 * 1024 * 1024
PIECE = 1024 * 1024

GZIP = b"\x1f\x8b"
IMAGE = "This is an image, not a list. Drop image files on the page for images."
ARCHIVE = "This is an archive, not a list. Unpack it first; of a list alone, gzip is read."
WORKBOOK = "This is a spreadsheet. Save the list as .csv (in Excel: CSV UTF-8)."
WEB_PAGE = "This is a web page, not a list of addresses."
NOT_LISTS = {
    b"PK\x03\x04": ARCHIVE,
    b"PK\x05\x06": ARCHIVE,
    b"\xd0\xcf\x11\xe0": WORKBOOK,
    GZIP: "The list is packed twice. Unpack it once.",
    b"BZh": ARCHIVE,
    b"\xfd7zXZ": ARCHIVE,
    b"7z\xbc\xaf": ARCHIVE,
    b"Rar!": ARCHIVE,
    b"\x28\xb5\x2f\xfd": ARCHIVE,
    b"\xff\xd8\xff": IMAGE,
    b"\x89PNG": IMAGE,
    b"GIF8": IMAGE,
    b"RIFF": IMAGE,
    b"%PDF": "This is a PDF, not a list of addresses.",
    b"<!DOCTYPE": WEB_PAGE,
    b"<!doctype": WEB_PAGE,
    b"<html": WEB_PAGE,
}
WORKBOOKS = (".xlsx", ".xlsm", ".ods", ".numbers")


def text_bytes(chunks: Iterable[bytes], *, name: str) -> Iterator[bytes]:
    """The list's bytes, unpacked. Raises ListRefused for what is no text list at all."""
    first, rest = first_bytes(chunks, 8)
    if first.startswith(GZIP):
        first, rest = first_bytes(_unpacked(rest), 9)
    for magic, reason in NOT_LISTS.items():
        if first.startswith(magic):
            is_workbook = reason == ARCHIVE and name.lower().endswith(WORKBOOKS)
            raise ListRefused("not_a_list", WORKBOOK if is_workbook else reason)
    yield from rest


def _unpacked(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Unpack gzip, which may consist of several members one after the other."""
    unpacker, packed_size, total = zlib.decompressobj(wbits=31), 0, 0
    for chunk in chunks:
        packed = chunk
        packed_size += len(chunk)
        while packed:
            if unpacker.eof:
                unpacker = zlib.decompressobj(wbits=31)
            try:
                piece = unpacker.decompress(packed, PIECE)
            except zlib.error:
                raise ListRefused("bad_gzip", "The gzip file is damaged.") from None
            total += len(piece)
            _check_size(packed_size, total)
            packed = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
            yield piece
    if not unpacker.eof:
        raise ListRefused("bad_gzip", "The gzip file ends too early.")


def _check_size(packed: int, unpacked: int) -> None:
    if unpacked > MAX_UNPACKED:
        raise ListRefused("too_large", "The unpacked list is larger than 4 GB.")
    if unpacked > RATIO_FROM and unpacked > packed * MAX_RATIO:
        reason = f"The gzip file unpacks to more than {MAX_RATIO} times its size, as no list does."
        raise ListRefused("too_large", reason)
