"""Taking one image down: nobody sees it any more, whatever was said of it."""

from __future__ import annotations

import time
from collections import Counter

from django.db import transaction
from django.db.models.functions import Now

from apps.annotators.models import User
from apps.datasets.models import Dataset, Image
from apps.imports.actions.blobs import order_sweep
from apps.imports.models import ImportRow, RowState
from apps.tasks.actions.removing import count_anew, hold_tasks, remove_tasks, withdraw_tasks
from apps.tasks.models import TaskImage
from concord.errors import Conflict, InFlight, NotFound
from concord.events.actions import record

CODE = "taken_down"
BUSY_PAUSE = 0.05
MOST_TRIES = 60


def take_down(*, image: Image, actor: User, withdraw: bool) -> None:
    """Remove an image and its tasks, if nobody has worked on them.

    Else, with `withdraw`, those that somebody has worked on leave the work with their answers, and
    the image's row stays for them, though nobody is shown it. Raises Conflict `has_work` without
    that, with how many `tasks` for which reason; NotFound; InFlight `busy` when people keep
    claiming or answering just these tasks.
    """
    for _ in range(MOST_TRIES):
        if _take_down_once(image, actor, withdraw=withdraw):
            return
        time.sleep(BUSY_PAUSE)
    raise InFlight("busy", "Somebody is working on this image at the moment. Try again.")


@transaction.atomic
def _take_down_once(image: Image, actor: User, *, withdraw: bool) -> bool:
    """False if a task is in somebody's hands just now."""
    held_image = Image.objects.select_for_update().filter(pk=image.pk).first()
    if held_image is None:
        raise NotFound
    tasks = set(TaskImage.objects.filter(image=image).values_list("task", flat=True))
    held = hold_tasks(tasks=tasks)
    if held.kept and not withdraw:
        counts = Counter(str(why) for why in held.kept.values())
        raise Conflict("has_work", "People have worked on this image.", tasks=counts)
    if held.busy or not held.kept.keys() <= held.whole:
        return False
    remove_tasks(tasks=held.free)
    if held.kept:
        withdraw_tasks(tasks=held.kept, actor=actor)
        _hide(held_image)
    else:
        _remove(held_image)
    count_anew(dataset=image.dataset)
    record(
        kind="image.taken_down",
        actor=actor,
        dataset_id=image.dataset_id,
        subject=image,
        data={"removed": len(held.free), "withdrawn": len(held.kept)},
    )
    return True


def _hide(image: Image) -> None:
    """Show it to nobody, nor the copies of it under which it was gold."""
    copies = Image.everything.filter(dataset=image.dataset_id, blob=image.blob_id, probe=True)
    copies.update(taken_down_at=Now())
    Image.objects.filter(pk=image.pk).update(taken_down_at=Now())


def _remove(image: Image) -> None:
    rows = ImportRow.objects.filter(image=image)
    rows.filter(state=RowState.DONE).update(
        state=RowState.CANCELLED, code=CODE, image=None, task=None, updated_at=Now()
    )
    dataset: Dataset = image.dataset
    Image.objects.filter(pk=image.pk).delete()
    order_sweep(dataset=dataset, blobs=[image.blob_id])
