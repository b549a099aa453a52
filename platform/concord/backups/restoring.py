"""`concord restore FOLDER`: an empty instance becomes the one that a backup is of.

It is all or nothing for the database, and nothing is overwritten: an instance that holds anything
is refused. Files come first, so that whatever the database names is there; a restore that was
broken off is begun again by the same command. Once the database is written only statistics may be
missing, which the server gathers by itself in time.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

import psycopg

from concord.backups.folder import (
    DUMP,
    SECRET,
    Manifest,
    files_of,
    fingerprint,
    read_manifest,
    sha256_of,
)
from concord.backups.making import copy_files, database, program, run_program
from concord.errors import StorageFull
from concord.services.environment import data_dir
from concord.services.process import CannotStart
from concord.services.supervisor import say

TABLES = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"


def restore(source: str) -> int:
    """Fill this instance, which must be empty and not run, from a backup; the exit code."""
    folder = Path(source).absolute()
    try:
        manifest = read_manifest(folder)
        if sha256_of(folder / DUMP) != manifest.dump_sha256:
            raise CannotStart(f"{folder / DUMP} is damaged: its hash is not that of the backup.")
        _take_key(folder, manifest)
        with database() as url:
            _refuse_if_filled(url)
            _refuse_if_newer(manifest)
            _fill(folder, url)
    except (CannotStart, OSError, StorageFull) as refusal:
        say(f"Nothing was restored. {refusal}")
        return 1
    say(f"This is the instance of {manifest.made_at} now. Start it: concord up")
    return 0


def _fill(folder: Path, url: str) -> None:
    from concord.storage.files import store  # noqa: PLC0415 - needs the settings

    say("Copying files")
    say(f"{copy_files(files_of(folder), store()):,} files")
    say("Writing the database")
    options = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]
    run_program([program("pg_restore"), *options, f"--dbname={url}", folder / DUMP])
    say("Gathering statistics")
    # A dump has none, and without them the first people would wait for bad plans.
    with suppress(psycopg.Error), psycopg.connect(url, autocommit=True) as connection:
        connection.execute("ANALYZE")


def _take_key(folder: Path, manifest: Manifest) -> None:
    """Without the key nobody could read the credentials of connections and servers again."""
    own, kept = data_dir() / SECRET, folder / SECRET
    if kept.exists() and not own.exists() and not os.environ.get("CONCORD_SECRET_KEY"):
        own.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(kept, own)
    from django.conf import settings  # noqa: PLC0415 - reading them would make a key

    if fingerprint(settings.SECRET_KEY) != manifest.key:
        raise CannotStart(
            "This instance has another secret key than the backup, so that nobody could log in by"
            " old links or reach connections with their credentials. Set CONCORD_SECRET_KEY to the"
            f" one of then, or put it into {own}."
        )


def _refuse_if_filled(url: str) -> None:
    with psycopg.connect(url) as connection:
        row = connection.execute(TABLES).fetchone()
    if row != (0,):
        raise CannotStart(
            "The database is not empty. Restore into a new one: set CONCORD_DATA_DIR to a new"
            " folder, or DATABASE_URL to an empty database."
        )


def _refuse_if_newer(manifest: Manifest) -> None:
    import django  # noqa: PLC0415 - needs the settings, which name the database
    from django.db.migrations.loader import MigrationLoader  # noqa: PLC0415 (as above)

    django.setup()
    written = MigrationLoader(None).disk_migrations
    known = {".".join(key) for name in written for key in (name, *written[name].replaces)}
    if unknown := sorted(set(manifest.migrations) - known):
        raise CannotStart(
            f"The backup is of a newer version of Concord, which knows {unknown[0]}. Install that."
        )
