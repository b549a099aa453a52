"""Why somebody gets no work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min, Q
from django.db.models.functions import Now

from apps.annotators.models import User
from apps.datasets.config import DatasetConfig
from apps.datasets.models import Dataset
from apps.tasks.models import Pass, Slot, SlotQuerySet, SlotState
from concord.jobs.queries import is_busy


@dataclass(frozen=True, slots=True)
class NoWork:
    """Why there is nothing to do: a code, a sentence, and when to ask again if that is known."""

    code: str
    detail: str
    until: datetime | None = None


ARCHIVED = NoWork("not_allowed", "This dataset is archived; a manager can open it again.")
IMPORTING = NoWork("importing", "Images are still being imported; the next ones come soon.")
COMPOSING = NoWork("importing", "Images are being put into groups; the first ones come soon.")
WITHHELD = NoWork("all_leased", "What is left was skipped; a manager looks at it first.")
FOR_OTHERS = NoWork("not_allowed", "What is left is meant for other people.")
COMING = NoWork("all_leased", "Something has just come free; this page asks for it again.")
DONE = NoWork("done", "You have answered everything there is for you here.")

BUSY = {"imports.": IMPORTING, "tasks.compose": COMPOSING}
"""What people wait for while jobs of a kind are at work."""


def why_no_work(*, user: User, dataset: Dataset) -> NoWork:
    """Return why `user` gets nothing in `dataset` at the moment."""
    if dataset.archived_at is not None:
        return ARCHIVED
    for prefix, reason in BUSY.items():
        if is_busy(dataset_id=dataset.id, prefix=prefix):
            return reason
    if (until := _next_return(user=user, dataset=dataset)) is not None:
        detail = "What is left is with other people, or was skipped by you for now."
        return NoWork("all_leased", detail, until)
    return _without_end(user=user, dataset=dataset)


def _without_end(*, user: User, dataset: Dataset) -> NoWork:
    """The reason where no lease and no skip has an end to wait for."""
    others = _not_mine(user=user, dataset=dataset)
    # It was given back after the claim that found nothing, so nobody may be told that all is done.
    if others.filter(state=SlotState.FREE).exists():
        return COMING
    if others.filter(state=SlotState.WITHHELD).exists():
        return WITHHELD
    # Asked only where it can be true: it may mean to read every free slot.
    if DatasetConfig.of(dataset).routing and _routed_past(user=user, dataset=dataset):
        return FOR_OTHERS
    return DONE


def _next_return(*, user: User, dataset: Dataset) -> datetime | None:
    """When the first lease of somebody else, or the first of `user`'s own skips, runs out."""
    leased = _not_mine(user=user, dataset=dataset).filter(
        state=SlotState.LEASED, lease_expires_at__gt=Now(), surplus=False
    )
    free = Slot.objects.for_person(user).filter(dataset=dataset, state=SlotState.FREE)
    passed = Pass.objects.filter(
        user=user, dataset=dataset, until__gt=Now(), task__in=free.values("task")
    )
    ends = (
        leased.aggregate(at=Min("lease_expires_at"))["at"],
        passed.aggregate(at=Min("until"))["at"],
    )
    return min(filter(None, ends), default=None)


def _not_mine(*, user: User, dataset: Dataset) -> SlotQuerySet:
    """The slots that `user` may have, of tasks in which they have no part yet."""
    mine = Slot.objects.filter(user=user, dataset=dataset)
    given_up = Pass.objects.filter(user=user, dataset=dataset, until=None)
    slots = Slot.objects.for_person(user).filter(dataset=dataset)
    return slots.exclude(task__in=mine.values("task")).exclude(task__in=given_up.values("task"))


def _routed_past(*, user: User, dataset: Dataset) -> bool:
    free = Slot.objects.filter(dataset=dataset, state=SlotState.FREE)
    sent_to_others = Q(only__isnull=False) & ~Q(only__contains=[user.pk])
    return free.filter(sent_to_others | Q(barred__contains=[user.pk])).exists()
