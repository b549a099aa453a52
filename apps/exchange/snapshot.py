"""One moment of the database, readable for as long as an export takes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, connections, transaction

ALIAS = "snapshot"


@contextmanager
def snapshot() -> Iterator[str]:
    """Open a read-only transaction in which nothing changes, and give the alias to read it by.

    It has a connection of its own: what the default one writes meanwhile, such as progress, is
    committed and seen at once.
    """
    frozen = connection.copy(alias=ALIAS)
    frozen.settings_dict["OPTIONS"].pop("pool", None)
    connections[ALIAS] = frozen
    try:
        with transaction.atomic(using=ALIAS):
            with frozen.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield ALIAS
    finally:
        frozen.close()
        del connections[ALIAS]
