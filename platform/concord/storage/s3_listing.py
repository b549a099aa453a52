"""What a bucket holds, page by page, carried by `egress` like everything that is read there."""

from __future__ import annotations

import re
from dataclasses import dataclass

from concord.storage.egress import Egress
from concord.storage.failures import FetchError, refusal
from concord.storage.s3 import S3Access, check_bucket, get_s3

PAGE = 1000
MAX_PAGE_BYTES = 32_000_000
# The few elements that are needed are cut out of the text. A parser of XML would refuse a whole
# page, and so the whole bucket, for one key with a control character in it.
CONTENTS = re.compile(r"<Contents>(.*?)</Contents>", re.DOTALL)
KEY = re.compile(r"<Key>(.*?)</Key>", re.DOTALL)
SIZE = re.compile(r"<Size>\s*(\d{1,18})\s*</Size>")
REFERENCE = re.compile(r"&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos));")
NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
TRUNCATED = re.compile(r"<IsTruncated>\s*true\s*</IsTruncated>", re.IGNORECASE)

OF_BUCKETS = {
    "access_denied": ("may_not_list", "The keys do not allow listing the bucket."),
    "no_such_key": ("no_such_bucket", "There is no bucket of this name."),
    "http_403": ("may_not_list", "The server refuses to list the bucket."),
}


@dataclass(frozen=True)
class Listed:
    """An object, and how many bytes it is said to have."""

    key: str
    size: int

    @property
    def is_folder(self) -> bool:
        """Whether this is only the mark of a folder, as consoles and sync tools leave them."""
        return self.key.endswith("/") and self.size == 0


@dataclass(frozen=True)
class Page:
    """Objects in the order of the server, and whether there are more after them."""

    objects: tuple[Listed, ...]
    more: bool


def list_page(
    egress: Egress,
    access: S3Access,
    *,
    bucket: str,
    prefix: str,
    after: str = "",
    most: int = PAGE,
    deadline: float = 30.0,
) -> Page:
    """The objects whose keys begin with `prefix` and come after the key `after`.

    Raises FetchError as `fetch_s3` does, and `not_s3` for an answer that is no listing.
    """
    check_bucket(bucket)
    query = {"max-keys": str(most), "prefix": prefix}
    url = access.listing_url(bucket, {**query, "start-after": after} if after else query)
    try:
        fetched = get_s3(egress, url, deadline=deadline, max_bytes=MAX_PAGE_BYTES)
    except FetchError as error:
        raise _in_terms_of_listing(error) from error
    with fetched.body as body:
        page = _page(body.read().decode("utf-8", "replace").replace("\0", "\ufffd"))
    if page.more and (not page.objects or page.objects[-1].key == after):
        raise refusal("not_s3", "The listing does not get on.")
    return page


def _page(text: str) -> Page:
    if "<ListBucketResult" not in text:
        raise refusal("not_s3", "What answers there does not speak S3.")
    objects = []
    for contents in CONTENTS.findall(text):
        key, size = KEY.search(contents), SIZE.search(contents)
        if key is not None:
            objects.append(Listed(REFERENCE.sub(_letter, key[1]), int(size[1]) if size else 0))
    return Page(tuple(objects), TRUNCATED.search(text) is not None)


def _letter(reference: re.Match[str]) -> str:
    decimal, hexadecimal, name = reference.groups()
    if name:
        return NAMED[name]
    number = int(decimal) if decimal else int(hexadecimal, 16)
    is_letter = 0 < number < 0xD800 or 0xE000 <= number <= 0x10FFFF
    return chr(number) if is_letter else "\ufffd"


def _in_terms_of_listing(error: FetchError) -> FetchError:
    """What the words that S3 has for objects mean for a bucket."""
    code, reason = OF_BUCKETS.get(error.code, (error.code, error.reason))
    return FetchError(
        code,
        reason,
        retryable=error.retryable,
        status=error.status,
        retry_after=error.retry_after,
        excerpt=error.excerpt,
    )
