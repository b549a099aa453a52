"""What a file is made of: the dataset as it is at a moment, or a snapshot as it was then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from apps.exchange.domain.finals import ContentHash, digest_of, line_of
from apps.exchange.domain.formats import FORMATS
from apps.exchange.domain.records import Entry
from apps.exchange.models import Export
from apps.exchange.reading import DatasetReader
from apps.exchange.snapshot import snapshot
from apps.exchange.snapshots.files import SnapshotReader, open_snapshot
from apps.exchange.writers import About
from concord.errors import Invalid


@dataclass(frozen=True, slots=True)
class Origin:
    """How many tasks there are, what is said of them as a whole, and the tasks. The hash of `about`
    is whole when the last of them was read."""

    total: int
    about: About
    entries: Iterator[Entry]


@contextmanager
def origin_of(export: Export) -> Iterator[Origin]:
    """Open what an export is to be made of. Raises Invalid `snapshot_deleted`."""
    if not export.snapshot_name:
        with snapshot() as alias:
            yield _now(export, alias)
        return
    if export.snapshot is None:
        detail = f"The snapshot “{export.snapshot_name}” was deleted before this was written."
        raise Invalid("snapshot_deleted", detail)
    with open_snapshot(export.snapshot.file_sha256) as reader:
        outlines = FORMATS[export.format].tree and _has_outlines(export.snapshot.file_sha256)
        yield _frozen(export, reader, outlines=outlines)


def _now(export: Export, alias: str) -> Origin:
    reader = DatasetReader(
        dataset_id=export.dataset_id,
        using=alias,
        export=export.pk if export.chosen else None,
        names=export.names,
    )
    # Formats for training tell of no answers and no review, most of what there is to read.
    entries = reader.entries(bare=not FORMATS[export.format].verdicts)
    about = reader.about()
    return Origin(reader.count(), about, _hashed(entries, about.content))


def _frozen(export: Export, reader: SnapshotReader, *, outlines: bool) -> Origin:
    about = About(
        name=reader.head.name,
        version=reader.head.version,
        interface=export.dataset.interface,
        categories=reader.head.categories,
        outlines=outlines,
    )
    assert export.snapshot is not None
    return Origin(export.snapshot.finals, about, reader.entries(about.content))


def _has_outlines(file_sha256: str) -> bool:
    """Whether there are shapes other than rectangles in what a snapshot accepted, which trees have
    to know before their first file."""
    with open_snapshot(file_sha256) as reader:
        accepted = (entry.accepted for entry in reader.entries(ContentHash()))
        return any(
            span["type"] != "rect"
            for settled in accepted
            if settled is not None
            for span in settled.response.spans
        )


def _hashed(entries: Iterable[Entry], found: ContentHash) -> Iterator[Entry]:
    """Pass entries on, and take up the finals among them."""
    for entry in entries:
        if entry.settled is not None:
            found.add(digest_of(line_of(entry.asked, entry.settled)))
        yield entry
