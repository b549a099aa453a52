"""Hosts that do not answer: their rows wait by themselves, so that others keep their pace.

What is known of a host belongs to one import, and lies in the database, where all its lanes see it:
one dataset's troubles never hold up another's. After MOST_FAILURES failures without an answer in
between a host is *silent*: rows that were never tried are set aside, and now and then one of them
is. When one gets an answer all are fetched again; after LONGEST_SILENCE they fail. Those that were
tried go their way: it may be them, and not the host, that will never work.

All statements that change rows pass over those that somebody holds, and belong into the transaction
of a claim, of which there is one at a time.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import connection

from apps.imports.models import FailingHost, Import, ImportRow

MOST_FAILURES = 8
LONGEST_SILENCE = 300
FIRST_REST = 5
LONGEST_REST = 60
AT_ONCE = 2000

# While a host is silent, only those fail that were under way already, or were to try it; the
# latter were counted when they set out.
FAILED = """
INSERT INTO imports_failinghost AS known (of_import_id, host, failures, reason)
VALUES (%(import)s, %(host)s, 1, %(reason)s)
ON CONFLICT (of_import_id, host) DO UPDATE SET
    reason = excluded.reason,
    failures = known.failures + CASE WHEN known.silent_until > now() THEN 0 ELSE 1 END,
    since = coalesce(known.since, CASE WHEN known.failures + 1 >= %(most)s THEN now() END),
    silent_until = CASE WHEN known.failures + 1 >= %(most)s THEN greatest(
        known.silent_until,
        now() + make_interval(secs => greatest(
            %(asked)s,
            CASE WHEN known.silent_until > now() THEN 0
                 ELSE least(%(first)s * 2 ^ least(known.failures + 1 - %(most)s, 10), %(longest)s)
            END
        ))
    ) END
"""
SET_THEM_ASIDE = """
UPDATE imports_importrow r SET
    code = 'waits_for_host', updated_at = now(),
    not_before = known.since + make_interval(secs => %(silence)s),
    reason = format('Waits for the host, which did not answer %%s times.', known.failures)
FROM imports_failinghost known
WHERE known.of_import_id = r.import_id AND known.host = r.host AND r.id = ANY (ARRAY(
    SELECT near.id FROM imports_importrow near JOIN imports_failinghost silent
        ON silent.of_import_id = near.import_id AND silent.host = near.host
    WHERE silent.since IS NOT NULL AND near.state = 'queued' AND near.attempts = 0
      AND near.id IN (
        SELECT id FROM imports_importrow
        WHERE import_id = %(import)s AND state = 'queued' AND not_before IS NULL
        ORDER BY line, item LIMIT %(at_once)s
    ) FOR UPDATE OF near SKIP LOCKED
))
"""
TAKE_BACK = """
UPDATE imports_importrow SET code = '', reason = '', not_before = NULL, updated_at = now()
WHERE id = ANY (ARRAY(
    SELECT r.id FROM imports_importrow r
    WHERE r.import_id = %(import)s AND r.state = 'queued' AND r.code = 'waits_for_host'
      AND NOT EXISTS (SELECT FROM imports_failinghost known
                      WHERE known.of_import_id = r.import_id AND known.host = r.host)
    LIMIT %(at_once)s FOR UPDATE OF r SKIP LOCKED
))
"""
GIVE_UP = """
UPDATE imports_importrow r SET
    state = 'failed', code = 'host_down', not_before = NULL, updated_at = now(),
    reason = format('The host did not answer; %%s attempts failed. The last time: %%s',
                    known.failures, known.reason)
FROM imports_failinghost known
WHERE known.of_import_id = r.import_id AND known.host = r.host AND r.id = ANY (ARRAY(
    SELECT late.id FROM imports_importrow late JOIN imports_failinghost silent
        ON silent.of_import_id = late.import_id AND silent.host = late.host
    WHERE late.import_id = %(import)s AND late.state = 'queued' AND late.code = 'waits_for_host'
      AND silent.since + make_interval(secs => %(silence)s) <= now()
    LIMIT %(at_once)s FOR UPDATE OF late SKIP LOCKED
))
"""
TRIED = """
UPDATE imports_failinghost known SET
    failures = failures + 1,
    silent_until = now() + make_interval(
        secs => least(%(first)s * 2 ^ least(failures + 1 - %(most)s, 10), %(longest)s)
    )
WHERE of_import_id = %(import)s AND silent_until <= now() AND EXISTS (
    SELECT FROM imports_importrow r WHERE r.import_id = known.of_import_id
      AND r.host = known.host AND r.state = 'queued' AND r.code = 'waits_for_host'
)
RETURNING host
"""
TRY = """
UPDATE imports_importrow SET
    state = 'fetching', code = '', reason = '', not_before = NULL,
    claimed_by = %(claim)s, attempts = attempts + 1, updated_at = now(),
    claimed_until = now() + make_interval(secs => %(seconds)s)
WHERE id = ANY (ARRAY(
    SELECT id FROM imports_importrow
    WHERE import_id = %(import)s AND host = %(host)s
      AND state = 'queued' AND code = 'waits_for_host'
    ORDER BY updated_at, line, item LIMIT 1 FOR UPDATE SKIP LOCKED
))
RETURNING *
"""


def note_failure(*, found: Import, host: str, reason: str, asked: float | None) -> None:
    """A host gave no answer, or one that it may mean for now only; `asked` is its Retry-After."""
    numbers = {"most": MOST_FAILURES, "first": FIRST_REST, "longest": LONGEST_REST}
    asked = float(min(asked or 0, LONGEST_REST))
    _do(FAILED, found, host=host, reason=reason, asked=asked, **numbers)


def note_answer(*, found: Import, host: str) -> None:
    """A host answered: what it failed before is forgotten."""
    FailingHost.objects.filter(of_import=found, host=host).delete()


def forget_failures(found: Import) -> None:
    """Somebody wants another try."""
    FailingHost.objects.filter(of_import=found).delete()


def failing_hosts(found: Import) -> set[str]:
    """The hosts whose last answer was none."""
    return set(FailingHost.objects.filter(of_import=found).values_list("host", flat=True))


def set_aside(found: Import) -> None:
    """Set aside the rows of silent hosts among those whose turn is next; fail those that have
    waited long enough, and take back those whose host has answered."""
    _do(TAKE_BACK, found, at_once=AT_ONCE)
    if FailingHost.objects.filter(of_import=found, since__isnull=False).exists():
        _do(SET_THEM_ASIDE, found, at_once=AT_ONCE, silence=LONGEST_SILENCE)


def give_up(found: Import) -> None:
    """Fail the rows whose host has been silent for too long."""
    _do(GIVE_UP, found, at_once=AT_ONCE, silence=LONGEST_SILENCE)


def claim_trials(*, found: Import, claim: uuid.UUID, seconds: int) -> list[ImportRow]:
    """Take one row of each silent host that has rested long enough."""
    rows: list[ImportRow] = []
    with connection.cursor() as cursor:
        numbers = {"most": MOST_FAILURES, "first": FIRST_REST, "longest": LONGEST_REST}
        cursor.execute(TRIED, {"import": found.pk, **numbers})
        hosts = [host for (host,) in cursor.fetchall()]
    for host in hosts:
        about = {"import": found.pk, "host": host, "claim": claim, "seconds": seconds}
        rows += ImportRow.objects.raw(TRY, about)
    return rows


def _do(statement: str, found: Import, **about: Any) -> None:
    values: Mapping[str, Any] = {"import": found.pk, **about}
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
