"""kill -9 of the worker in the middle of an import: nothing is lost and nothing comes twice."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from kombu import Connection

from apps.annotators.models import User
from apps.datasets.models import Blob, Dataset, Image
from apps.imports.actions.lists import Upload, create_import
from apps.imports.models import Import, ImportRow, ImportState, RowState
from apps.imports.options import Options
from apps.tasks.models import Slot, Task
from concord.storage.files import store
from tests.forms import rounds
from tests.servers.images import ImageServer

ROOT = Path(__file__).resolve().parents[3]
IMAGES = 200
QUEUES = ("default", "fetch")

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _clean_broker() -> Iterator[None]:
    def purge() -> None:
        with Connection(settings.CELERY_BROKER_URL) as broker:
            for queue in QUEUES:
                broker.channel().queue_purge(queue)

    purge()
    yield
    purge()


@contextmanager
def celery(log: Path, allowance: str) -> Iterator[Callable[[], None]]:
    """A worker and a scheduler as an instance runs them; yields what kills them all at once."""
    wrapped = connection.settings_dict
    environment = {
        **os.environ,
        "DATABASE_URL": f"postgresql://{wrapped['USER']}@/{wrapped['NAME']}?host={wrapped['HOST']}",
        "CELERY_BROKER_URL": settings.CELERY_BROKER_URL,
        "CONCORD_PROCESS": "worker",
        "CONCORD_DATA_DIR": str(settings.DATA_DIR),
        "CONCORD_FETCH_ALLOW": allowance,
        "PYTHONPATH": f"{ROOT / 'platform'}{os.pathsep}{ROOT}",
    }
    commands = [
        ["worker", "--queues", ",".join(QUEUES), "--concurrency", "2", "--without-gossip",
         "--without-mingle", "--loglevel", "WARNING"],
        ["beat", "--scheduler", "celery.beat:Scheduler", "--pidfile", "", "--loglevel", "WARNING"],
    ]  # fmt: skip
    with log.open("ab") as out:
        started = [
            subprocess.Popen(
                [sys.executable, "-m", "celery", "-A", "concord.celery", *command],
                cwd=log.parent,
                env=environment,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )
            for command in commands
        ]

    def kill() -> None:
        for process in started:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    try:
        yield kill
    finally:
        kill()


def wait_until(condition: Callable[[], bool], *, seconds: float, log: Path) -> float:
    """How long it took."""
    begun = time.monotonic()
    while not condition():
        assert time.monotonic() - begun < seconds, log.read_text()[-3000:]
        time.sleep(0.1)
    return time.monotonic() - begun


@pytest.mark.parametrize("_round", rounds(long=10))
def test_every_row_ends_once(
    _round: int, owner: User, dataset: Dataset, image_server: ImageServer, tmp_path: Path
) -> None:
    log = tmp_path / "celery.log"
    urls = [image_server.url(f"/slow?ms=100&n={n}") for n in range(IMAGES)]
    source = Upload("list.txt", BytesIO("\n".join(urls).encode()))
    made = create_import(user=owner, dataset=dataset, source=source, options=Options())
    ended = ImportRow.objects.filter(of_import=made).exclude(
        state__in=[RowState.QUEUED, RowState.FETCHING]
    )

    with celery(log, image_server.allowance) as kill:
        wait_until(lambda: ended.count() >= IMAGES // 4, seconds=90, log=log)
        kill()
    assert ImportRow.objects.filter(of_import=made, state=RowState.FETCHING).exists()
    assert ended.count() < IMAGES

    with celery(log, image_server.allowance):
        wait_until(
            lambda: Import.objects.get(pk=made.pk).state == ImportState.DONE, seconds=60, log=log
        )
    assert Import.objects.with_counts().get(pk=made.pk).counts == {
        "total": IMAGES, "queued": 0, "fetching": 0, "done": IMAGES, "duplicate": 0, "failed": 0,
        "cancelled": 0,
    }  # fmt: skip
    rows = ImportRow.objects.filter(of_import=made)
    assert len(set(rows.values_list("image", flat=True))) == IMAGES
    assert len(set(rows.values_list("task", flat=True))) == IMAGES
    assert Image.objects.filter(dataset=dataset).count() == IMAGES
    assert Task.objects.filter(dataset=dataset).count() == IMAGES
    assert Slot.objects.filter(dataset=dataset).count() == 2 * IMAGES
    files = Blob.objects.values_list("sha256", "rendition_sha256", "thumbnail_sha256")
    assert all(store().exists(sha256) for names in files for sha256 in names)
    asked = [image_server.requests[f"/slow?ms=100&n={n}"] for n in range(IMAGES)]
    assert max(asked) <= 2, "at most one more request for a row that was under way"
