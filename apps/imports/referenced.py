"""Images that were left where they are: each look fetches them anew, and nothing of it is kept."""

from __future__ import annotations

import hashlib

from apps.datasets.models import Blob, Image
from apps.imports.actions.bringing import NotBrought, bytes_at
from apps.imports.connections import buckets_of
from apps.imports.decoder.pool import DecodingFailed
from apps.imports.decoder.shared import decoders
from apps.imports.models import Import
from apps.imports.turns import fetching_turn
from concord.errors import Conflict, PeerFailed, PeerTimedOut, Unavailable
from concord.storage.failures import FetchError
from concord.storage.s3 import S3Access

DEADLINE = 12.0
TIMED_OUT = frozenset({"timed_out", "host_busy"})


def fetch_rendition(*, image: Image) -> bytes:
    """Return the rendition of an image whose bytes are not kept, to the byte as it was imported.

    Raises Conflict `source_changed`, `rendition_changed`, `connection_revoked` and `bytes_not_here`
    for what trying again does not help; PeerFailed `source_unavailable` with the code of the fetch
    as `reason`; Unavailable `busy` when this process fetches as many as it may.
    """
    with fetching_turn():
        return _rendition(image.blob, _fetched(image))


def _fetched(image: Image) -> bytes:
    source = _with_address(image)
    buckets = _buckets(source) if source.source_url[:5].lower() == "s3://" else {}
    try:
        return bytes_at(source.source_url, buckets, deadline=DEADLINE)
    except NotBrought as error:
        detail = (
            "This image lies in a bucket that no storage connection of this dataset may read any "
            "more. A manager can have one granted, or import the image anew."
        )
        raise Conflict("connection_revoked", detail) from error
    except FetchError as error:
        kind = PeerTimedOut if error.code in TIMED_OUT else PeerFailed
        detail = (
            f"This image lies on another server, which gave nothing: {error.reason} Try again "
            "later, or skip it and tell a manager."
        )
        raise kind("source_unavailable", detail, reason=error.code) from error


def _rendition(blob: Blob, data: bytes) -> bytes:
    """What is shown of these bytes. Only those that were decoded at import are decoded again."""
    if _digest(data) != blob.sha256:
        detail = (
            "The server on which this image lies sends another file than the one that was "
            "imported. Skip it; a manager can import the new one."
        )
        raise Conflict("source_changed", detail)
    if blob.rendition_sha256 == blob.sha256:
        return data
    try:
        rendition = decoders().decode(data).rendition or data
    except DecodingFailed as error:
        raise Unavailable("decoding_failed", error.reason) from error
    if _digest(rendition) != blob.rendition_sha256:
        detail = (
            "This version of Concord shows the file in other pixels or bytes than the version that "
            "imported it. A manager can import the image once more, which brings it up to date."
        )
        raise Conflict("rendition_changed", detail)
    return rendition


def _with_address(image: Image) -> Image:
    """The image, or one of the same bytes in its dataset that has an address: copies of an image
    that is gold, say, have none."""
    if image.source_url:
        return image
    same = Image.objects.filter(dataset=image.dataset_id, blob=image.blob_id)
    found = same.exclude(source_url="").select_related("dataset").first()
    if found is None:
        raise Conflict("bytes_not_here", "The bytes of this image are not kept here.")
    return found


def _buckets(image: Image) -> dict[str, S3Access]:
    """The buckets that the dataset may read; the connection of its import knows best which is
    meant, where several have one of this name."""
    granted = buckets_of(image.dataset, None)
    brought = Import.objects.filter(rows__image=image).exclude(connection=None)
    found = brought.select_related("connection").first()
    return granted if found is None else granted | buckets_of(image.dataset, found.connection)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
