"""`concord up` as its operator meets it: real processes, real kills, one data folder over time.

Starts are dear, so the tests share three instances and run in the order in which they are written:
the first loses its children, the second its supervisor, the third uses the second's services.
"""

import os
import pty
import re
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil
import pytest

from tests.faults.instance import Instance, wait_until
from tests.servers.migrated import prepare_instance
from tests.servers.ports import free_ports

PRODUCTION = {
    "CONCORD_MODE": "production",
    "CONCORD_PUBLIC_URL": "https://concord.example.org",
    "CONCORD_SECRET_KEY": "0123456789abcdef0123456789abcdef",
}
CONNECTED = "Connected to redis"  # what a worker's log says once it hears the bell


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


@pytest.mark.usefixtures("template")
def test_two_instances_run_side_by_side(instances: list[Instance]) -> None:
    two = instances[:2]
    prepare_instance(two[1].folder)  # the first begins with nothing
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
