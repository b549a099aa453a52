"""The end of rows whose images are here: images and tasks, in one transaction with the rows."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from apps.datasets.models import Blob, Image, Interface
from apps.imports.actions.attaching import attach_waiting
from apps.imports.actions.blobs import blobs_of
from apps.imports.actions.bringing import Brought, source_of
from apps.imports.actions.claims import end_as_done, end_row, hold_rows
from apps.imports.actions.contents import (
    add_boxes,
    add_labels_used,
    add_suggestions,
    content_of,
    meta_of_boxes,
    meta_of_image,
    order_key_of,
    set_known,
)
from apps.imports.actions.crediting import add_answers
from apps.imports.actions.groups import land_group
from apps.imports.actions.images import Wanted, images_of
from apps.imports.actions.replacing import put_in_place
from apps.imports.models import ATTACHED, Import, ImportRow, RowState
from apps.imports.options import Options
from apps.tasks.actions.creating import NewTask, create_tasks
from apps.tasks.models import Task


@dataclass(frozen=True, slots=True)
class Landing:
    """A row and what was brought of it."""

    row: ImportRow
    brought: Sequence[Brought]


New = Sequence[tuple[ImportRow, Image]]
"""Rows whose images were not there before."""


def land_rows(*, found: Import, claim: uuid.UUID, landings: Sequence[Landing]) -> None:
    """Make the images and the tasks of rows, unless the dataset has them already.

    Where people pick among images, a row of one image is there to be put into groups and has no
    task; a row of several is a group. Nothing happens to rows whose claim is gone. All or nothing:
    raises Invalid where the payload of one does not fit its image or the dataset, and NotBrought as
    `blobs_of` and `put_in_place` do.
    """
    for each in landings:
        add_labels_used(found=found, payload=each.row.payload)
    with transaction.atomic():
        held = hold_rows(rows=[each.row for each in landings], claim=claim)
        _land(found, claim, [each for each in landings if each.row.pk in held])


def _land(found: Import, claim: uuid.UUID, landings: Sequence[Landing]) -> None:
    if not landings:
        return
    blobs = blobs_of(
        [brought for each in landings for brought in each.brought],
        since=min(each.row.updated_at for each in landings),
    )
    singles = []
    for each in landings:
        if "tiles" in each.row.payload:
            end = land_group(found=found, row=each.row, brought=each.brought, blobs=blobs)
            end_row(row=each.row, claim=claim, **end)
        else:
            singles.append((each.row, blobs[each.brought[0].sha256]))
    _land_singles(found, claim, singles)


def _land_singles(found: Import, claim: uuid.UUID, rows: Sequence[tuple[ImportRow, Blob]]) -> None:
    interface = Interface(found.dataset.interface)
    meta_of = METAS.get(interface, _no_meta)
    wanted = [Wanted(source_of(row), blob, meta_of(row.payload)) for row, blob in rows]
    keep = Options.of(found).on_duplicate == "keep"
    images = images_of(dataset=found.dataset, wanted=wanted, keep=keep)
    new = [(row, image) for (row, _), (image, is_new) in zip(rows, images, strict=True) if is_new]
    instead = hasattr(found, "replacement")
    tasks = (_land_instead if instead else LANDINGS.get(interface, _land_tasks))(found, new)
    end_as_done(claim=claim, rows=[(*each, task) for each, task in zip(new, tasks, strict=True)])
    for (row, _), (image, is_new) in zip(rows, images, strict=True):
        if not is_new:
            end_row(row=row, claim=claim, **_same_as(image, found, row.payload))
    if Options.of(found).brings == "answers":
        attach_waiting(found=found, rows=[row for row, _ in new])


def _land_tasks(found: Import, new: New) -> Sequence[Task]:
    wanted = [
        NewTask([image], order_key_of(found, row), content_of(row.payload)) for row, image in new
    ]
    tasks = create_tasks(dataset=found.dataset, wanted=wanted)
    for (row, image), task in zip(new, tasks, strict=True):
        add_suggestions(task=task, image=image, payload=row.payload)
        add_answers(found=found, task=task, image=image, payload=row.payload)
    return tasks


def _land_instead(found: Import, new: New) -> Sequence[Task | None]:
    """The image of the only line, in the place of another."""
    return [put_in_place(found=found, image=image) for _, image in new]


def _land_in_pool(found: Import, new: New) -> Sequence[None]:  # noqa: ARG001 (one of LANDINGS)
    for row, image in new:
        set_known(image=image, said=row.payload.get("extra", {}))
    return [None] * len(new)


def _land_for_boxes(found: Import, new: New) -> Sequence[None]:
    """Images to be asked about box by box: those of their lines, and what models will send."""
    for row, image in new:
        add_boxes(dataset=found.dataset, image=image, payload=row.payload)
    return [None] * len(new)


LANDINGS: dict[Interface, Callable[[Import, New], Sequence[Task | None]]] = {
    Interface.IMAGE_CHOICE: _land_in_pool,
    Interface.IMAGE: _land_for_boxes,
}
"""What becomes of new images where they are no tasks by themselves."""
METAS = {Interface.IMAGE_CHOICE: meta_of_image, Interface.IMAGE: meta_of_boxes}
"""What is said of an image where that is not said of its task."""


def _no_meta(_: dict[str, Any]) -> dict[str, Any]:
    return {}


def _same_as(image: Image, found: Import, payload: dict[str, Any]) -> dict[str, Any]:
    """The end of a row whose image was there before; it is still to come where it adds to that."""
    if payload.keys() & {"answers", "adds"}:
        return {"state": RowState.QUEUED, "image": image, "not_before": ATTACHED}
    earlier = ImportRow.objects.filter(of_import=found, image=image, state=RowState.DONE).first()
    where = f"line {earlier.line}" if earlier else f"{image.name}, which the dataset has already"
    reason = f"The same image as {where}."
    return {
        "state": RowState.DUPLICATE,
        "code": "duplicate_image",
        "reason": reason,
        "image": image,
    }
