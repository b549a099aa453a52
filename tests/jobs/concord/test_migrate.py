"""The database is brought to a new version while somebody works on it."""

from __future__ import annotations

import io
from threading import Event, Thread

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

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
