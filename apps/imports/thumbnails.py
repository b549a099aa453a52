"""Small pictures of what a list names, before anything is imported. Nothing is kept of them."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

from apps.imports.actions.bringing import NotBrought, bytes_at, not_brought
from apps.imports.actions.lists import KeptList
from apps.imports.actions.opening import encoding_of, opened_list
from apps.imports.bucket_pages import peek_at
from apps.imports.decoder.shared import decoders
from apps.imports.domain.addresses import bytes_in, is_data
from apps.imports.domain.encodings import Encoding
from apps.imports.domain.fitting import checked_row
from apps.imports.domain.folders import folder_of
from apps.imports.domain.pictures.sniffing import media_type
from apps.imports.domain.readers import Reading
from apps.imports.domain.rows import ListRefused, RowRead, RowRefused
from apps.imports.previews import SHOWN
from apps.imports.turns import fetching_turn
from concord.errors import Invalid, NotFound, Unprocessable
from concord.storage.s3 import S3Access

SECONDS = 8.0


def thumbnail_of(
    kept: KeptList,
    *,
    line: int,
    place: int,
    reading: Reading,
    encoding: Encoding | None,
    buckets: Mapping[str, S3Access],
) -> bytes:
    """Return the image at a place, from 1, of a line's, as a JPEG of at most 160 pixels a side.

    Of a folder it is the first object. The line is one of the first 20 of the list, or NotFound.
    Without an encoding the list is looked through for it. Raises Unprocessable with the code and
    the sentence that the row would fail with, Invalid for a list that makes no sense, and
    Unavailable where too many are under way.
    """
    with fetching_turn():
        try:
            row, data = _row_at(kept, line, reading, encoding)
            return _picture(row, place, buckets) if data is None else _decoded(data)
        except ListRefused as error:
            raise Invalid(error.code, error.reason) from error
        except NotBrought as error:
            raise Unprocessable(error.code, error.reason, retryable=error.retryable) from error


def _row_at(
    kept: KeptList, line: int, reading: Reading, encoding: Encoding | None
) -> tuple[RowRead, bytes | None]:
    """The row of a line, read as the import will, so that the address comes from nowhere else; and
    the bytes of its image, if that came in the same archive."""
    if encoding is None:
        encoding = encoding_of(kept.sha256, name=kept.name)
    with opened_list(kept.sha256, name=kept.name, reading=reading, encoding=encoding) as opened:
        first = itertools.islice(opened.rows, SHOWN)
        found = next((row for row in first if row.line == line), None)
        if found is None:
            raise NotFound
        row = checked_row(found)
        if isinstance(row, RowRefused):
            raise NotBrought(row.code, row.reason)
        with not_brought():
            member = opened.bundle.image(row.member) if opened.bundle and row.member else None
        return row, member


def _picture(row: RowRead, place: int, buckets: Mapping[str, S3Access]) -> bytes:
    if place > len(row.addresses):
        raise NotFound
    try:
        return _small(_single(row.addresses[place - 1], buckets), buckets)
    except NotBrought as error:
        raise (error if len(row.addresses) == 1 else error.of_image(place)) from error


def _single(address: str, buckets: Mapping[str, S3Access]) -> str:
    """The address itself, or of a folder that of its first object."""
    folder = folder_of(address)
    if folder is None:
        return address
    peek = peek_at(folder, buckets)
    if peek.code:
        raise NotBrought(peek.code, peek.reason)
    if not peek.urls:  # whatever it holds comes after its first page
        raise NotFound
    return peek.urls[0]


def _small(address: str, buckets: Mapping[str, S3Access]) -> bytes:
    with not_brought():
        data = (
            bytes_in(address) if is_data(address) else bytes_at(address, buckets, deadline=SECONDS)
        )
    return _decoded(data)


def _decoded(data: bytes) -> bytes:
    with not_brought():
        media_type(data)
        return decoders().glance(data)
