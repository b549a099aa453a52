"""Filling tables by statements: triggers and checks of keys are off, indexes are built at the end.

A filled table has the schema that it had before; statements write what triggers would have written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection

CHUNK = 250_000
"""So many tasks a transaction: what it works with stays in memory, and its log short."""

# Keys and unique ones stay: rows come in their order, so that they hardly cost anything.
INDEXES = """
SELECT indexname, indexdef FROM pg_indexes
 WHERE tablename = ANY(%s) AND indexdef NOT LIKE 'CREATE UNIQUE%%'
"""
MEMORY = "SET maintenance_work_mem = '1GB'"


@contextmanager
def without_indexes(tables: Sequence[str]) -> Iterator[None]:
    """Drop the plain indexes of these tables, build them again, and gather statistics."""
    with connection.cursor() as cursor:
        cursor.execute(INDEXES, [list(tables)])
        indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        yield
        cursor.execute(MEMORY)
        for _, definition in indexes:
            cursor.execute(definition)
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("RESET maintenance_work_mem")


def fill(statements: str, values: dict[str, Any], *, count: int) -> None:
    """Run the statements for the tasks 1 to `count`, a chunk (`first` to `last`) at a time, without
    triggers and checks of foreign keys."""
    with connection.cursor() as cursor:
        for first in range(1, count + 1, CHUNK):
            own = {**values, "first": first, "last": min(first + CHUNK - 1, count)}
            cursor.execute("BEGIN")
            cursor.execute("SET LOCAL session_replication_role = replica")
            for statement in statements.strip().split(";\n"):
                cursor.execute(statement, own)
            cursor.execute("COMMIT")
