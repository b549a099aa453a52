"""The end of a row that names several images to pick from: one task about all of them."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from apps.datasets.models import Blob, Image, Interface
from apps.imports.actions.bringing import Brought, Source
from apps.imports.actions.contents import add_picks, content_of, order_key_of, set_known
from apps.imports.actions.crediting import add_answers
from apps.imports.actions.images import Wanted, images_of
from apps.imports.models import Import, ImportRow, RowState
from apps.imports.options import Options
from apps.tasks.actions.creating import TaskContent, create_task, digest_of
from apps.tasks.models import Task
from concord.errors import Invalid


def land_group(
    *, found: Import, row: ImportRow, brought: Sequence[Brought], blobs: Mapping[str, Blob]
) -> dict[str, Any]:
    """Make the task of a row; returns how the row ends. `blobs` are locked, by their SHA-256.

    An image that the dataset has already is used again: it may be in many groups. Raises Invalid.
    """
    if found.dataset.interface != Interface.IMAGE_CHOICE:
        reason = "The line names several images to pick from, which this dataset does not ask."
        raise Invalid("not_for_interface", reason)
    if len({each.sha256 for each in brought}) < len(brought):
        raise Invalid("same_image_twice", "The line names the same image twice.")
    tiles = list(zip(row.payload["tiles"], brought, strict=True))
    if any("known" in tile["option"] for tile, _ in tiles):
        # The place in the list may tell which ones are known.
        random.shuffle(tiles)
    wanted = [
        Wanted(Source(tile["image"], tile["upload"]), blobs[each.sha256]) for tile, each in tiles
    ]
    images = [image for image, _ in images_of(dataset=found.dataset, wanted=wanted)]
    options = [tile["option"] for tile, _ in tiles]
    for image, option in zip(images, options, strict=True):
        set_known(image=image, said=option)
    content = replace(content_of(row.payload), tiles=options)
    same = _same(found, images, content) if Options.of(found).on_duplicate == "skip" else None
    if same is not None and not add_answers(
        found=found, task=same, image=None, payload=row.payload
    ):
        reason = "The dataset has the same group of images already."
        return {"state": RowState.DUPLICATE, "code": "duplicate_group", "reason": reason}
    order_key = order_key_of(found, row)
    task = same or _made(found, images, order_key, content, row.payload)
    return {"state": RowState.DONE, "image": images[0], "task": task}


def _made(
    found: Import,
    images: Sequence[Image],
    order_key: int,
    content: TaskContent,
    payload: dict[str, Any],
) -> Task:
    task = create_task(dataset=found.dataset, images=images, order_key=order_key, content=content)
    add_picks(task=task, payload=payload)
    add_answers(found=found, task=task, image=None, payload=payload)
    return task


def _same(found: Import, images: Sequence[Image], content: TaskContent) -> Task | None:
    """A task about the same group, to which others may have said something, too."""
    digest = digest_of(dataset=found.dataset, images=images, content=content)
    tasks = Task.objects.of(found.dataset).select_related("dataset")
    return tasks.filter(input_hash=digest).order_by("-id").first()
