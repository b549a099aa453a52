"""What a folder or pattern of a bucket holds, a page at a time: for imports and their previews."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from apps.imports.domain.folders import Folder
from concord.storage.egress import egress
from concord.storage.failures import FetchError, refusal
from concord.storage.s3 import S3Access
from concord.storage.s3_listing import PAGE, Page, list_page

SHOWN = 20
SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Peek:
    """The first addresses that a folder holds, whether there are more, and how many keys before
    those are passed over; or why it cannot be listed."""

    urls: tuple[str, ...] = ()
    more: bool = False
    passed_over: int = 0
    code: str = ""
    reason: str = ""


def folder_page(
    buckets: Mapping[str, S3Access],
    folder: Folder,
    *,
    after: str,
    most: int = PAGE,
    deadline: float = 30.0,
) -> Page:
    """Return keys that come after `after` and begin as those of `folder` do.

    `buckets` are those that may be read. Raises FetchError, `no_connection` for a bucket that is
    none of them.
    """
    access = buckets.get(folder.bucket)
    if access is None:
        reason = f"This dataset has no connection that may read the bucket {folder.bucket}."
        raise refusal("no_connection", reason)

    def page(prefix: str, most: int) -> Page:
        return list_page(
            egress(),
            access,
            bucket=folder.bucket,
            prefix=prefix,
            after=after,
            most=most,
            deadline=deadline,
        )

    if folder.may_be_a_key and not after:
        called_so = page(folder.text, 1).objects
        if [each.key for each in called_so] == [folder.text]:
            return Page(called_so, more=False)
    return page(folder.prefix, most)


def peek_at(folder: Folder, buckets: Mapping[str, S3Access]) -> Peek:
    """Look at the first page of a folder."""
    try:
        page = folder_page(buckets, folder, after="", deadline=SECONDS)
    except FetchError as error:
        return Peek(code=error.code, reason=error.reason)
    held = [each.key for each in page.objects if not each.is_folder and folder.holds(each.key)]
    if not held and not page.more:
        return Peek(code="nothing_listed", reason="There is no object of this name.")
    return Peek(
        urls=tuple(map(folder.address_of, held[:SHOWN])),
        more=page.more or len(held) > SHOWN,
        passed_over=len(page.objects) - len(held),
    )
