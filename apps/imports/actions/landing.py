"""The end of a row: its images and its task, in one transaction with the row itself."""

from __future__ import annotations

import random
import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.db.models import Max

from apps.datasets.models import Blob, Dataset, Image, Interface
from apps.imports.actions.blobs import blob_of
from apps.imports.actions.bringing import Brought, Source, sources_of
from apps.imports.actions.claims import end_row, fail_row, hold_row
from apps.imports.actions.contents import (
    add_boxes,
    add_labels_used,
    add_picks,
    add_suggestion,
    content_of,
    meta_of_boxes,
    meta_of_image,
    set_known,
)
from apps.imports.actions.replacing import put_in_place
from apps.imports.domain.addresses import file_name
from apps.imports.models import Import, ImportRow, RowState
from apps.imports.options import Options
from apps.tasks.actions.creating import create_task, digest_of
from apps.tasks.models import Task
from concord.errors import Invalid

MOST_PLACES = (1 << 24) - 1


def land_row(
    *, found: Import, row: ImportRow, claim: uuid.UUID, brought: Sequence[Brought]
) -> None:
    """Make the images and the task of a row, unless the dataset has them already.

    Where people pick among images, a row of one image is there to be put into groups and has no
    task; a row of several is a group. Nothing happens when the claim is gone. A payload that does
    not fit the image or the dataset fails the row. Raises NotBrought as `blob_of` and
    `put_in_place` do.
    """
    try:
        add_labels_used(found=found, payload=row.payload)
        with transaction.atomic():
            if hold_row(row=row, claim=claim):
                end = _land(found, row, brought)
                end_row(row=row, claim=claim, **{"code": "", "reason": "", **end})
    except Invalid as error:
        fail_row(row=row, claim=claim, code=error.code, reason=error.detail)


def _land(found: Import, row: ImportRow, brought: Sequence[Brought]) -> dict[str, Any]:
    """Make what a row asks for; returns the end of the row."""
    if hasattr(found, "replacement"):
        return _land_instead(found, row, *brought)
    picks = found.dataset.interface == Interface.IMAGE_CHOICE
    if "tiles" in row.payload:
        if not picks:
            reason = "The line names several images to pick from, which this dataset does not ask."
            raise Invalid("not_for_interface", reason)
        return _land_group(found, row, brought)
    land = LANDINGS.get(Interface(found.dataset.interface), _land_task)
    return land(found, row, *brought)


def _land_instead(found: Import, row: ImportRow, brought: Brought) -> dict[str, Any]:
    """An image in the place of another, unless the dataset has these bytes: then both stay."""
    image, is_new = _image_of(found, row, brought)
    if not is_new:
        return _same_as(image, found)
    return {"state": RowState.DONE, "image": image, "task": put_in_place(found=found, image=image)}


def _land_task(found: Import, row: ImportRow, brought: Brought) -> dict[str, Any]:
    image, is_new = _image_of(found, row, brought)
    if not is_new:
        return _same_as(image, found)
    task = create_task(
        dataset=found.dataset,
        images=[image],
        order_key=_order_key(found, row),
        content=content_of(row.payload),
    )
    add_suggestion(task=task, image=image, payload=row.payload)
    return {"state": RowState.DONE, "image": image, "task": task}


def _land_in_pool(found: Import, row: ImportRow, brought: Brought) -> dict[str, Any]:
    meta = meta_of_image(row.payload)
    image, is_new = _image_of(found, row, brought, meta=meta)
    if not is_new:
        return _same_as(image, found)
    set_known(image=image, said=row.payload.get("extra", {}))
    return {"state": RowState.DONE, "image": image}


def _land_for_boxes(found: Import, row: ImportRow, brought: Brought) -> dict[str, Any]:
    """An image to be asked about box by box: those of its line, and what models will send."""
    image, is_new = _image_of(found, row, brought, meta=meta_of_boxes(row.payload))
    if not is_new:
        return _same_as(image, found)
    add_boxes(dataset=found.dataset, image=image, payload=row.payload)
    return {"state": RowState.DONE, "image": image}


LANDINGS = {Interface.IMAGE_CHOICE: _land_in_pool, Interface.IMAGE: _land_for_boxes}
"""What becomes of an image where it is no task by itself."""


def _land_group(found: Import, row: ImportRow, brought: Sequence[Brought]) -> dict[str, Any]:
    """An image that the dataset has already is used again: it may be in many groups."""
    tiles = list(zip(row.payload["tiles"], brought, strict=True))
    if any("known" in tile["option"] for tile, _ in tiles):
        # The place in the list may tell which ones are known.
        random.shuffle(tiles)
    made: dict[str, Image] = {}
    # In the order of their bytes, so that two groups that share images never wait for one another.
    for tile, each in sorted(tiles, key=lambda pair: pair[1].sha256):
        source = Source(tile["image"], tile["upload"])
        made[each.sha256], _ = _image(
            found.dataset, source, blob_of(each, since=row.updated_at), keep=False
        )
        set_known(image=made[each.sha256], said=tile["option"])
    if len(made) < len(tiles):
        raise Invalid("same_image_twice", "The line names the same image twice.")
    images = [made[each.sha256] for _, each in tiles]
    content = replace(content_of(row.payload), tiles=[tile["option"] for tile, _ in tiles])
    digest = digest_of(dataset=found.dataset, images=images, content=content)
    same = Task.objects.of(found.dataset).filter(input_hash=digest)
    if Options.of(found).on_duplicate == "skip" and same.exists():
        reason = "The dataset has the same group of images already."
        return {"state": RowState.DUPLICATE, "code": "duplicate_group", "reason": reason}
    task = create_task(
        dataset=found.dataset, images=images, order_key=_order_key(found, row), content=content
    )
    add_picks(task=task, payload=row.payload)
    return {"state": RowState.DONE, "image": images[0], "task": task}


def _image_of(
    found: Import, row: ImportRow, brought: Brought, *, meta: dict[str, Any] | None = None
) -> tuple[Image, bool]:
    (source,) = sources_of(row)
    keep = Options.of(found).on_duplicate == "keep"
    blob = blob_of(brought, since=row.updated_at)
    return _image(found.dataset, source, blob, keep=keep, meta=meta)


def _image(
    dataset: Dataset,
    source: Source,
    blob: Blob,
    *,
    keep: bool,
    meta: dict[str, Any] | None = None,
) -> tuple[Image, bool]:
    """The dataset's image of these bytes, locked, and whether it was made just now."""
    copy = 0
    if keep:
        # The blob is locked, or two rows would take the same number. Where all that there are were
        # taken down, that is met again.
        last = Image.objects.filter(dataset=dataset, blob=blob).aggregate(last=Max("copy"))["last"]
        copy = 0 if last is None else last + 1
    address = source.url.removeprefix("upload:")
    image, is_new = Image.everything.select_for_update(no_key=True).get_or_create(
        dataset=dataset,
        blob=blob,
        copy=copy,
        probe=False,
        defaults={
            "name": file_name(address),
            "source_url": "" if source.upload else source.url,
            "meta": meta or {},
        },
    )
    if image.taken_down_at is not None:
        raise Invalid("taken_down", "This image was taken down from the dataset.")
    return image, is_new


def _same_as(image: Image, found: Import) -> dict[str, Any]:
    """The end of a row whose image was there before."""
    earlier = ImportRow.objects.filter(of_import=found, image=image, state=RowState.DONE).first()
    where = f"line {earlier.line}" if earlier else f"{image.name}, which the dataset has already"
    reason = f"The same image as {where}."
    return {
        "state": RowState.DUPLICATE,
        "code": "duplicate_image",
        "reason": reason,
        "image": image,
    }


def _order_key(found: Import, row: ImportRow) -> int:
    """Tasks are served in the order of imports, within an import in the order of lines."""
    return int(found.created_at.timestamp()) << 24 | min(row.line + row.item, MOST_PLACES)
