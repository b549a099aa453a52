"""The end of a row: its image and task, in one transaction with the row itself."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import transaction
from django.db.models import Max

from apps.datasets.models import Blob, Dataset, Image
from apps.imports.actions.bringing import Brought
from apps.imports.actions.claims import end_row, fail_row, hold_row
from apps.imports.actions.contents import add_labels_used, add_suggestion, content_of
from apps.imports.domain.addresses import file_name
from apps.imports.models import Import, ImportRow, RowState
from apps.imports.options import Options
from apps.tasks.actions.creating import create_task
from concord.errors import Invalid


def land_row(*, found: Import, row: ImportRow, claim: uuid.UUID, brought: Brought) -> None:
    """Make the image and the task of a row, unless the dataset has the image already.

    Nothing happens when the claim is gone. A payload that does not fit the image or the dataset
    fails the row.
    """
    try:
        add_labels_used(found=found, payload=row.payload)
        with transaction.atomic():
            if hold_row(row=row, claim=claim):
                _land(found, row, claim, brought)
    except Invalid as error:
        fail_row(row=row, claim=claim, code=error.code, reason=error.detail)


def _land(found: Import, row: ImportRow, claim: uuid.UUID, brought: Brought) -> None:
    keep = Options.of(found).on_duplicate == "keep"
    image, is_new = _image(found.dataset, row, _blob(brought), keep=keep)
    if not is_new:
        end_row(row=row, claim=claim, state=RowState.DUPLICATE, **_same_as(image, found))
        return
    task = create_task(
        dataset=found.dataset,
        images=[image],
        order_key=_order_key(found, row),
        content=content_of(row.payload),
    )
    add_suggestion(task=task, image=image, payload=row.payload)
    end_row(row=row, claim=claim, state=RowState.DONE, code="", reason="", image=image, task=task)


def _blob(brought: Brought) -> Blob:
    picture = brought.picture
    blob, _ = Blob.objects.get_or_create(
        sha256=brought.sha256,
        defaults={
            "media_type": picture.media_type,
            "size": brought.size,
            "width": picture.width,
            "height": picture.height,
            "exif_orientation": picture.exif_orientation,
            "rendition_sha256": brought.rendition.sha256,
            "rendition_media_type": picture.rendition_media_type,
            "rendition_size": brought.rendition.size,
            "thumbnail_sha256": brought.thumbnail_sha256,
        },
    )
    return blob


def _image(dataset: Dataset, row: ImportRow, blob: Blob, *, keep: bool) -> tuple[Image, bool]:
    """The dataset's image of these bytes and whether it was made just now."""
    copy = 0
    if keep:
        # One at a time per blob, or two rows would take the same number.
        Blob.objects.select_for_update(no_key=True).get(pk=blob.pk)
        last = Image.objects.filter(dataset=dataset, blob=blob).aggregate(last=Max("copy"))["last"]
        copy = 0 if last is None else last + 1
    address = row.url.removeprefix("upload:")
    return Image.objects.get_or_create(
        dataset=dataset,
        blob=blob,
        copy=copy,
        defaults={"name": file_name(address), "source_url": "" if row.upload else row.url},
    )


def _same_as(image: Image, found: Import) -> dict[str, Any]:
    """What a row says whose image was there before."""
    earlier = ImportRow.objects.filter(of_import=found, image=image, state=RowState.DONE).first()
    where = f"line {earlier.line}" if earlier else f"{image.name}, which the dataset has already"
    return {"code": "duplicate_image", "reason": f"The same image as {where}.", "image": image}


def _order_key(found: Import, row: ImportRow) -> int:
    """Tasks are served in the order of imports, within an import in the order of lines."""
    return int(found.created_at.timestamp()) << 24 | row.line
