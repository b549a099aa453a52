"""Files stay while a backup copies them: it names what one moment of the database needs, and the
files of a dataset that is removed a moment later would be gone when their turn comes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import connection

HELD = 0x6B656570  # "keep", the number of an advisory lock
PAUSE = 30.0
"""After so many seconds a job that was not to remove files tries again."""


@contextmanager
def removing_files() -> Iterator[bool]:
    """Whether files may be removed now. No backup begins before the end of this."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock_shared(%s)", [HELD])
        (free,) = cursor.fetchone()
        try:
            yield free
        finally:
            if free:
                cursor.execute("SELECT pg_advisory_unlock_shared(%s)", [HELD])


@contextmanager
def kept_files(database_url: str) -> Iterator[None]:
    """No file is removed until the end of this; waits for those who are at it."""
    with psycopg.connect(database_url, autocommit=True) as held:
        held.execute("SELECT pg_advisory_lock(%s)", [HELD])
        yield
        # A connection that is closed frees it too, but only when the server comes to see that.
        held.execute("SELECT pg_advisory_unlock(%s)", [HELD])
