"""Rows that say in which transaction they were last written, so that a feed of them misses none.

A feed that goes by a number or a time given before the commit loses rows: who took the smaller one
may commit later. The number of the transaction does not have that fault together with the oldest
transaction that is still at work: whatever has a smaller number is there already, and whatever is
yet to come has that one or a larger. So a feed is in the order of (`changed_in`, key), and ends
before the oldest at work.

An example. Ann's transaction is number 7 and goes on working, Ben's is 8 and commits. The oldest at
work is 7, so a reader is given nothing of either. Ann's commits; with 9 the oldest, the reader is
given Ann's row and then Ben's.
"""

from __future__ import annotations

from django.db.migrations import RunSQL

from concord.rows import first_row

FUNCTION = """
CREATE OR REPLACE FUNCTION concord_stamp_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.changed_in = pg_current_xact_id()::text::bigint;
    RETURN NEW;
END $$;
"""
TRIGGER = """
CREATE TRIGGER {table}_changed BEFORE INSERT OR UPDATE ON {table}
    FOR EACH ROW EXECUTE FUNCTION concord_stamp_change();
"""

# Transactions of other databases of the server have numbers from the same row, and write nothing
# here. One that has ended since the snapshot is at work in no database, and is waited for.
OLDEST_AT_WORK = """(
SELECT least(coalesce(min(work.number), pg_snapshot_xmax(pg_current_snapshot())::text::bigint),
             pg_current_xact_id_if_assigned()::text::bigint)
  FROM (SELECT xid::text::bigint FROM pg_snapshot_xip(pg_current_snapshot()) xid) work (number)
 WHERE work.number & 4294967295 NOT IN (
           SELECT backend_xid::text::bigint FROM pg_stat_activity
            WHERE backend_xid IS NOT NULL AND datname <> current_database()))"""
"""For a statement that reads rows: of them, those with a smaller number are all that there will
ever be with one."""

# A restored database begins with small numbers again, on another server or another time line.
NUMBERED_BY = """
SELECT to_hex(system_identifier) || '.' || timeline_id,
       pg_snapshot_xmax(pg_current_snapshot())::text::bigint
  FROM pg_control_system(), pg_control_checkpoint()
"""


def stamp_changes(table: str) -> RunSQL:
    """Have every write of a row of `table` keep its transaction's number in `changed_in`."""
    return RunSQL(
        FUNCTION + TRIGGER.format(table=table), f"DROP TRIGGER {table}_changed ON {table}"
    )


def numbered_by() -> tuple[str, int]:
    """Return a name for who numbers transactions here, and the number of the next one."""
    row = first_row(NUMBERED_BY, [])
    assert row is not None
    return row[0], row[1]
