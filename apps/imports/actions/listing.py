"""A folder of a bucket becomes rows, page by page, as it is listed.

What was listed is written in one transaction with how far the listing is. A job that was killed
goes on after the last key that it wrote down, whatever has come into the bucket since.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from apps.imports.actions.pauses import pause_after
from apps.imports.actions.storing import NotReading, Values, store_rows, values_of
from apps.imports.bucket_pages import folder_page
from apps.imports.connections import buckets_for
from apps.imports.domain.folders import Folder
from apps.imports.domain.rows import Row, RowRead, RowRefused
from apps.imports.models import Import, ImportListing
from concord.storage.failures import FetchError, refusal
from concord.storage.s3 import S3Object
from concord.storage.s3_listing import PAGE, Page

MOST_ATTEMPTS = 5
MOST_LISTED = 5_000_000
MOST_FOLDERS = 1000


@dataclass(frozen=True, slots=True)
class NamedFolder:
    """A line of a list, and the folder that it names."""

    row: RowRead
    folder: Folder


class OutOfTime(Exception):
    """The job has taken long enough; another goes on."""


def list_folder(
    *, found: Import, named: NamedFolder, beat: Callable[[], None], until: float
) -> bool:
    """Make a row of every object that a line names, and go on where that was broken off.

    Returns whether there was anything left to list. A folder that cannot be listed, or in which
    nothing is, is a failed row of its line. Raises NotReading, and OutOfTime when more is left
    after a page and it is later than `until` by the monotonic clock.
    """
    listing, _ = ImportListing.objects.get_or_create(
        of_import=found, line=named.row.line, defaults={"url": named.row.url}
    )
    if listing.ended:
        return False
    while True:
        beat()
        try:
            page = _next_page(found, named.folder, listing)
        except FetchError as error:
            _end_early(found, listing, error.code, error.reason, at=listing.after)
        else:
            _take(found, named, listing, page)
        if listing.ended:
            return True
        if time.monotonic() > until:
            raise OutOfTime


def _next_page(found: Import, folder: Folder, listing: ImportListing) -> Page:
    """Raises FetchError when there is none, however often one asks."""
    if listing.listed + listing.folders + listing.unmatched > MOST_LISTED:
        raise refusal("too_many_objects", f"There are more than {MOST_LISTED:,} objects.")
    if ImportListing.objects.filter(of_import=found, line__lt=listing.line).count() >= MOST_FOLDERS:
        raise refusal("too_many_folders", f"A list may name {MOST_FOLDERS:,} folders.")
    attempt = 1
    while True:
        try:
            return folder_page(buckets_for(found), folder, after=listing.after, most=PAGE)
        except FetchError as error:
            if not error.retryable or attempt == MOST_ATTEMPTS:
                raise
            time.sleep(pause_after(attempt, error.retry_after))
            attempt += 1


def _take(found: Import, named: NamedFolder, listing: ImportListing, page: Page) -> None:
    rows: list[Values] = []
    at = listing.after
    for each in page.objects:
        if each.is_folder:
            listing.folders += 1
        elif not named.folder.holds(each.key):
            listing.unmatched += 1
        else:
            listing.listed += 1
            rows.append(values_of(_object(named, each.key), item=listing.listed))
    if page.objects:
        listing.after = page.objects[-1].key
    if not page.more and not listing.listed:
        _end_early(found, listing, "nothing_listed", "There is no object of this name.", at=at)
        return
    listing.ended = not page.more
    _keep(found, listing, rows, at=at)


def _object(named: NamedFolder, key: str) -> Row:
    """The row of one object, or why it cannot be asked for."""
    address, line = named.folder.address_of(key), named.row.line
    try:
        wanted = S3Object.parse(address)
    except FetchError as error:
        return RowRefused(line, error.code, error.reason, url=address)
    if wanted.key != key:
        reason = "The key ends like the version of another object."
        return RowRefused(line, "bad_s3_address", reason, url=address)
    return RowRead(line, address, named.row.payload)


def _end_early(found: Import, listing: ImportListing, code: str, reason: str, *, at: str) -> None:
    """End the listing with a failed row of the line itself."""
    listing.ended, listing.code = True, code
    listing.reason = f"After {listing.listed:,} objects: {reason}" if listing.listed else reason
    refused = RowRefused(listing.line, code, listing.reason, url=listing.url)
    _keep(found, listing, [values_of(refused)], at=at)


def _keep(found: Import, listing: ImportListing, rows: list[Values], *, at: str) -> None:
    """Store rows, and with them how far the listing is that was at the key `at` before.

    Raises NotReading when it is there no more: a worker that was presumed dead must not set back
    whoever goes on in its place.
    """
    with transaction.atomic():
        store_rows(found, rows)
        if not ImportListing.objects.filter(pk=listing.pk, after=at, ended=False).exists():
            raise NotReading
        listing.save()
