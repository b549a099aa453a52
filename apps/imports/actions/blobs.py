"""Rows about stored bytes: made with the first image that has them, swept after the last one.

Files are in the store before their Blob is written, and leave it after their Blob is gone, or says
that nothing is kept: where images that were taken down still refer to it. In between, a row may
find a file there that is about to leave. So whoever writes a new Blob makes sure that none of its
files left since they were brought (`GoneFile`), and brings them once more if so.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now

from apps.datasets.models import Blob, Dataset, Image
from apps.imports.actions.bringing import Brought, NotBrought
from apps.imports.models import GoneFile, Import, ImportRow, RowState
from concord.jobs.actions import enqueue
from concord.jobs.models import Job
from concord.storage.files import store

FILES = ("sha256", "rendition_sha256", "level_sha256", "thumbnail_sha256")
REMEMBERED = timedelta(days=1)
CHUNK = 200
SWEEP = "imports.sweep"
SWEEPING = 0x7377656570  # "sweep"
LOCK = "SELECT pg_advisory_xact_lock(%s)"
LOCK_SHARED = "SELECT pg_advisory_xact_lock_shared(%s)"
NEEDED_AGAIN = (RowState.QUEUED, RowState.FETCHING, RowState.FAILED)
"""Rows in these states may still be made of the file that was uploaded for them."""
TAKEN_DOWN = "taken_down"
"""The code of rows whose image was taken down from their dataset, where it does not come again."""


def blobs_of(brought: Sequence[Brought], *, since: datetime) -> dict[str, Blob]:
    """Return the rows about these bytes by SHA-256, locked, so that they stay as they are.

    Bytes that are kept stay so; those that are not are kept from now on if they were brought so.
    `since` is a moment of the database's clock before the files were brought. Raises NotBrought
    where one of them left the store after it.
    """
    # Of the same bytes, those that are kept.
    wanted = {each.sha256: each for each in sorted(brought, key=lambda each: each.kept)}
    # In the order of their digests, so that no two wait for one another.
    Blob.objects.bulk_create(
        (_new(wanted[sha256]) for sha256 in sorted(wanted)), ignore_conflicts=True
    )
    there = Blob.objects.filter(sha256__in=wanted).order_by("sha256")
    blobs = {blob.sha256: blob for blob in there.select_for_update(no_key=True)}
    for blob in blobs.values():
        if not blob.kept:
            _describe(blob, wanted[blob.sha256])
    _check_files(blobs.values(), since=since)
    if len(blobs) < len(wanted):
        raise _gone()
    return blobs


def _new(brought: Brought) -> Blob:
    picture = brought.picture
    return Blob(
        sha256=brought.sha256,
        media_type=picture.media_type,
        size=brought.size,
        width=picture.width,
        height=picture.height,
        exif_orientation=picture.exif_orientation,
        **_files_of(brought),
    )


def _describe(blob: Blob, brought: Brought) -> None:
    """Note which files there are now of bytes that were not kept before."""
    files = _files_of(brought)
    for column, value in files.items():
        setattr(blob, column, value)
    blob.save(update_fields=files)


def _files_of(brought: Brought) -> dict[str, Any]:
    """Which files there are, and what is known of them: columns of a Blob."""
    picture = brought.picture
    return {
        "kept": brought.kept,
        "rendition_sha256": brought.rendition.sha256,
        "rendition_media_type": picture.rendition_media_type,
        "rendition_size": brought.rendition.size,
        "level_sha256": brought.level_sha256,
        "level_media_type": picture.level_media_type if brought.level_sha256 else "",
        "thumbnail_sha256": brought.thumbnail_sha256,
    }


def order_sweep(*, dataset: Dataset, blobs: Iterable[int], files: Collection[str] = ()) -> None:
    """Have the files of these blobs, and these files, removed unless they are needed by then."""
    args: dict[str, Any] = {"blobs": sorted(set(blobs)), "files": sorted(set(files))}
    if args["blobs"] or args["files"]:
        enqueue(kind=SWEEP, args=args, dataset_id=dataset.pk)


def order_drop_of_list(*, dataset: Dataset, sha256: str, seconds: float) -> None:
    """Have a list removed after so many seconds, unless it is that of an import by then."""
    args = {"blobs": [], "files": [sha256]}
    enqueue(kind=SWEEP, args=args, dataset_id=dataset.pk, delay_seconds=seconds)


def order_drop(*, dataset: Dataset, brought: Iterable[Brought]) -> None:
    """Have the files of what was brought in vain removed, unless they are needed otherwise."""
    columns = ("sha256", "level_sha256", "thumbnail_sha256")
    names = {getattr(each, column) for each in brought for column in columns} - {""}
    names |= {each.rendition.sha256 for each in brought}
    args = {"blobs": [], "files": sorted(names)}
    enqueue(kind=SWEEP, args=args, dataset_id=dataset.pk)


def sweep(*, blobs: Collection[int], files: Collection[str] = (), beat: Callable[[], None]) -> bool:
    """Remove those of `blobs` that no image has, then their files; of those that only images have
    which were taken down, the files alone. Also those of `files` that nobody needs. Safe to run
    twice.

    Returns whether some were in somebody's hands, so that it is to be called again.
    """
    busy = _forget(blobs, files)
    GoneFile.objects.filter(at__lt=Now() - REMEMBERED).delete()
    while names := list(GoneFile.objects.filter(at=None).values_list("sha256", flat=True)[:CHUNK]):
        for name in names:
            store().delete(name)
        GoneFile.objects.filter(sha256__in=names, at=None).update(at=Now())
        beat()
    return busy


def _check_files(blobs: Iterable[Blob], *, since: datetime) -> None:
    # From here on nobody decides that a file is needed no more, as new rows are not seen yet.
    with connection.cursor() as cursor:
        cursor.execute(LOCK_SHARED, [SWEEPING])
    gone = GoneFile.objects.filter(sha256__in=_files(blobs))
    if gone.filter(Q(at=None) | Q(at__gte=since)).exists():
        raise _gone()


def _gone() -> NotBrought:
    return NotBrought("file_gone", "The file was being removed just then.", retryable=True)


@transaction.atomic
def _forget(blobs: Collection[int], files: Collection[str]) -> bool:
    """Delete the rows and note the files that leave; whether there are rows that were locked."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [SWEEPING])
    unused = _unused(blobs)
    locked = unused.select_for_update(skip_locked=True, of=["self"]).values_list("pk", flat=True)
    # Once more, as an image may have come before the row was locked.
    found = list(unused.filter(pk__in=list(locked)))
    names = _files(found) | set(files)
    _forget_rows([blob.pk for blob in found])
    names -= _still_needed(names)
    GoneFile.objects.bulk_create(
        [GoneFile(sha256=name) for name in sorted(names)],
        update_conflicts=True,
        unique_fields=["sha256"],
        update_fields=["at"],
    )
    return unused.exists()


def _unused(blobs: Collection[int]) -> QuerySet[Blob]:
    """Those of `blobs` that no image has which anybody may see, while there is more to remove."""
    images = Image.everything.filter(blob=OuterRef("pk"))
    has_files = Q(kept=True) | ~Q(thumbnail_sha256="")
    return Blob.objects.filter(
        ~Exists(images) | has_files, ~Exists(images.filter(taken_down_at=None)), pk__in=blobs
    )


def _forget_rows(blobs: Collection[int]) -> None:
    """Delete them; those that images refer to which were taken down stay, for what was said."""
    withdrawn = Image.everything.filter(blob__in=blobs).values("blob")
    gone = {"kept": False, "level_sha256": "", "level_media_type": "", "thumbnail_sha256": ""}
    Blob.objects.filter(pk__in=withdrawn).update(**gone)
    Blob.objects.filter(pk__in=blobs).exclude(pk__in=withdrawn).delete()


def _still_needed(names: Collection[str]) -> set[str]:
    """Those of `names` that are files of other blobs, uploads or lists that may be read again, or
    to be removed later only: somebody has looked at the same list since."""
    among = Q()
    for column in FILES:
        among |= Q(**{f"{column}__in": names})
    rows = ImportRow.objects.filter(upload__in=names, state__in=NEEDED_AGAIN)
    uploads = rows.exclude(state=RowState.FAILED, code=TAKEN_DOWN)
    lists = Import.objects.filter(list_sha256__in=names)
    later = Job.objects.filter(
        kind=SWEEP, state=Job.State.QUEUED, args__files__has_any_keys=list(names)
    )
    return (
        _files(Blob.objects.filter(among))
        | set(uploads.values_list("upload", flat=True))
        | set(lists.values_list("list_sha256", flat=True))
        | {name for job in later for name in job.args["files"]}
    )


def _files(blobs: Iterable[Blob]) -> set[str]:
    """The names of the files that there are of these blobs."""
    there = ((blob, FILES if blob.kept else FILES[-1:]) for blob in blobs)
    return {getattr(blob, column) for blob, columns in there for column in columns} - {""}
