"""A database and a broker that are stopped, not gone: the kernel still takes connections for them,
and nobody ever answers."""

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from concord.databases import database
from concord.http.health import LONGEST, parts
from concord.services.folder import held_data_folder
from concord.services.postgres import Postgres
from concord.services.valkey import Valkey


@pytest.fixture
def folder() -> Iterator[Path]:
    # Not below pytest's own, which PostgreSQL cannot enter when the tests run as root.
    made = Path(tempfile.mkdtemp(prefix="concord-stopped-"))
    made.chmod(0o711)
    (made / "logs").mkdir()
    yield made
    shutil.rmtree(made)


def test_readiness_tells_the_truth_of_both_within_seconds(
    folder: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert LONGEST < 5
    with held_data_folder(folder) as lock:
        postgres = Postgres(data_dir=folder, lock=lock, durable=False)
        valkey = Valkey(data_dir=folder, lock=lock)
        try:
            postgres.start()
            valkey.start()
            _ask_these(postgres, valkey, settings, monkeypatch)
            assert parts() == {"database": True, "broker": True}
            for child in (postgres.child, valkey.child):
                os.kill(child.pid, signal.SIGSTOP)
            assert parts() == {"database": False, "broker": False}
            for child in (postgres.child, valkey.child):
                os.kill(child.pid, signal.SIGCONT)
            assert parts() == {"database": True, "broker": True}
        finally:
            postgres.child.kill()
            valkey.child.kill()


def _ask_these(
    postgres: Postgres, valkey: Valkey, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = database(postgres.url)
    parameters = {"dbname": named["NAME"], "user": named["USER"], "host": named["HOST"]}
    monkeypatch.setattr(connection, "get_connection_params", lambda: dict(parameters))
    settings.CELERY_BROKER_URL = valkey.url
