"""kill -9 in the middle of listing a folder: it is gone on with, and nothing comes twice."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection as database

from apps.annotators.models import User
from apps.datasets.models import Dataset
from apps.imports.actions import reading
from apps.imports.models import Import, ImportListing
from tests.jobs.imports.buckets import begun, in_turn, items, listing_of
from tests.jobs.imports.conftest import Connect
from tests.unit.concord.peers import peer

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[3]


def test_kill_9_while_a_folder_is_listed(
    connect: Connect, dataset: Dataset, owner: User, tmp_path: Path
) -> None:
    released = threading.Event()

    def slow(connection: socket.socket, head: bytes) -> None:
        released.wait(60)
        listing_of("a/../3", "a/../4")(connection, head)

    with peer(in_turn(listing_of("a/../1", "a/../2", more=True), slow)) as one:
        connect(one.url, one.allowance, bucket="bucket")
        found = begun(dataset, owner, "s3://bucket/a/")
        worker = start_reading(found, one.allowance, tmp_path / "worker.log")
        deadline = time.monotonic() + 60
        while len(one.requests) < 2 and time.monotonic() < deadline:
            time.sleep(0.05)
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        assert [each[1] for each in items(found)] == [1, 2]
        released.set()
        found.refresh_from_db()
        assert reading.read_rows(found=found, beat=lambda: None) is False
    assert [each[1:3] for each in items(found)] == [
        (n, f"s3://bucket/a/../{n}") for n in (1, 2, 3, 4)
    ]
    assert ImportListing.objects.get().ended


def start_reading(found: Import, allowance: str, log: Path) -> subprocess.Popen[bytes]:
    """Another process that reads the list of an import."""
    wrapped = database.settings_dict
    url = f"postgresql://{wrapped['USER']}@/{wrapped['NAME']}?host={wrapped['HOST']}"
    code = (
        "import django; django.setup()\n"
        "from apps.imports.models import Import\n"
        "from apps.imports.actions.reading import read_rows\n"
        f"while read_rows(found=Import.objects.get(pk='{found.pk}'), beat=lambda: None): pass\n"
    )
    with log.open("wb") as out:
        return subprocess.Popen(
            [sys.executable, "-c", code],
            stdout=out,
            stderr=out,
            env={
                **os.environ,
                "DATABASE_URL": url,
                "CONCORD_DATA_DIR": str(django_settings.DATA_DIR),
                "CONCORD_FETCH_ALLOW": allowance,
                "DJANGO_SETTINGS_MODULE": "concord.settings",
                "PYTHONPATH": f"{ROOT / 'platform'}{os.pathsep}{ROOT}",
            },
        )
