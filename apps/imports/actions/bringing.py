"""The bytes of one row: fetched, decoded, kept or let go. Runs in threads, without the database."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace

from apps.imports.decoder.pool import Decoded, DecoderPool, DecodingFailed
from apps.imports.domain.pictures.sniffing import media_type
from apps.imports.domain.rows import RowError
from apps.imports.models import ImportRow
from concord.failpoints import reach
from concord.storage.contents import Stored
from concord.storage.egress import Fetched, egress
from concord.storage.failures import FetchError
from concord.storage.files import store
from concord.storage.s3 import S3Access, S3Object, fetch_s3

MAX_BYTES = 50_000_000
DEADLINE = 30.0


@dataclass(frozen=True, slots=True)
class Brought:
    """An image whose thumbnail is in the store, and if it is `kept` its original, rendition and
    level as well; `picture` is without bytes, so that those which wait for the database weigh
    nothing. No level: the rendition is shown."""

    sha256: str
    size: int
    picture: Decoded
    rendition: Stored
    level_sha256: str
    thumbnail_sha256: str
    kept: bool = True


class NotBrought(Exception):
    """A row without an image, and whether trying again could help."""

    def __init__(
        self, code: str, reason: str, *, retryable: bool = False, retry_after: float | None = None
    ) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason
        self.retryable = retryable
        self.retry_after = retry_after

    def of_image(self, place: int) -> NotBrought:
        """The same of the image at a place, from 1, of those that the row names."""
        return NotBrought(
            self.code,
            f"Image {place}: {self.reason}",
            retryable=self.retryable,
            retry_after=self.retry_after,
        )


@dataclass(frozen=True, slots=True)
class Source:
    """Where an image comes from: an address, or the SHA-256 of bytes that came with the request."""

    url: str
    upload: str


def sources_of(row: ImportRow) -> list[Source]:
    """Return what a row names: one image, or all those to pick from."""
    tiles = [Source(tile["image"], tile["upload"]) for tile in row.payload.get("tiles", [])]
    return tiles or [source_of(row)]


def source_of(row: ImportRow) -> Source:
    """Return the one image that a row names."""
    return Source(row.url, row.upload)


def bring(
    row: ImportRow, *, decoders: DecoderPool, buckets: Mapping[str, S3Access], keep: bool = True
) -> list[Brought]:
    """Fetch the row's files, decode them, keep what came of them.

    `buckets` are those that may be read, by name. Without `keep` only the thumbnails stay of images
    that can be fetched again, which those sent with the request cannot. Raises NotBrought, and
    StorageFull when there is no room for files.
    """
    sources = sources_of(row)
    if len(sources) == 1:
        return [_bring(sources[0], decoders=decoders, buckets=buckets, keep=keep)]
    brought = []
    for place, source in enumerate(sources, start=1):
        try:
            brought.append(_bring(source, decoders=decoders, buckets=buckets, keep=keep))
        except NotBrought as error:
            raise error.of_image(place) from error
    return brought


def _bring(
    source: Source, *, decoders: DecoderPool, buckets: Mapping[str, S3Access], keep: bool
) -> Brought:
    with not_brought():
        reach("row.claimed")
        data = _bytes_of(source, buckets)
        reach("row.fetched")
        media_type(data)
        picture = decoders.decode(data)
    keep = keep or bool(source.upload)
    put = store().put_bytes if keep else _measured
    original = put(data)
    rendition = original if picture.rendition is None else put(picture.rendition)
    level = picture.level if keep else None
    return Brought(
        sha256=original.sha256,
        size=original.size,
        picture=replace(picture, rendition=None, level=None, thumbnail=b""),
        rendition=rendition,
        level_sha256="" if level is None else put(level).sha256,
        thumbnail_sha256=store().put_bytes(picture.thumbnail).sha256,
        kept=keep,
    )


@contextmanager
def not_brought() -> Iterator[None]:
    """Whatever keeps an image from being fetched and decoded inside, as NotBrought."""
    try:
        yield
    except FetchError as error:
        raise NotBrought(
            error.code, error.reason, retryable=error.retryable, retry_after=error.retry_after
        ) from error
    except (RowError, DecodingFailed) as error:
        raise NotBrought(error.code, error.reason) from error


def _measured(data: bytes) -> Stored:
    """What the store would say of these bytes."""
    return Stored(hashlib.sha256(data).hexdigest(), len(data))


def _bytes_of(source: Source, buckets: Mapping[str, S3Access]) -> bytes:
    if source.upload:
        try:
            with store().open(source.upload) as stored:
                data = stored.read(MAX_BYTES + 1)
        except FileNotFoundError as error:
            # The same bytes came in another import, which was undone just then.
            raise NotBrought("upload_gone", "The file is here no more; send it again.") from error
        if len(data) > MAX_BYTES:
            raise NotBrought("too_large", f"The file is larger than {MAX_BYTES} bytes.")
        return data
    return bytes_at(source.url, buckets, deadline=DEADLINE)


def bytes_at(url: str, buckets: Mapping[str, S3Access], *, deadline: float) -> bytes:
    """Fetch a file within `deadline` seconds. Raises FetchError, and NotBrought `no_connection`."""
    fetched = _fetched(url, buckets, deadline)
    try:
        return fetched.body.read()
    finally:
        fetched.close()


def _fetched(url: str, buckets: Mapping[str, S3Access], deadline: float) -> Fetched:
    if url[:5].lower() != "s3://":
        return egress().fetch(url, deadline=deadline, max_bytes=MAX_BYTES)
    wanted = S3Object.parse(url)
    access = buckets.get(wanted.bucket)
    if access is None:
        reason = f"This dataset has no connection that may read the bucket {wanted.bucket}."
        raise NotBrought("no_connection", reason)
    return fetch_s3(egress(), access, wanted, deadline=deadline, max_bytes=MAX_BYTES)
