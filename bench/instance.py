"""A throw-away instance: services, web and worker started as `concord up` starts them."""

from __future__ import annotations

import contextlib
import http.client
import os
import shutil
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import django
from django.core.management import call_command

from concord.services import programs
from concord.services.environment import Environment, running_services
from concord.services.process import Child, stop

READY_SECONDS = 60


@contextlib.contextmanager
def throwaway() -> Iterator[Environment]:
    """A migrated instance without data; this process's Django uses it too.

    Once per process: Django reads its settings for good.
    """
    folder = Path(tempfile.mkdtemp(prefix="concord-bench-"))
    try:
        with running_services(folder) as environment:
            os.environ.update(environment.settings(), CONCORD_DEMO="0", CONCORD_MODE="local")
            os.environ["DJANGO_SETTINGS_MODULE"] = "concord.settings"
            django.setup()
            call_command("migrate", verbosity=0)
            yield environment
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def web(environment: Environment) -> Iterator[int]:
    """The web server, ready; yields its port."""
    with socket.create_server(("127.0.0.1", 0), backlog=512) as listener:
        # Nobody waits for this folder, so there is no lock to pass on but the listener again.
        held = listener.fileno()
        with running(programs.web(environment, lock=held, listener=held)) as child:
            port = int(listener.getsockname()[1])
            wait_for(child, lambda: is_ready(port))
            yield port


@contextlib.contextmanager
def worker(environment: Environment, *, processes: int) -> Iterator[None]:
    """A Celery worker with so many processes, listening to the broker."""
    options = ["worker", "--queues", "default,fetch", "--concurrency", str(processes)]
    options += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    child = Child(
        name=f"worker-{processes}",
        argv=[sys.executable, "-m", "celery", "-A", "concord.celery", *options, "-l", "INFO"],
        log=environment.data_dir / "logs" / f"worker-{processes}.log",
        variables=environment.variables(CONCORD_PROCESS="worker"),
        folder=environment.data_dir,
    )
    with running(child):
        wait_for(child, lambda: b" ready." in child.log.read_bytes())
        yield


def is_ready(port: int) -> bool:
    """Whether an instance on this port of 127.0.0.1 takes requests."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    with contextlib.closing(connection):
        try:
            connection.request("GET", "/readyz")
            return connection.getresponse().status == http.HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False


@contextlib.contextmanager
def running(child: Child) -> Iterator[Child]:
    """The program, started, and stopped at the end."""
    child.start()
    try:
        yield child
    finally:
        stop(child, patience=10)


def wait_for(child: Child, ready: Callable[[], bool]) -> None:
    """Wait until `child` is `ready`; RuntimeError with its last words if it never is."""
    deadline = time.monotonic() + READY_SECONDS
    while not ready():
        if not child.is_alive() or time.monotonic() > deadline:
            raise RuntimeError(f"{child.name} did not start:\n{child.last_words()}")
        time.sleep(0.05)


def free_port() -> int:
    """A port of 127.0.0.1 that nothing listens on at the moment."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
