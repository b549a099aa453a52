"""Finding events: newest first, by an index whatever is looked for.

Where kinds are looked for, each is found by itself and the newest of all are kept: a few entries
of an index per kind, however rare they are among a million answers.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connections
from django.db.models import QuerySet

from apps.desk.queries.event_names import Named, named
from concord.events.models import Event

CHUNK = 500
"""So many are read at once for a file."""

NEWEST = 2**63 - 1

# An event's id and its time grow together but for the moment that a statement takes; an hour bears
# a clock that was set.
BOUNDS = """
WITH bound AS MATERIALIZED (
    SELECT coalesce((SELECT id FROM concord_event
                      WHERE at >= %(until)s::timestamptz + interval '1 hour'
                      ORDER BY at LIMIT 1), %(top)s) AS top,
           coalesce((SELECT id FROM concord_event
                      WHERE at < %(since)s::timestamptz - interval '1 hour'
                      ORDER BY at DESC LIMIT 1), 0) AS bottom)
"""
BEFORE = "id < (SELECT top FROM bound) AND at < %(until)s"
SINCE = "id > (SELECT bottom FROM bound) AND at >= %(since)s"
SOME = "SELECT id FROM concord_event WHERE {where} ORDER BY id {turn} LIMIT %(count)s"
# Each kind is named in a condition of its own, so that the planner knows how rare it is.
ALL = "SELECT id FROM ({each}) AS found ORDER BY id {turn} LIMIT %(count)s"


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for; all of it must hold. No `kinds` are all of them, `until` is excluded."""

    dataset: uuid.UUID | None = None
    actor: uuid.UUID | None = None
    kinds: tuple[str, ...] = ()
    about: tuple[str, str] | None = None
    """Type and id of the object."""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Stand:
    """Where to go on: after the event with this id, towards older ones or back to newer ones."""

    after: int | None = None
    backwards: bool = False


def events_in(sought: Sought, *, stand: Stand, count: int, using: str = "default") -> list[Named]:
    """Return so many events from a place on, in reading order, with the names of what they tell
    of as those are now."""
    statement, values = _statement(sought, stand)
    with connections[using].cursor() as cursor:
        cursor.execute(statement, {**values, "count": count})
        ids = [row[0] for row in cursor.fetchall()]
    return named(_by_id(ids, using=using, backwards=stand.backwards), using=using)


def all_events(sought: Sought, *, using: str) -> Iterator[Named]:
    """Yield all that is looked for, newest first, a chunk in memory at a time."""
    stand = Stand()
    while chunk := events_in(sought, stand=stand, count=CHUNK, using=using):
        yield from chunk
        stand = Stand(after=chunk[-1].event.id)


def _by_id(ids: list[int], *, using: str, backwards: bool) -> QuerySet[Event]:
    order = "id" if backwards else "-id"
    return Event.objects.using(using).filter(id__in=ids).order_by(order)


def _statement(sought: Sought, stand: Stand) -> tuple[str, dict[str, Any]]:
    type_, object_ = sought.about or (None, None)
    parts = {
        "dataset_id = %(dataset)s": sought.dataset,
        "actor_id = %(actor)s": sought.actor,
        "object_type = %(type)s AND object_id = %(object)s": type_,
        BEFORE: sought.until,
        SINCE: sought.since,
        f"id {'>' if stand.backwards else '<'} %(after)s": stand.after,
    }
    turn = "ASC" if stand.backwards else "DESC"
    where = " AND ".join(part for part, value in parts.items() if value is not None) or "true"
    values = {
        "dataset": sought.dataset,
        "actor": sought.actor,
        "type": type_,
        "object": object_,
        "until": sought.until,
        "since": sought.since,
        "after": stand.after,
        "top": NEWEST,
    }
    kinds = {f"kind{n}": kind for n, kind in enumerate(sought.kinds)}
    each = [SOME.format(where=f"kind = %({name})s AND {where}", turn=turn) for name in kinds]
    statement = SOME.format(where=where, turn=turn)
    if kinds:
        statement = ALL.format(each=" UNION ALL ".join(f"({one})" for one in each), turn=turn)
    bounded = sought.since is not None or sought.until is not None
    return (BOUNDS if bounded else "") + statement, values | kinds
