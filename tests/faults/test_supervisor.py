"""`concord up` as its operator meets it: real processes, real kills, one data folder over time.

Starts are dear, so the tests share three instances and run in the order in which they are written:
the first loses its children, the second its supervisor, the third uses the second's services.
"""

import json
import os
import pty
import re
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

START_SECONDS = 150  # a generous bound for a busy machine; `make bench` measures the start
PRODUCTION = {
    "CONCORD_MODE": "production",
    "CONCORD_PUBLIC_URL": "https://concord.example.org",
    "CONCORD_SECRET_KEY": "0123456789abcdef0123456789abcdef",
}
CONNECTED = "Connected to redis"  # what a worker's log says once it hears the bell
UP = "from concord.client.cli import main; main()"
TAKE_TERMINAL = "import fcntl, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0);"


class Instance:
    """One data folder and port, and the `concord up` that runs there at the moment."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.port = port
        self.supervisor: subprocess.Popen[bytes] | None = None
        self._said_before = 0

    def start(self, *, terminal: int | None = None, **variables: str) -> "Instance":
        """Start it without its demo; with `terminal` as the one that its process belongs to."""
        clean = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("CONCORD_", "DATABASE_", "CELERY_", "DJANGO_"))
        }
        instance = {"CONCORD_DATA_DIR": str(self.folder), "PORT": str(self.port)}
        with self.output.open("ab") as output:
            self._said_before = output.tell()
            self.supervisor = subprocess.Popen(
                [sys.executable, "-c", f"{TAKE_TERMINAL if terminal else ''}{UP}", "up"],
                env=clean | instance | {"CONCORD_DEMO": "0"} | variables,
                stdout=output,
                stderr=output,
                cwd="/",
                stdin=terminal,
                start_new_session=terminal is not None,
            )
        return self

    @property
    def output(self) -> Path:
        return self.folder.with_suffix(".txt")

    def said(self) -> str:
        return self.output.read_text()

    def worker_log(self) -> str:
        return (self.folder / "logs" / "worker.log").read_text()

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

    def services(self) -> dict[str, str]:
        """Where the running instance's database and broker are."""
        found: dict[str, str] = json.loads((self.folder / "running.json").read_text())
        return found

    def database(self) -> "psycopg.Connection[tuple[object, ...]]":
        return psycopg.connect(self.services()["DATABASE_URL"], autocommit=True)

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
def instances(base: Path) -> Iterator[list[Instance]]:
    """Three that are not started yet."""
    three = [Instance(base / f"data {port}", port) for port in free_ports(3)]
    try:
        yield three
    finally:
        for instance in reversed(three):
            if instance.supervisor and instance.supervisor.poll() is None:
                instance.stop()


@pytest.fixture
def terminal() -> Iterator[tuple[int, int]]:
    """The end where a person types, and the end that a program reads."""
    ends = pty.openpty()
    yield ends
    for end in ends:
        os.close(end)


def test_two_instances_run_side_by_side(instances: list[Instance]) -> None:
    two = instances[:2]
    for instance in two:
        instance.start()
    for instance in two:
        instance.wait_until_ready()
        instance.wait_for_first_run_link()
        assert instance.children().keys() == {"postgres", "valkey", "web", "worker", "scheduler"}
        instance.database().execute("CREATE TABLE kept AS SELECT %s AS port", [instance.port])


def test_with_services_from_outside_none_are_started(instances: list[Instance]) -> None:
    _, second, third = instances
    services = second.services()
    third.start(
        DATABASE_URL=services["DATABASE_URL"],
        CELERY_BROKER_URL=services["CELERY_BROKER_URL"] + "?virtual_host=1",
        **PRODUCTION,
    )
    third.wait_until_ready()
    assert third.children().keys() == {"web", "worker", "scheduler"}
    assert third.database().execute("SELECT port FROM kept").fetchall() == [(second.port,)]


def test_production_sends_people_to_https_but_answers_probes(instances: list[Instance]) -> None:
    third = instances[2]
    with httpx.Client(base_url=f"http://127.0.0.1:{third.port}") as client:
        named = {"Host": "concord.example.org"}
        assert client.get("/readyz").json() == {"database": "reachable", "broker": "reachable"}
        assert client.get("/login", headers=named).headers["Location"].startswith("https://")
        page = client.get("/login", headers=named | {"X-Forwarded-Proto": "https"})
    assert page.headers["Strict-Transport-Security"]
    assert page.headers["Set-Cookie"].startswith("__Host-")
    assert third.stop() == 0


@pytest.mark.parametrize("name", ["worker", "web", "valkey", "postgres"])
def test_a_killed_child_is_started_again_and_the_reason_is_said(
    instances: list[Instance], name: str
) -> None:
    instance = instances[0]
    before = instance.children()[name]

    before.send_signal(signal.SIGKILL)
    before.wait(60)
    heard_before = instance.worker_log()

    wait_until(lambda: f"{name} ended (killed by SIGKILL)" in instance.said(), instance.said)
    wait_until(
        lambda: instance.children().get(name, before).pid != before.pid,
        instance.said,
    )
    wait_until(instance.is_ready, instance.said)
    if name == "worker":  # it is only back when it can lose the broker, which is killed soon
        wait_until(
            lambda: CONNECTED in instance.worker_log().removeprefix(heard_before),
            instance.worker_log,
        )
    assert instance.supervisor is not None
    assert instance.supervisor.poll() is None


def test_a_second_start_in_the_same_folder_is_refused(
    instances: list[Instance],
) -> None:
    instance = instances[0]
    assert instance.supervisor is not None
    said = Instance(instance.folder, free_ports(1)[0]).refusal()
    assert f"already runs in {instance.folder} (process {instance.supervisor.pid})" in said


def test_a_taken_port_is_refused(instances: list[Instance], base: Path) -> None:
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
    instances: list[Instance], terminal: tuple[int, int]
) -> None:
    instance = instances[1]
    assert instance.supervisor is not None
    orphans = instance.descendants()
    assert len(orphans) > 8  # with the processes that PostgreSQL, gunicorn and Celery start

    instance.supervisor.kill()
    instance.supervisor.wait()
    instance.start(terminal=terminal[1])
    instance.wait_until_ready()

    _, alive = psutil.wait_procs(orphans, timeout=0)
    assert alive == []
    assert instance.database().execute("SELECT port FROM kept").fetchall() == [(instance.port,)]

    processes = instance.descendants()
    os.write(terminal[0], b"\x03")  # Ctrl-C

    assert instance.supervisor.wait(60) == 0
    _, alive = psutil.wait_procs(processes, timeout=0)
    assert alive == []
    assert "killed" not in instance.said_last()
    assert not (instance.folder / "running.json").exists()


def test_a_database_of_another_major_version_is_refused(instances: list[Instance]) -> None:
    instance = instances[1]
    version = instance.folder / "postgres" / "cluster" / "PG_VERSION"
    ours = version.read_text()
    version.write_text("16\n")
    said = instance.refusal()
    version.write_text(ours)
    assert "was written by PostgreSQL 16, but this installation brings PostgreSQL" in said
    assert "Traceback" not in said


def test_a_start_after_a_stop_keeps_the_data(instances: list[Instance]) -> None:
    instance = instances[1]
    instance.start().wait_until_ready()
    assert instance.database().execute("SELECT port FROM kept").fetchall() == [(instance.port,)]


def test_the_worker_still_hears_the_bell_after_all_that(instances: list[Instance]) -> None:
    def since_it_last_connected() -> str:
        return instances[0].worker_log().rpartition(CONNECTED)[2]

    assert "Connection to broker lost" in instances[0].worker_log()
    wait_until(
        lambda: (
            re.search(r"concord\.jobs\.reap\S+ succeeded", since_it_last_connected()) is not None
        ),
        since_it_last_connected,
    )
