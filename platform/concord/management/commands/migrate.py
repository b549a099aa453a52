"""`manage.py migrate`, also while people work.

A change of a table waits for whoever uses it, and all who come later wait behind the change. So it
gives up soon, lets them pass, and tries again: a migration is a transaction, so nothing of one
that gave up is there.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from psycopg.errors import LockNotAvailable

PATIENCE = "2s"
"""How long people may be held up at once."""
PAUSE = 1.0
ATTEMPTS = 60


class Command(migrate.Command):
    """Django's own, which waits for no table longer than `PATIENCE`."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Bring the database to this version; CommandError if it never is free, or too old."""
        for _ in range(ATTEMPTS):
            try:
                with _no_long_waits():
                    _refuse_if_halfway()
                    super().handle(*args, **options)
            except OperationalError as error:
                if not isinstance(error.__cause__, LockNotAvailable):
                    raise
                self.stderr.write(f"A table is in use; trying again in {PAUSE:.0f} s.")
                time.sleep(PAUSE)
            else:
                return
        raise CommandError(
            "Tables were in use whenever they were to be changed. End what works on them for long"
            " (an export, a report, a backup), and try again."
        )


@contextmanager
def _no_long_waits() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, false)", [PATIENCE])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET lock_timeout")


def _refuse_if_halfway() -> None:
    """Of migrations that are one by now, an older database has seen all or none: each is gone."""
    seen = MigrationRecorder(connection).applied_migrations()
    for key, squashed in MigrationLoader(None).disk_migrations.items():
        missing = [name for name in squashed.replaces if name not in seen]
        if key not in seen and missing and len(missing) < len(squashed.replaces):
            raise CommandError(
                f"This database has not seen {'.'.join(missing[0])}, which is part of"
                f" {'.'.join(key)} by now. Bring it up to date with the last version that has it"
                " by itself, and then with this one."
            )
