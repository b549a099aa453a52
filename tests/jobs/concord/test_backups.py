"""A backup: what is refused as one, and that files stay while one is made.

That a backup under load holds elsewhere, tests/faults shows.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from concord.backups.folder import (
    DUMP,
    MANIFEST,
    Manifest,
    fingerprint,
    read_manifest,
    sha256_of,
    write_manifest,
)
from concord.backups.holding import kept_files, removing_files
from concord.backups.making import backup, copy_files
from concord.backups.restoring import restore
from concord.services.process import CannotStart
from concord.storage.files import LocalStore

pytestmark = pytest.mark.django_db(transaction=True)


def address() -> str:
    wrapped = connection.settings_dict
    return f"postgresql://{wrapped['USER']}@/{wrapped['NAME']}?host={wrapped['HOST']}"


def backup_in(folder: Path, *, key: str = "", migrations: tuple[str, ...] = ()) -> Path:
    """A folder that looks like a backup of this instance."""
    (folder / DUMP).write_bytes(b"no dump")
    manifest = Manifest(
        form=1,
        made_at="2026-11-01T12:00:00+00:00",
        postgres=18,
        dump_sha256=sha256_of(folder / DUMP),
        files=0,
        key=key or fingerprint(settings.SECRET_KEY),
        migrations=list(migrations),
    )
    write_manifest(folder, manifest)
    return folder


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", address())


def refusal(folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    assert restore(str(folder)) == 1
    said = capsys.readouterr().err
    assert "Nothing was restored." in said
    return said


@pytest.mark.usefixtures("here")
def test_what_is_no_whole_backup_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "is no backup, or one that was broken off" in refusal(tmp_path, capsys)
    backup_in(tmp_path)
    (tmp_path / DUMP).write_bytes(b"cut of")
    assert "is damaged" in refusal(tmp_path, capsys)
    for text, words in (("{", "cannot be read"), ('{"form": 1}', "is not that of a backup")):
        (tmp_path / MANIFEST).write_text(text)
        assert words in refusal(tmp_path, capsys)


@pytest.mark.usefixtures("here")
def test_nothing_is_overwritten_and_a_foreign_key_is_noticed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "The database is not empty" in refusal(backup_in(tmp_path), capsys)
    assert "another secret key" in refusal(backup_in(tmp_path, key="0" * 16), capsys)


def test_a_backup_that_fails_leaves_the_earlier_one_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"postgresql://nobody@/none?host={tmp_path}")
    before = read_manifest(backup_in(tmp_path))
    assert backup(str(tmp_path)) == 1
    assert "There is no new backup." in capsys.readouterr().err
    assert read_manifest(tmp_path) == before
    assert sha256_of(tmp_path / DUMP) == before.dump_sha256


def test_a_damaged_file_is_not_copied_as_if_it_were_whole(tmp_path: Path) -> None:
    source, target = LocalStore(tmp_path / "a"), LocalStore(tmp_path / "b")
    good = source.put_bytes(b"whole").sha256
    (tmp_path / "a" / "notes.txt").write_text("no file of ours")
    assert list(source.names()) == [good]
    assert (copy_files(source, target), copy_files(source, target)) == (1, 1)
    assert target.open(good).read() == b"whole"

    source.path(good).write_bytes(b"hole")
    target.delete(good)
    with pytest.raises(CannotStart, match=f"{good} is damaged"):
        copy_files(source, target)
    assert not target.exists(good)


def test_no_file_is_removed_while_a_backup_copies_them() -> None:
    with removing_files() as free:
        assert free
    with kept_files(address()), removing_files() as free:
        assert not free
    with removing_files() as free:
        assert free
