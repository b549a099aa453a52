"""Rows on their way: claimed, kept, given back, brought to their end.

A claim is a token and a time by the database's clock. Every write here names the token, so a
worker that was presumed dead, or whose import was cancelled, changes nothing.
"""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.db.models import QuerySet
from django.db.models.functions import Now

from apps.imports.models import Import, ImportRow, RowState

CLAIM_SECONDS = 20
MOST_CLAIMS = 8
"""A row that was claimed so often without an end is what ends its workers."""

# ARRAY() is evaluated once; as a join the planner might run the LIMIT, and its locks, again.
CLAIM = """
UPDATE imports_importrow SET
    state = 'fetching', claimed_by = %(claim)s, attempts = attempts + 1, updated_at = now(),
    claimed_until = now() + make_interval(secs => %(seconds)s)
WHERE id = ANY (ARRAY(
    SELECT r.id FROM imports_importrow r JOIN imports_import i ON i.id = r.import_id
    JOIN datasets_dataset d ON d.id = i.dataset_id AND d.deleted_at IS NULL
    WHERE i.id = %(import)s AND i.run = %(run)s AND i.state IN ('running', 'storage_full')
      AND (r.state = 'queued' AND (r.not_before IS NULL OR r.not_before <= now())
           OR r.state = 'fetching' AND r.claimed_until < now())
    ORDER BY r.line, r.item LIMIT %(limit)s FOR UPDATE OF r SKIP LOCKED
))
RETURNING *
"""


def claim_rows(*, found: Import, claim: uuid.UUID, limit: int) -> list[ImportRow]:
    """Take up to `limit` rows that nobody works on, first lines first.

    Empty also when the import was paused, ended or started anew, or its dataset was deleted.
    """
    _give_up_on_killers(found)
    rows = ImportRow.objects.raw(
        CLAIM,
        {
            "import": found.pk,
            "run": found.run,
            "claim": claim,
            "seconds": CLAIM_SECONDS,
            "limit": limit,
        },
    )
    return sorted(rows, key=lambda row: (row.line, row.item))


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


def hold_row(*, row: ImportRow, claim: uuid.UUID) -> bool:
    """Lock a row for the transaction that brings it to its end; False if it is not ours now."""
    held = _held(claim).filter(pk=row.pk).select_for_update(of=("self",)).values_list("pk")
    return held.first() is not None


def end_row(*, row: ImportRow, claim: uuid.UUID, **changes: object) -> bool:
    """End a row whose image has been dealt with."""
    return _release(row, claim, **changes)


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
