"""One `concord up` in a data folder of its own, as an operator runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import psutil
import psycopg

START_SECONDS = 150  # a generous bound for a busy machine; `make bench` measures the start
UP = "from concord.client.cli import main; main()"
TAKE_TERMINAL = "import fcntl, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0);"


class Instance:
    """One data folder and port, and the `concord up` that runs there at the moment."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.port = port
        self.supervisor: subprocess.Popen[bytes] | None = None
        self._said_before = 0

    def start(self, *, terminal: int | None = None, **variables: str) -> Instance:
        """Start it without its demo; with `terminal` as the one that its process belongs to."""
        with self.output.open("ab") as output:
            self._said_before = output.tell()
            self.supervisor = subprocess.Popen(
                [sys.executable, "-c", f"{TAKE_TERMINAL if terminal else ''}{UP}", "up"],
                env=self.environment() | variables,
                stdout=output,
                stderr=output,
                cwd="/",
                stdin=terminal,
                start_new_session=terminal is not None,
            )
        return self

    def environment(self) -> dict[str, str]:
        """For a command about this instance: nothing that the tests' own services are to have."""
        clean = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("CONCORD_", "DATABASE_", "CELERY_", "DJANGO_"))
        }
        instance = {"CONCORD_DATA_DIR": str(self.folder), "PORT": str(self.port)}
        return clean | instance | {"CONCORD_DEMO": "0"}

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

    def database(self) -> psycopg.Connection[tuple[object, ...]]:
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
