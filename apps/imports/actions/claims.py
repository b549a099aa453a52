"""Rows on their way: claimed, kept, given back, brought to their end.

A claim is a token and a time by the database's clock. Every write here names the token, so a
worker that was presumed dead, or whose import was cancelled, changes nothing.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.db.models.functions import Now

from apps.datasets.models import Image
from apps.imports.actions.hosts import claim_trials, give_up, set_aside
from apps.imports.actions.running import LIVE
from apps.imports.models import ATTACHED, Import, ImportRow, RowState
from apps.tasks.models import Task
from concord.storage.egress import PER_HOST

CLAIM_SECONDS = 20
MOST_CLAIMS = 8
"""A row that was claimed so often without an end is what ends its workers."""
MOST_OF_A_HOST = 2 * PER_HOST
"""So many rows of one host are under way at a time, of all imports of all datasets together."""
MOST_OF_A_HOST_HERE = PER_HOST
"""So many of those has one lane: none of them waits for its turn at the egress door."""
NEAR = 500
"""Among so many rows whose turn is next, hosts are found that are not busy."""
CLAIM_LOCK = 0x636C61696D  # "claim"

# What waits, each part by an index of its own: rows that are through must cost nothing.
# ARRAY() is evaluated once; as a join the planner might run the LIMIT, and its locks, again.
# IS TRUE is in no index: where the planner knows little of a new list, it would rather read all
# rows that are queued than look at the few that are ranked.
CLAIM_LEFT = """
UPDATE imports_importrow SET
    state = 'fetching', claimed_by = %(claim)s, attempts = attempts + 1, updated_at = now(),
    claimed_until = now() + make_interval(secs => %(seconds)s)
WHERE id = ANY (ARRAY(
    SELECT id FROM imports_importrow
    WHERE import_id = %(import)s AND state = 'fetching' AND claimed_until < now()
    ORDER BY line, item LIMIT %(limit)s FOR UPDATE SKIP LOCKED
))
RETURNING *
"""
CLAIM = """
UPDATE imports_importrow SET
    state = 'fetching', claimed_by = %(claim)s, attempts = attempts + 1, updated_at = now(),
    claimed_until = now() + make_interval(secs => %(seconds)s)
WHERE id = ANY (ARRAY(
    SELECT r.id FROM imports_importrow r JOIN (
        SELECT id, host, row_number() OVER (PARTITION BY host ORDER BY line, item) AS place
        FROM (
            (SELECT id, host, line, item FROM imports_importrow
             WHERE import_id = %(import)s AND state = 'queued' AND not_before IS NULL
             ORDER BY line, item LIMIT %(near)s)
            UNION ALL
            (SELECT id, host, line, item FROM imports_importrow
             WHERE import_id = %(import)s AND state = 'queued' AND not_before <= now()
               AND code <> 'waits_for_host'
             ORDER BY not_before LIMIT %(near)s)
        ) next
    ) ranked USING (id) LEFT JOIN (
        SELECT host, count(*) AS everywhere,
               count(*) FILTER (WHERE claimed_by = %(claim)s) AS here
        FROM imports_importrow
        WHERE state = 'fetching' AND host <> '' AND claimed_until >= now() GROUP BY host
    ) busy ON busy.host = ranked.host
    WHERE (r.state = 'queued') IS TRUE AND (ranked.host = '' OR ranked.place <= least(
        %(everywhere)s - coalesce(busy.everywhere, 0), %(here)s - coalesce(busy.here, 0)
    )) AND (r.attempts > 0 OR NOT EXISTS (
        SELECT FROM imports_failinghost known
        WHERE known.of_import_id = %(import)s AND known.host = ranked.host
          AND known.since IS NOT NULL
    ))
    ORDER BY r.line, r.item LIMIT %(limit)s FOR UPDATE OF r SKIP LOCKED
))
RETURNING *
"""
# Until something can be claimed: now, when a claim runs out, a pause ends, or a host is tried.
NEXT = """
SELECT extract(epoch FROM least(
    (SELECT now() WHERE EXISTS (
        SELECT FROM imports_importrow
        WHERE import_id = %(import)s AND state = 'queued' AND not_before IS NULL)),
    (SELECT min(claimed_until) FROM imports_importrow
     WHERE import_id = %(import)s AND state = 'fetching'),
    (SELECT min(not_before) FROM imports_importrow
     WHERE import_id = %(import)s AND state = 'queued' AND not_before < %(attached)s),
    (SELECT min(silent_until) FROM imports_failinghost known
     WHERE of_import_id = %(import)s AND EXISTS (
        SELECT FROM imports_importrow r WHERE r.import_id = known.of_import_id
          AND r.host = known.host AND r.state IN ('queued', 'fetching')))
) - now())::float8
"""

DONE = """
UPDATE imports_importrow r SET
    state = 'done', code = '', reason = '', image_id = made.image, task_id = made.task,
    claimed_by = NULL, claimed_until = NULL, updated_at = now()
FROM unnest(%(rows)s::bigint[], %(images)s::uuid[], %(tasks)s::uuid[]) AS made (row, image, task)
WHERE r.id = made.row AND r.claimed_by = %(claim)s AND r.state = 'fetching'
"""


def claim_rows(*, found: Import, claim: uuid.UUID, limit: int) -> list[ImportRow]:
    """Take up to `limit` rows that nobody works on, first lines first; and one of each host that is
    to be tried again.

    Empty also when the import was paused, ended or started anew, or its dataset was deleted. Claims
    come one after the other, so that no host has more rows under way than it may.
    """
    with transaction.atomic():
        _wait_for_turn()
        if not is_live(found):
            return []
        _give_up_on_killers(found)
        set_aside(found)
        rows = claim_trials(found=found, claim=claim, seconds=CLAIM_SECONDS)
        give_up(found)
        rows += _claimed(CLAIM_LEFT, found, claim, limit - len(rows))
        rows += _claimed(CLAIM, found, claim, limit - len(rows))
    return sorted(rows, key=lambda row: (row.line, row.item))


def is_live(found: Import) -> bool:
    """Whether the import runs, this run is still its latest, and its dataset is there."""
    latest = Import.objects.filter(pk=found.pk, run=found.run, dataset__deleted_at=None)
    return latest.filter(state__in=LIVE).exists()


def seconds_to_next(found: Import) -> float | None:
    """Until something can be claimed, by the database's clock, 0 or less for now; None if no row
    waits."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT, {"import": found.pk, "attached": ATTACHED})
        (seconds,) = cursor.fetchone() or (None,)
    return None if seconds is None else float(seconds)


def keep_claim(*, claim: uuid.UUID, rows: list[ImportRow]) -> None:
    """Say that this worker lives and still has these rows in hand."""
    _held(claim).filter(pk__in=[row.pk for row in rows]).update(
        claimed_until=Now() + timedelta(seconds=CLAIM_SECONDS)
    )


def fail_row(*, row: ImportRow, claim: uuid.UUID, code: str, reason: str) -> bool:
    """End a row as failed."""
    return _release(row, claim, state=RowState.FAILED, code=code, reason=reason)


def put_back(
    *, row: ImportRow, claim: uuid.UUID, after_seconds: float, code: str = "", reason: str = ""
) -> bool:
    """Queue a row for later, with the attempts that it has now; `code` and `reason` tell what
    went wrong the last time."""
    return _release(
        row,
        claim,
        state=RowState.QUEUED,
        code=code,
        reason=reason,
        attempts=row.attempts,
        not_before=Now() + timedelta(seconds=after_seconds),
    )


def hold_rows(*, rows: Sequence[ImportRow], claim: uuid.UUID) -> set[int]:
    """Lock rows for the transaction that brings them to their end; returns which are ours now."""
    held = _held(claim).filter(pk__in=[row.pk for row in rows]).order_by("pk")
    return set(held.select_for_update(of=("self",)).values_list("pk", flat=True))


def end_row(*, row: ImportRow, claim: uuid.UUID, **changes: object) -> bool:
    """End a row whose image has been dealt with."""
    return _release(row, claim, **{"code": "", "reason": "", **changes})


def end_as_done(*, rows: Sequence[tuple[ImportRow, Image, Task | None]], claim: uuid.UUID) -> None:
    """End rows with what was made of them."""
    values: dict[str, Any] = {
        "claim": claim,
        "rows": [row.pk for row, _, _ in rows],
        "images": [image.pk for _, image, _ in rows],
        "tasks": [task and task.pk for _, _, task in rows],
    }
    with connection.cursor() as cursor:
        cursor.execute(DONE, values)


def _wait_for_turn() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CLAIM_LOCK])


def _claimed(statement: str, found: Import, claim: uuid.UUID, limit: int) -> list[ImportRow]:
    if limit <= 0:
        return []
    numbers = {"near": NEAR, "everywhere": MOST_OF_A_HOST, "here": MOST_OF_A_HOST_HERE}
    about = {"import": found.pk, "claim": claim, "seconds": CLAIM_SECONDS, "limit": limit}
    return list(ImportRow.objects.raw(statement, {**about, **numbers}))


def _give_up_on_killers(found: Import) -> None:
    ImportRow.objects.filter(
        of_import=found,
        state=RowState.FETCHING,
        claimed_until__lt=Now(),
        attempts__gte=MOST_CLAIMS,
    ).update(
        state=RowState.FAILED,
        code="gave_up",
        reason="Whoever worked on this row died each time.",
        claimed_by=None,
        claimed_until=None,
        updated_at=Now(),
    )


def _held(claim: uuid.UUID) -> QuerySet[ImportRow]:
    return ImportRow.objects.filter(claimed_by=claim, state=RowState.FETCHING)


def _release(row: ImportRow, claim: uuid.UUID, **changes: object) -> bool:
    fields = {"claimed_by": None, "claimed_until": None, "updated_at": Now(), **changes}
    return bool(_held(claim).filter(pk=row.pk).update(**fields))
