"""Taking one image down: nobody sees it any more, whatever was said of it."""

from __future__ import annotations

import time
import uuid
from collections import Counter
from dataclasses import asdict, dataclass

from django.db import transaction
from django.db.models.functions import Now

from apps.annotators.models import User
from apps.datasets.models import Dataset, Image
from apps.imports.actions.blobs import TAKEN_DOWN, order_sweep
from apps.imports.models import ImportRow, RowState
from apps.tasks.actions.removing import Held, count_anew, hold_tasks, remove_tasks, withdraw_tasks
from apps.tasks.models import TaskImage
from apps.tasks.untouched import Kept
from concord.errors import Conflict, InFlight, NotFound
from concord.events.actions import record

BUSY_PAUSE = 0.05
MOST_TRIES = 60


@dataclass(frozen=True, slots=True)
class TakenDown:
    """How many tasks about an image are gone, and how many left the work with their answers."""

    removed: int
    withdrawn: int


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


def tasks_about(image: Image) -> set[uuid.UUID]:
    """Return the tasks that show an image, without those that were withdrawn already."""
    shown = TaskImage.objects.filter(image=image, task__withdrawn_at=None)
    return set(shown.values_list("task", flat=True))


def hold_work(*, image: Image, withdraw: bool) -> Held | None:
    """Lock all tasks about an image, which the caller has locked; None if one is in somebody's
    hands just now. Raises Conflict `has_work` as `take_down` does."""
    held = hold_tasks(tasks=tasks_about(image))
    if held.kept and not withdraw:
        raise has_work(Counter(held.kept.values()))
    return None if held.busy or not held.kept.keys() <= held.whole else held


def has_work(counts: Counter[Kept]) -> Conflict:
    """The refusal to take an image down on which people have worked."""
    tasks = {str(why): count for why, count in counts.items()}
    return Conflict("has_work", "People have worked on this image.", tasks=tasks)


def clear_away(*, image: Image, held: Held, actor: User, code: str = TAKEN_DOWN) -> TakenDown:
    """Take down an image whose tasks `hold_work` has locked, in the same transaction.

    Lines that brought it, if it goes for good, are cancelled with the `code`.
    """
    remove_tasks(tasks=held.free)
    withdraw_tasks(tasks=held.kept, actor=actor)
    if TaskImage.objects.filter(image=image).exists():
        _hide(image)
    else:
        _remove(image, code)
    return TakenDown(removed=len(held.free), withdrawn=len(held.kept))


@transaction.atomic
def _take_down_once(image: Image, actor: User, *, withdraw: bool) -> bool:
    """False if a task is in somebody's hands just now."""
    held_image = Image.objects.select_for_update().filter(pk=image.pk).first()
    if held_image is None:
        raise NotFound
    held = hold_work(image=held_image, withdraw=withdraw)
    if held is None:
        return False
    counts = clear_away(image=held_image, held=held, actor=actor)
    count_anew(dataset=image.dataset)
    record(
        kind="image.taken_down",
        actor=actor,
        dataset_id=image.dataset_id,
        subject=image,
        data=asdict(counts),
    )
    return True


def _hide(image: Image) -> None:
    """Show it to nobody, nor the copies of it under which it was gold; its files leave as well."""
    copies = Image.everything.filter(dataset=image.dataset_id, blob=image.blob_id, probe=True)
    copies.update(taken_down_at=Now())
    Image.objects.filter(pk=image.pk).update(taken_down_at=Now())
    order_sweep(dataset=image.dataset, blobs=[image.blob_id])


def _remove(image: Image, code: str) -> None:
    rows = ImportRow.objects.filter(image=image)
    rows.filter(state=RowState.DONE).update(
        state=RowState.CANCELLED, code=code, image=None, task=None, updated_at=Now()
    )
    dataset: Dataset = image.dataset
    Image.objects.filter(pk=image.pk).delete()
    order_sweep(dataset=dataset, blobs=[image.blob_id])
