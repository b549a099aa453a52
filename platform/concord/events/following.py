"""Following events by id without losing those that commit late.

Ids are given before the commit, so an event with a smaller id may appear after one with a larger.
A reader is therefore sure of everything up to a mark only when each transaction that was at work
when the mark was made has ended; until then it is given what lies behind the mark again.

An example. Ann's transaction takes id 7 and goes on working, Ben's takes 8 and commits. The reader
is given 8 and marks 8; Ann's transaction is still at work, so it is sure of 6 alone. It is given 8
again, then 7 and 8, and once Ann's transaction has ended it is sure of 8.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from django.db import transaction

from concord.events.models import Event, EventReader
from concord.rows import first_row
from concord.stamping import OLDEST_AT_WORK

PAGE = 500
TAKING_A_NUMBER = timedelta(seconds=30)
"""Between its id and its transaction's number an event is seen by neither. That takes microseconds;
a mark waits for so long all the same."""

# Both as of one moment: what commits after it has an event beyond `newest` or a number not below
# `next`, or is one of those that `oldest` tells of.
NOW = f"""
SELECT (SELECT coalesce(max(id), 0) FROM concord_event), clock_timestamp(), {OLDEST_AT_WORK},
       pg_snapshot_xmax(pg_current_snapshot())::text::bigint
"""  # noqa: S608 (of constants)


@dataclass(frozen=True, slots=True)
class Moment:
    """The newest event, the time, the oldest transaction at work, and the next one's number."""

    newest: int
    at: datetime
    oldest: int
    next: int


@transaction.atomic
def follow(*, reader: str, kinds: Collection[str], deal: Callable[[Sequence[Event]], None]) -> None:
    """Give `deal` the events of these kinds of which `reader` is not sure yet, oldest first.

    What `deal` writes is committed with how far the reader is, so an attempt that is broken off
    has done nothing. It is given events again and must know what it has done. Of two that follow
    as the same reader one waits for the other.
    """
    EventReader.objects.get_or_create(name=reader)
    held = EventReader.objects.select_for_update().get(name=reader)
    moment = Moment(*cast(tuple[int, datetime, int, int], first_row(NOW, [])))
    news = Event.objects.filter(id__gt=held.sure, kind__in=kinds).order_by("id")
    while page := list(news[:PAGE]):
        deal(page)
        news = news.filter(id__gt=page[-1].id)
    _move(held, moment)


def _move(held: EventReader, now: Moment) -> None:
    if held.transaction is not None and held.transaction > now.next:
        held.mark = None  # numbered by another server, from which this database was restored
    elif held.mark is not None and held.transaction is not None and held.marked_at is not None:
        ended = held.transaction <= now.oldest
        if ended and held.marked_at + TAKING_A_NUMBER <= now.at:
            held.sure, held.mark = held.mark, None
    if held.mark is None and now.newest > held.sure:
        held.mark, held.transaction, held.marked_at = now.newest, now.next, now.at
    held.save()
