"""The images of a dataset, made when a row brings bytes that it has not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Max

from apps.datasets.models import Blob, Dataset, Image
from apps.imports.actions.blobs import TAKEN_DOWN
from apps.imports.actions.bringing import Source
from apps.imports.domain.addresses import file_name
from concord.errors import Invalid

Key = tuple[int, int]
"""A blob, and the number of an image among those of a dataset that have it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """An image to have: where it comes from, its bytes, and what is said of it if it is new."""

    source: Source
    blob: Blob
    meta: dict[str, Any] = field(default_factory=dict)


def images_of(
    *, dataset: Dataset, wanted: Sequence[Wanted], keep: bool = False
) -> list[tuple[Image, bool]]:
    """The dataset's images of these bytes, locked, each with whether it was made just now.

    With `keep` each is one of its own, beside those of the same bytes that the dataset has. The
    caller has locked the blobs, so that nobody else makes images of them. Raises Invalid
    `taken_down`.
    """
    copies = _copies(dataset, wanted, keep=keep)
    known = _locked(dataset, wanted, copies)
    made: dict[Key, Image] = {}
    images = []
    for each, copy in zip(wanted, copies, strict=True):
        key = (each.blob.pk, copy)
        is_new = key not in known
        if is_new:
            known[key] = made[key] = _new(dataset, each, copy)
        if known[key].taken_down_at is not None:
            raise Invalid(TAKEN_DOWN, "This image was taken down from the dataset.")
        images.append((known[key], is_new))
    Image.everything.bulk_create(made.values())
    return images


def _copies(dataset: Dataset, wanted: Sequence[Wanted], *, keep: bool) -> list[int]:
    """The number of each among the dataset's images of the same bytes. Of those that were taken
    down, the last is met again."""
    if not keep:
        return [0] * len(wanted)
    same = Image.objects.filter(dataset=dataset, blob__in={each.blob.pk for each in wanted})
    last = same.values("blob").annotate(last=Max("copy"))
    following = Counter({row["blob"]: row["last"] + 1 for row in last})
    copies = []
    for each in wanted:
        copies.append(following[each.blob.pk])
        following[each.blob.pk] += 1
    return copies


def _locked(dataset: Dataset, wanted: Sequence[Wanted], copies: Sequence[int]) -> dict[Key, Image]:
    blobs = {each.blob.pk: each.blob for each in wanted}
    there = Image.everything.filter(
        dataset=dataset, blob__in=blobs, copy__in=set(copies), probe=False
    )
    known: dict[Key, Image] = {}
    for image in there.select_for_update(no_key=True).order_by("pk"):
        image.blob = blobs[image.blob_id]
        known[image.blob_id, image.copy] = image
    return known


def _new(dataset: Dataset, wanted: Wanted, copy: int) -> Image:
    address = wanted.source.url.removeprefix("upload:")
    return Image(
        dataset=dataset,
        blob=wanted.blob,
        copy=copy,
        name=file_name(address),
        source_url="" if wanted.source.upload else wanted.source.url,
        meta=wanted.meta,
    )
