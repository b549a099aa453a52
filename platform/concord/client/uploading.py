"""Bringing files in: in bounded requests, each an import of its own, until all are over."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from uuid import uuid4

from concord.client.answers import Dataset, Failure, Import
from concord.client.errors import ClientError
from concord.client.folders import CHANGED, Found, reason_to_leave
from concord.client.forms import Changed, FileToSend
from concord.client.instance import Client

MOST_FILES = 1000
"""In one request: as many as the server, and so the page, takes."""
MOST_BYTES = 500_000_000
"""In one request: what the network may lose is sent once more."""

FIRST_LOOK, LAST_LOOK = 0.2, 2.0  # seconds between looks at an import, growing

Tell = Callable[[str], None]


@dataclass(slots=True)
class Outcome:
    """What became of the files that were sent."""

    counts: Counter[str] = field(default_factory=Counter)
    failures: dict[str, Failure] = field(default_factory=dict)
    names: dict[str, list[str]] = field(default_factory=dict)

    def add(self, client: Client, found: Import) -> None:
        """Add an import that is over."""
        self.counts.update(found.counts)
        if not found.counts["failed"]:
            return
        for each in client.failures(found.id):
            before = self.failures.get(each.code)
            count = each.count + (before.count if before else 0)
            self.failures[each.code] = Failure(each.code, count, each.reason)
        for row in client.failed_rows(found.id):
            self.names.setdefault(row.code, []).append(row.name)


def send(client: Client, dataset: Dataset, found: Found, *, tell: Tell) -> list[Import]:
    """Send what is an image; notes in `found` what is not, or is not any more."""
    total, sent, imports = len(found.files), 0, []
    for batch in batches(images_of(found)):
        size = sum(file.size for file in batch)

        def show(done: int, sent: int = sent, count: int = len(batch), size: int = size) -> None:
            tell(f"Sending: {sent + count * done // max(size, 1):,} of {total:,} files")

        if made := _send_batch(client, dataset, batch, found, on_sent=show):
            imports.append(made)
        sent += len(batch)
    return imports


def images_of(found: Found) -> Iterator[FileToSend]:
    """The files that are images, each looked at when its turn comes."""
    for file in found.files:
        reason = reason_to_leave(file)
        if reason is None:
            yield file
        else:
            found.leave(file.name, reason)


def batches(files: Iterable[FileToSend]) -> Iterator[list[FileToSend]]:
    """The files in the same order, as many at once as fit into a request."""
    batch: list[FileToSend] = []
    size = 0
    for file in files:
        if batch and (len(batch) == MOST_FILES or size + file.size > MOST_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(file)
        size += file.size
    if batch:
        yield batch


def wait(client: Client, imports: Iterable[Import], *, tell: Tell) -> Outcome:
    """Wait until imports are over. Raises ClientError for one that does not go on."""
    outcome = Outcome()
    for made in imports:
        outcome.add(client, _end_of(client, made, tell=tell))
    return outcome


def _send_batch(
    client: Client,
    dataset: Dataset,
    batch: list[FileToSend],
    found: Found,
    *,
    on_sent: Callable[[int], None],
) -> Import | None:
    """Another set of files is another deed, so it gets another key."""
    while batch:
        try:
            made = client.send_files(dataset, batch, key=str(uuid4()), on_sent=on_sent)
        except Changed as changed:
            found.leave(changed.file.name, CHANGED)
            batch = [file for file in batch if file is not changed.file]
        else:
            if made.counts["total"] != len(batch):
                taken = f"{made.counts['total']:,} of {len(batch):,}"
                raise ClientError(f"The server took in only {taken} files of a request.")
            return made
    return None


def _end_of(client: Client, made: Import, *, tell: Tell) -> Import:
    pause = FIRST_LOOK
    while not made.is_over:
        if made.state == "paused":
            raise ClientError("The import was paused. Its page has the rest.")
        tell(f"Bringing in: {made.through:,} of {made.counts['total']:,} images")
        time.sleep(pause)
        pause = min(pause * 1.5, LAST_LOOK)
        made = client.find_import(made.id)
    if made.state == "failed":
        raise ClientError(f"The import failed: {made.error}")
    return made
