"""A migrated database as a file, so that the migrations run once for each version of them.

All of them take many seconds of a processor; to read the file takes two. It lies in
`build/`, and is named by the migrations that are in it.
"""

from __future__ import annotations

import hashlib
import inspect
import os
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from concord import stamping
from concord.backups.making import program, run_program
from concord.services.folder import held_data_folder
from concord.services.postgres import Postgres, find_programs

BUILD = Path(__file__).parents[2] / "build"


def dumped() -> Path:
    """Where the file of the present migrations is, or will be."""
    found = hashlib.sha256(find_programs().version.encode())
    found.update(Path(stamping.__file__).read_bytes())  # of which migrations make triggers
    for key, migration in sorted(MigrationLoader(None).disk_migrations.items()):
        source = inspect.getfile(type(migration))
        found.update(f"{key}".encode() + Path(source).read_bytes())
    return BUILD / f"migrated-{found.hexdigest()[:16]}.dump"


def bring_up_to_date(address: str) -> None:
    """Migrate the empty database at `address`, which is Django's, or read the file into it."""
    file = dumped()
    if file.exists():
        read_into(address)
        return
    call_command("migrate", verbosity=0)
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL's alone has it
    BUILD.mkdir(exist_ok=True)
    draft = file.with_suffix(f".{os.getpid()}")
    run_program([program("pg_dump"), "--format=custom", f"--file={draft}", f"--dbname={address}"])
    draft.replace(file)


def read_into(address: str) -> None:
    """Fill the empty database at `address` from the file."""
    options = ["--no-owner", "--exit-on-error", "--single-transaction", f"--dbname={address}"]
    run_program([program("pg_restore"), *options, dumped()])


def prepare_instance(folder: Path) -> None:
    """Make the embedded database of an instance that has not started yet, all migrated."""
    with held_data_folder(folder) as lock:
        (folder / "logs").mkdir(exist_ok=True)
        postgres = Postgres(data_dir=folder, lock=lock)
        try:
            postgres.start()
            read_into(postgres.url)
        finally:
            postgres.stop()
