"""Bringing files in: in bounded requests, each an import of its own, until all are over."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from uuid import uuid4

from concord.client.batching import batches
from concord.client.dataset import Dataset
from concord.client.errors import ClientError
from concord.client.folders import CHANGED, Found, reason_to_leave
from concord.client.forms import Changed, FileToSend
from concord.client.imports import Tell
from concord.client.replies import Import

MOST_FILES = 1000
"""In one request: as many as the server, and so the page, takes."""
MOST_BYTES = 500_000_000
"""In one request: what the network may lose is sent once more."""


def send(dataset: Dataset, found: Found, *, tell: Tell) -> list[Import]:
    """Send what is an image; notes in `found` what is not, or is not any more."""
    total, sent, imports = len(found.files), 0, []
    for batch in requests_of(images_of(found)):
        size = sum(file.size for file in batch)

        def show(done: int, sent: int = sent, count: int = len(batch), size: int = size) -> None:
            tell("Sending", sent + count * done // max(size, 1), total)

        if made := _send_batch(dataset, batch, found, on_sent=show):
            imports.append(made)
        sent += len(batch)
    return imports


def requests_of(files: Iterable[FileToSend]) -> Iterator[list[FileToSend]]:
    """The files in the same order, as many at once as fit into a request."""
    return batches(files, size_of=lambda file: file.size, most=MOST_FILES, most_bytes=MOST_BYTES)


def images_of(found: Found) -> Iterator[FileToSend]:
    """The files that are images, each looked at when its turn comes."""
    for file in found.files:
        reason = reason_to_leave(file)
        if reason is None:
            yield file
        else:
            found.leave(file.name, reason)


def _send_batch(
    dataset: Dataset,
    batch: list[FileToSend],
    found: Found,
    *,
    on_sent: Callable[[int], None],
) -> Import | None:
    """Another set of files is another deed, so it gets another key."""
    while batch:
        try:
            made = dataset.send_files(batch, key=str(uuid4()), on_sent=on_sent)
        except Changed as changed:
            found.leave(changed.file.name, CHANGED)
            batch = [file for file in batch if file is not changed.file]
        else:
            if made.counts["total"] != len(batch):
                taken = f"{made.counts['total']:,} of {len(batch):,}"
                raise ClientError(f"The server took in only {taken} files of a request.")
            return made
    return None
