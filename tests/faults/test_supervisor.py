"""`concord up` as its operator meets it: real processes, real kills, one data folder over time.

The tests run in the order in which they are written, on two instances that are started together.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import psutil
import psycopg
import pytest

from tests.servers.ports import free_ports

pytestmark = pytest.mark.xdist_group("supervisor")

START_SECONDS = 60
COMMAND = (sys.executable, "-c", "from concord.client.cli import main; main()", "up")


class Instance:
    """One data folder and port, and the `concord up` that runs there at the moment."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.port = port
        self.supervisor: subprocess.Popen[bytes] | None = None
        self._said_before = 0

    def start(self, **variables: str) -> "Instance":
        clean = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("CONCORD_", "DATABASE_", "CELERY_", "DJANGO_"))
        }
        instance = {"CONCORD_DATA_DIR": str(self.folder), "PORT": str(self.port)}
        with self.output.open("ab") as output:
            self._said_before = output.tell()
            self.supervisor = subprocess.Popen(
                COMMAND,
                env=clean | instance | {"CONCORD_DEMO": "0"} | variables,
                stdout=output,
                stderr=output,
                cwd="/",
            )
        return self

    @property
    def output(self) -> Path:
        return self.folder.with_suffix(".txt")

    def said(self) -> str:
        return self.output.read_text()

    def said_last(self) -> str:
        """What the last start said."""
        return self.said()[self._said_before :]

    def refusal(self, **variables: str) -> str:
        """What a start that must fail has to say; it may not take long."""
        self.start(**variables)
        assert self.supervisor is not None
        assert self.supervisor.wait(START_SECONDS) == 1
        return self.said_last()

    def wait_until_ready(self) -> None:
        """Wait until the last start has said that it is ready, which /readyz must confirm."""
        wait_until(lambda: "Concord is ready" in self.said_last(), self.said)
        assert self.is_ready()

    def wait_for_first_run_link(self) -> None:
        wait_until(lambda: "Create the first account: http" in self.said_last(), self.said)

    def is_ready(self) -> bool:
        try:
            return httpx.get(f"http://127.0.0.1:{self.port}/readyz", timeout=5).is_success
        except httpx.TransportError:
            return False

    def children(self) -> dict[str, psutil.Process]:
        """The supervisor's own children by their names in its messages."""
        assert self.supervisor is not None
        marks = {
            "postgres": "/postgres -D",
            "valkey": "valkey-server",
            "web": "gunicorn",
            "worker": "celery.worker",
            "scheduler": "celery.beat",
        }
        found = {}
        for process in psutil.Process(self.supervisor.pid).children():
            line = " ".join(process.cmdline()).replace("-A concord.celery worker", "celery.worker")
            line = line.replace("-A concord.celery beat", "celery.beat")
            found |= {name: process for name, mark in marks.items() if mark in line}
        return found

    def descendants(self) -> list[psutil.Process]:
        assert self.supervisor is not None
        return psutil.Process(self.supervisor.pid).children(recursive=True)

    def database(self) -> "psycopg.Connection[tuple[object, ...]]":
        url = json.loads((self.folder / "running.json").read_text())["DATABASE_URL"]
        return psycopg.connect(url, autocommit=True)

    def stop(self) -> int:
        assert self.supervisor is not None
        self.supervisor.terminate()
        return self.supervisor.wait(60)


def wait_until(is_so: Callable[[], bool], describe: Callable[[], str]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not is_so():
        assert time.monotonic() < deadline, describe()
        time.sleep(0.1)


@pytest.fixture(scope="module")
def base() -> Iterator[Path]:
    # Not below pytest's own folder, which PostgreSQL cannot enter when the tests run as root.
    folder = Path(tempfile.mkdtemp(prefix="concord up "))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def instances(base: Path) -> Iterator[tuple[Instance, Instance]]:
    first, second = (Instance(base / f"data {port}", port) for port in free_ports(2))
    try:
        first.start()
        second.start()
        yield first, second
    finally:
        for instance in (first, second):
            if instance.supervisor and instance.supervisor.poll() is None:
                instance.stop()


def test_two_instances_run_side_by_side(instances: tuple[Instance, Instance]) -> None:
    for instance in instances:
        instance.wait_until_ready()
        instance.wait_for_first_run_link()
        assert instance.children().keys() == {"postgres", "valkey", "web", "worker", "scheduler"}
        instance.database().execute("CREATE TABLE kept AS SELECT %s AS port", [instance.port])


@pytest.mark.parametrize("name", ["worker", "web", "valkey", "postgres"])
def test_a_killed_child_is_started_again_and_the_reason_is_said(
    instances: tuple[Instance, Instance], name: str
) -> None:
    instance = instances[0]
    before = instance.children()[name]

    before.send_signal(signal.SIGKILL)

    wait_until(lambda: f"{name} ended (killed by SIGKILL)" in instance.said(), instance.said)
    wait_until(
        lambda: name in instance.children() and instance.children()[name].pid != before.pid,
        instance.said,
    )
    wait_until(instance.is_ready, instance.said)
    assert instance.supervisor is not None
    assert instance.supervisor.poll() is None


def test_a_second_start_in_the_same_folder_is_refused(
    instances: tuple[Instance, Instance],
) -> None:
    instance = instances[0]
    assert instance.supervisor is not None
    said = Instance(instance.folder, free_ports(1)[0]).refusal()
    assert f"already runs in {instance.folder} (process {instance.supervisor.pid})" in said


def test_a_taken_port_is_refused(instances: tuple[Instance, Instance], base: Path) -> None:
    port = instances[0].port
    said = Instance(base / "other", port).refusal()
    assert f"Port {port} on 127.0.0.1 is taken" in said


def test_production_without_a_secret_is_refused(base: Path) -> None:
    said = Instance(base / "production", free_ports(1)[0]).refusal(
        CONCORD_MODE="production", CONCORD_PUBLIC_URL="https://concord.example.org"
    )
    assert "CONCORD_MODE=production needs CONCORD_SECRET_KEY" in said
    assert "Traceback" not in said


def test_a_killed_supervisor_leaves_nothing_that_blocks_the_next_start(
    instances: tuple[Instance, Instance],
) -> None:
    instance = instances[1]
    assert instance.supervisor is not None
    orphans = instance.descendants()
    assert len(orphans) > 8  # with the processes that PostgreSQL, gunicorn and Celery start

    instance.supervisor.kill()
    instance.supervisor.wait()
    instance.start()
    instance.wait_until_ready()

    _, alive = psutil.wait_procs(orphans, timeout=0)
    assert alive == []
    assert instance.database().execute("SELECT port FROM kept").fetchall() == [(instance.port,)]


def test_a_stop_leaves_no_process_and_the_next_start_keeps_the_data(
    instances: tuple[Instance, Instance],
) -> None:
    instance = instances[1]
    processes = instance.descendants()

    assert instance.stop() == 0

    _, alive = psutil.wait_procs(processes, timeout=0)
    assert alive == []
    assert not (instance.folder / "running.json").exists()
    started_at = time.monotonic()
    instance.start().wait_until_ready()
    assert time.monotonic() - started_at < 30  # 5 on a quiet machine; tests run beside this one
    assert instance.database().execute("SELECT port FROM kept").fetchall() == [(instance.port,)]


def test_a_database_of_another_major_version_is_refused(
    instances: tuple[Instance, Instance],
) -> None:
    instance = instances[1]
    instance.stop()
    (instance.folder / "postgres" / "cluster" / "PG_VERSION").write_text("16\n")
    said = instance.refusal()
    assert "was written by PostgreSQL 16, but this installation brings PostgreSQL" in said
    assert "Traceback" not in said


def test_the_worker_still_hears_the_bell_after_all_that(
    instances: tuple[Instance, Instance],
) -> None:
    log = instances[0].folder / "logs" / "worker.log"

    def since_it_last_connected() -> str:
        return log.read_text().rpartition("Connected to redis")[2]

    assert "Connection to broker lost" in log.read_text()
    wait_until(lambda: "ForkPoolWorker" in since_it_last_connected(), since_it_last_connected)
    assert "concord.jobs.reap" in since_it_last_connected()
