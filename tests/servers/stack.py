"""The whole product as a user starts it: `concord up` in a data folder of its own.

Its database is a copy of the run's (`databases`) where there is one, and made by `concord up`
otherwise, which the tests of the supervisor look at.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psycopg
import pytest

from tests.servers.databases import Template
from tests.servers.ports import free_ports

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-c", "from concord.client.cli import main; main()")
START_SECONDS = 90


@dataclass(frozen=True)
class LiveStack:
    """A running instance without demo; its imports may reach any port of this machine."""

    address: str
    folder: Path
    variables: dict[str, str]
    supervisor: "subprocess.Popen[bytes]"

    def create_user(self, email: str, *, password: str, admin: bool = False) -> None:
        """By the command that an operator gives."""
        options = ["--password-stdin", *(["--admin"] if admin else [])]
        subprocess.run(
            [*COMMAND, "createuser", email, *options],
            env=self.variables,
            input=f"{password}\n",
            text=True,
            check=True,
            timeout=60,
        )

    def learn(self, slug: str) -> None:
        """Has the worker learn from a dataset and measure it at once, not some minutes later."""
        code = (
            "from apps.datasets.models import Dataset; from concord.jobs.actions import enqueue;"
            f"pk = Dataset.objects.get(slug={slug!r}).pk;"
            "enqueue(kind='reviews.learn', args={'dataset': str(pk)}, dataset_id=pk)"
        )
        command = [sys.executable, ROOT / "manage.py", "shell", "-c", code]
        subprocess.run(command, env=self._inside(), check=True, timeout=60)

    def _inside(self) -> dict[str, str]:
        """What its own processes find in their environment."""
        return self.variables | json.loads((self.folder / "running.json").read_text())

    def delete_session(self, key: str) -> None:
        """Ends it as time would: somebody who logs out gives back what they hold, too."""
        with psycopg.connect(self._inside()["DATABASE_URL"]) as database:
            database.execute("DELETE FROM django_session WHERE session_key = %s", [key])

    def log(self, name: str) -> str:
        """What one process wrote: up, web, worker, scheduler, prepare, postgres or valkey."""
        path = self.folder / "logs" / f"{name}.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def first_run_link(self) -> str:
        """The one-time link that the terminal shows, a moment after the start."""
        deadline = time.monotonic() + START_SECONDS
        while not (found := re.search(r"http\S+/first-run\S+", self.log("up"))):
            if time.monotonic() > deadline:
                raise RuntimeError(f"No link for the first account:\n{self.log('up')}")
            time.sleep(0.2)
        return found[0]

    def is_ready(self) -> bool:
        try:
            return httpx.get(f"{self.address}/readyz", timeout=2).is_success
        except httpx.TransportError:
            return False


@pytest.fixture(scope="session")
def live_stack(template: Template | None) -> Iterator[LiveStack]:
    """The one that the tests share: whatever a test makes there stays."""
    with _running(template) as stack:
        yield stack


@pytest.fixture
def new_stack(template: Template | None) -> Iterator[LiveStack]:
    """One more, on which nobody has an account yet."""
    with _running(template) as stack:
        yield stack


@contextmanager
def _running(template: Template | None) -> Iterator[LiveStack]:
    # Not below pytest's own folder: PostgreSQL could not enter it when the tests run as root.
    folder = Path(tempfile.mkdtemp(prefix="concord-live-"))
    services = {"DATABASE_URL": template.copy()} if template else {}
    stack = _started(folder, port=free_ports(1)[0], services=services)
    try:
        _wait_until_ready(stack)
        yield stack
    finally:
        _stop(stack)
        shutil.rmtree(folder)


def _started(folder: Path, *, port: int, services: dict[str, str]) -> LiveStack:
    variables = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATABASE_URL", "CELERY_BROKER_URL", "DJANGO_SETTINGS_MODULE"}
        and not name.startswith("CONCORD_")
    } | {
        **services,
        "CONCORD_DATA_DIR": str(folder),
        "CONCORD_DEMO": "0",
        "CONCORD_FETCH_ALLOW": "127.0.0.1/32",
        "PORT": str(port),
        "PYTHONPATH": os.pathsep.join([str(ROOT / "platform"), str(ROOT)]),
    }
    (folder / "logs").mkdir()
    with (folder / "logs" / "up.log").open("wb") as log:
        supervisor = subprocess.Popen([*COMMAND, "up"], env=variables, stdout=log, stderr=log)
    return LiveStack(f"http://127.0.0.1:{port}", folder, variables, supervisor)


def _wait_until_ready(stack: LiveStack) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not stack.is_ready():
        if stack.supervisor.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"Concord did not start:\n{stack.log('up')}{stack.log('prepare')}")
        time.sleep(0.2)


def _stop(stack: LiveStack) -> None:
    stack.supervisor.terminate()
    try:
        stack.supervisor.wait(60)
    except subprocess.TimeoutExpired:
        stack.supervisor.kill()
        raise
