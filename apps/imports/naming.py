"""Images that a list only names: which of those that are here is meant."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote

from apps.datasets.models import Dataset, Image
from apps.imports.domain.addresses import checked_address, file_name
from apps.imports.domain.rows import Row, RowError, RowRead, RowRefused
from apps.imports.models import ImportRow, RowState

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Located:
    """A row, and the image that the dataset has of it, where the row does not say an address."""

    row: Row
    image: uuid.UUID | None = None


def located(rows: Iterable[Row], *, dataset: Dataset, base: str) -> Iterator[Located]:
    """Yield rows in their order, those that only name their image with what is meant.

    That is an image of the dataset that is called so, uploaded or fetched; else what lies under the
    address `base`. What is not found, or is found twice, is refused.
    """
    # Only lists of other tools name images, and few lists are of both kinds.
    for named, group in itertools.groupby(rows, key=_is_named):
        if not named:
            yield from map(Located, group)
            continue
        while chunk := list(itertools.islice(group, CHUNK)):
            read = [row for row in chunk if isinstance(row, RowRead)]
            known = _images(dataset, {_last(row.named) for row in read})
            yield from (_located(row, known, base) for row in read)


def _is_named(row: Row) -> bool:
    return isinstance(row, RowRead) and bool(row.named)


def _located(row: RowRead, known: Mapping[str, Sequence[uuid.UUID]], base: str) -> Located:
    name = row.named
    found = known.get(_last(name), ())
    if len(found) > 1:
        found = _under(name, found)
    if len(found) == 1:
        return Located(replace(row, url=name), found[0])
    try:
        if found:
            reason = f"{len(found)} images of this dataset are called {_last(name)[:200]}."
            raise RowError("ambiguous_name", reason)
        if not base:
            raise RowError(
                "image_not_found",
                f"No image of this dataset is called {_last(name)[:200]}. Upload the images first,"
                " or say under which address they lie.",
            )
        return Located(replace(row, url=_address(base, name)))
    except RowError as error:
        refused = RowRefused(
            row.line, error.code, error.reason, url=name[:200], keys=row.keys, payload=row.payload
        )
        return Located(refused)


def _address(base: str, name: str) -> str:
    """What lies under an address; keys of buckets are taken as they stand."""
    plain = name.replace("\\", "/").lstrip("/")
    rest = plain if base[:5].lower() == "s3://" else quote(plain)
    return checked_address(f"{base.rstrip('/')}/{rest}")


def _images(dataset: Dataset, names: set[str]) -> dict[str, list[uuid.UUID]]:
    """The images of a dataset by what they are called, as they are or as addresses write it."""
    written = {quote(name): name for name in names}
    rows = Image.objects.filter(dataset=dataset, name__in={*names, *written}).order_by("pk")
    found: dict[str, list[uuid.UUID]] = {}
    for pk, name in rows.values_list("pk", "name"):
        for each in {name, written.get(name, name)} & names:
            found.setdefault(each, []).append(pk)
    return found


def _under(name: str, images: Sequence[uuid.UUID]) -> Sequence[uuid.UUID]:
    """Those of `images` of the same name that came from a place which ends in the whole `name`."""
    ending = "/" + name.replace("\\", "/").lstrip("/")
    rows = ImportRow.objects.filter(image__in=images, state=RowState.DONE)
    places = rows.values_list("image", "url")
    same = {image for image, url in places if ("/" + url.removeprefix("upload:")).endswith(ending)}
    return [image for image in images if image in same] or images


def _last(name: str) -> str:
    return file_name(name.replace("\\", "/"))
