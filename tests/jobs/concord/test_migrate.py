"""The database is brought to a new version while somebody works on it."""

from __future__ import annotations

import io
from threading import Event, Thread

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from concord.management.commands import migrate

pytestmark = pytest.mark.django_db(transaction=True)

TAKEN = "LOCK TABLE django_migrations IN ACCESS EXCLUSIVE MODE"


@pytest.fixture(autouse=True)
def _in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrate, "PATIENCE", "50ms")
    monkeypatch.setattr(migrate, "PAUSE", 0.01)


def somebody() -> psycopg.Connection[tuple[object, ...]]:
    wrapped = connection.settings_dict
    return psycopg.connect(host=wrapped["HOST"], user=wrapped["USER"], dbname=wrapped["NAME"])


class Told(io.StringIO):
    """What is written to it, and that something was."""

    def __init__(self, first: Event) -> None:
        super().__init__()
        self._first = first

    def write(self, text: str, /) -> int:
        self._first.set()
        return super().write(text)


def test_a_table_in_use_is_let_go_and_tried_again() -> None:
    given_up = Event()
    told = Told(given_up)
    with somebody() as other:
        other.execute(TAKEN)

        def leave() -> None:
            given_up.wait(30)
            other.rollback()

        leaving = Thread(target=leave)
        leaving.start()
        call_command("migrate", verbosity=0, stderr=told)
        leaving.join()
    assert "A table is in use" in told.getvalue()
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("0",), "only while it migrates"


def test_one_that_is_never_free_is_told_with_a_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrate, "ATTEMPTS", 2)
    with somebody() as other:
        other.execute(TAKEN)
        with pytest.raises(CommandError, match="in use whenever"):
            call_command("migrate", verbosity=0, stderr=io.StringIO())


def test_an_index_whose_build_was_given_up_is_built_anew() -> None:
    recorder = MigrationRecorder(connection)
    for name in ("0003_next_review", "0004_moment_of_decisions"):
        recorder.record_unapplied("reviews", name)
    broken = "'facts_next_loss'::regclass"
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE pg_index SET indisvalid = false WHERE indexrelid = {broken}")
    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_index WHERE NOT indisvalid")
        assert cursor.fetchone() == (0,)


@pytest.fixture
def _from_before() -> None:
    """A database whose migrations were still single."""
    recorder = MigrationRecorder(connection)
    for (app, name), migration in MigrationLoader(None).disk_migrations.items():
        if migration.replaces:
            recorder.record_unapplied(app, name)
            for replaced in migration.replaces:
                recorder.record_applied(*replaced)


@pytest.mark.usefixtures("_from_before")
def test_one_whose_migrations_were_still_single_goes_on() -> None:
    call_command("migrate", verbosity=0)
    assert ("tasks", "0001_tables") in MigrationRecorder(connection).applied_migrations()


@pytest.mark.usefixtures("_from_before")
def test_one_that_has_seen_only_some_of_those_is_told_where_to_go() -> None:
    MigrationRecorder(connection).record_unapplied("tasks", "0024_ladder_unseen")
    with pytest.raises(CommandError, match=r"not seen tasks\.0024_ladder_unseen.*last version"):
        call_command("migrate", verbosity=0)
