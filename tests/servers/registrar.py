"""Makes accounts at the running instance and logs people in, where no test looks at either.

One process for all of them, since Django takes a second or two to start; and not this one, which
has another database.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.servers.stack import LiveStack

PROCESS = Path(__file__).with_name("registering.py")


@dataclass(frozen=True)
class Cookie:
    """By this a browser is known to have logged in."""

    name: str
    value: str


class Registrar:
    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def create(self, email: str, *, password: str, admin: bool) -> Cookie:
        """Makes an account, and logs its person in."""
        rights = {"is_admin": admin, "may_create_datasets": admin}
        return self._ask({"email": email, "password": password, **rights})

    def log_in(self, email: str) -> Cookie:
        """Logs in somebody who has an account."""
        return self._ask({"email": email})

    def _ask(self, person: dict[str, Any]) -> Cookie:
        assert self._process.stdin
        assert self._process.stdout
        print(json.dumps(person), file=self._process.stdin, flush=True)
        return Cookie(**json.loads(self._process.stdout.readline()))


@pytest.fixture(scope="session")
def registrar(live_stack: LiveStack) -> Iterator[Registrar]:
    with subprocess.Popen(
        [sys.executable, "-W", "ignore", str(PROCESS)],
        env={**live_stack.variables, "DJANGO_SETTINGS_MODULE": "concord.settings"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield Registrar(process)
