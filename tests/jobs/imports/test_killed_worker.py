"""kill -9 of the worker in the middle of an import: nothing is lost and nothing comes twice."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from kombu import Connection

from apps.annotators.models import User
from apps.datasets.models import Dataset
from apps.imports.models import Import, ImportRow, ImportState
from tests.forms import rounds
from tests.jobs.imports.buckets import begun
from tests.jobs.imports.ledger import WAITING, check_books, dead_for_a_minute, ended, places
from tests.servers.images import ImageServer

ROOT = Path(__file__).resolve().parents[3]
IMAGES = 60
JUNK = 6000
KILLS = 5
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
    """A worker with a scheduler; yields what kills all its processes at once."""
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
    command = [
        *("worker", "--queues", ",".join(QUEUES), "--concurrency", "2", "--without-gossip"),
        *("--without-mingle", "--loglevel", "WARNING"),
        # Its scheduler in the same program: each start costs seconds.
        *("--beat", "--scheduler", "celery.beat:Scheduler"),
    ]
    with log.open("ab") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "concord.celery", *command],
            cwd=log.parent,
            env=environment,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )

    def kill() -> None:
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


@pytest.mark.parametrize("seed", rounds(long=10))
def test_every_row_ends_once(
    seed: int, owner: User, dataset: Dataset, image_server: ImageServer, tmp_path: Path
) -> None:
    """kill -9 of everything five times, each in the middle of another import; then all end."""
    log = tmp_path / "celery.log"
    made: list[Import] = []
    for number, place in enumerate(places(seed, count=KILLS, most=IMAGES // 2)):
        made.append(begun(dataset, owner, long_list(image_server, number)))
        before = ended(dataset)
        with celery(log, image_server.allowance) as kill:
            wait_until(lambda: rows_of(made[-1]).exists(), seconds=90, log=log)
            wait_until(lambda: ended(dataset) >= before + place, seconds=90, log=log)  # noqa: B023 (called at once)
            kill()
        check_books(dataset)
        dead_for_a_minute()
    assert ImportRow.objects.filter(dataset=dataset, state__in=WAITING).exists()

    with celery(log, image_server.allowance):
        done = Import.objects.filter(dataset=dataset, state=ImportState.DONE)
        wait_until(lambda: done.count() == KILLS, seconds=90, log=log)
    check_books(dataset)
    for each in Import.objects.with_counts().filter(dataset=dataset):
        assert each.counts == {
            "total": IMAGES + JUNK, "queued": 0, "fetching": 0, "done": IMAGES, "duplicate": 0,
            "failed": JUNK, "cancelled": 0,
        }  # fmt: skip
    asked = [times for path, times in image_server.requests.items() if "?" in path]
    assert max(asked) <= 1 + KILLS, "once more for each time that it was under way"


def long_list(server: ImageServer, number: int) -> str:
    """Images, and between them so much that the rest is read while the first are fetched."""
    urls = [server.url(f"/slow?ms=50&n={number * IMAGES + n}") for n in range(IMAGES)]
    return "\n".join([*urls[:-5], *(f"no address {n}" for n in range(JUNK)), *urls[-5:]])


def rows_of(found: Import) -> QuerySet[ImportRow]:
    return ImportRow.objects.filter(of_import=found)
