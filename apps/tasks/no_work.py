"""Why somebody gets no work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from apps.annotators.models import User
from apps.datasets.models import Dataset
from apps.tasks.actions.places import find_position
from apps.tasks.actions.planning import is_routed
from apps.tasks.eligible import CLAIMABLE, NO_PART_OF_MINE, NOT_GIVEN_UP, ROUTED_TO_ME
from apps.tasks.models import Purpose, Slot, SlotState
from concord.jobs.queries import is_busy
from concord.rows import first_row


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

NEXT_RETURN = f"""
SELECT (SELECT s.lease_expires_at FROM tasks_slot s
         WHERE s.dataset_id = %(dataset)s AND s.state = 'leased' AND s.lease_expires_at > now()
           AND NOT s.surplus AND {ROUTED_TO_ME} AND {NO_PART_OF_MINE} AND {NOT_GIVEN_UP}
         ORDER BY s.lease_expires_at LIMIT 1),
       (SELECT passed.until FROM tasks_pass passed
         WHERE passed.user_id = %(user)s AND passed.dataset_id = %(dataset)s
           AND passed.until > now()
           AND EXISTS (SELECT FROM tasks_slot s
                        WHERE s.task_id = passed.task_id AND s.state = 'free' AND {ROUTED_TO_ME}
                          AND {NO_PART_OF_MINE})
         ORDER BY passed.until LIMIT 1)
"""  # noqa: S608 - made of constants

LEFT_OVER = f"""
SELECT EXISTS (SELECT FROM tasks_slot s WHERE s.returned AND {CLAIMABLE}),
       EXISTS (SELECT FROM tasks_slot s
                WHERE s.dataset_id = %(dataset)s AND s.state = 'withheld' AND {ROUTED_TO_ME}
                  AND {NO_PART_OF_MINE} AND {NOT_GIVEN_UP})
"""  # noqa: S608 - made of constants


@transaction.atomic
def why_no_work(*, user: User, dataset: Dataset) -> NoWork:
    """Return why `user` gets nothing in `dataset` at the moment."""
    if dataset.archived_at is not None:
        return ARCHIVED
    for prefix, reason in BUSY.items():
        if is_busy(dataset_id=dataset.id, prefix=prefix):
            return reason
    if (until := _next_return(user=user, dataset=dataset)) is not None:
        return with_others(until)
    return _without_end(user=user, dataset=dataset)


def with_others(until: datetime) -> NoWork:
    """What is left comes back at some time."""
    detail = "What is left is with other people, or was skipped by you for now."
    return NoWork("all_leased", detail, until)


def _without_end(*, user: User, dataset: Dataset) -> NoWork:
    """The reason where no lease and no skip has an end to wait for."""
    values = {"user": user.id, "dataset": dataset.id}
    returned, withheld = first_row(LEFT_OVER, values) or (False, False)
    # It came after the claim that found nothing, so nobody may be told that all is done.
    if returned or not find_position(user=user, dataset=dataset).searched:
        return COMING
    if withheld:
        return WITHHELD
    # Asked only where it can be true: it may mean to read every free slot.
    if is_routed(dataset) and _routed_past(user=user, dataset=dataset):
        return FOR_OTHERS
    return DONE


def _next_return(*, user: User, dataset: Dataset) -> datetime | None:
    """When the first lease of somebody else, or the first of `user`'s own skips, runs out."""
    ends = first_row(NEXT_RETURN, {"user": user.id, "dataset": dataset.id}) or ()
    return min(filter(None, ends), default=None)


def _routed_past(*, user: User, dataset: Dataset) -> bool:
    free = Slot.objects.filter(dataset=dataset, state=SlotState.FREE).exclude(purpose=Purpose.GOLD)
    sent_to_others = Q(only__isnull=False) & ~Q(only__contains=[user.pk])
    return free.filter(sent_to_others | Q(barred__contains=[user.pk])).exists()
