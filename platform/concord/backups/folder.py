"""The folder that a backup is.

backup.json      what it is of; written last, so a folder without one is no backup
database.dump    the database at one moment, as pg_dump's custom format
files/ab/cd/...  the bytes of images and lists, named by their SHA-256
secret_key       that of a local instance; in production the operator keeps it
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from concord.services.process import CannotStart
from concord.storage.files import LocalStore

MANIFEST, DUMP, SECRET, FILES = "backup.json", "database.dump", "secret_key", "files"
FORM = 1


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup is of: `migrations` are those that its database has seen, `key` tells one
    secret key from another without telling it."""

    form: int
    made_at: str
    postgres: int
    dump_sha256: str
    files: int
    key: str
    migrations: list[str]


def fingerprint(secret_key: str) -> str:
    """A name for a secret key from which nobody learns it."""
    return hashlib.sha256(b"the key of a backup:" + secret_key.encode()).hexdigest()[:16]


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def files_of(folder: Path) -> LocalStore:
    """The files of the backup in `folder`, as a store."""
    return LocalStore(folder / FILES)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    draft = folder / f"{MANIFEST}.new"
    with draft.open("w") as file:
        json.dump(asdict(manifest), file, indent=2)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(folder / MANIFEST)


def read_manifest(folder: Path) -> Manifest:
    """Raises CannotStart with what is wrong with it."""
    try:
        found = json.loads((folder / MANIFEST).read_text())
    except FileNotFoundError as error:
        raise CannotStart(
            f"{folder} has no {MANIFEST}: it is no backup, or one that was broken off."
        ) from error
    except ValueError as error:
        raise CannotStart(f"{folder / MANIFEST} cannot be read: {error}.") from error
    try:
        manifest = Manifest(**found)
    except TypeError as error:
        raise CannotStart(f"{folder / MANIFEST} is not that of a backup: {error}.") from error
    if manifest.form != FORM:
        raise CannotStart(f"{folder} was made by another version of Concord, which can read it.")
    return manifest
