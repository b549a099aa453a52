"""A person's scripts at the running instance: what they ask over HTTP, and the commands that they
give."""

import os
import subprocess
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.servers.registrar import Registrar
from tests.servers.stack import COMMAND, LiveStack

PASSWORD = "four quiet words here"


@dataclass(frozen=True)
class Script:
    """What one person's token opens."""

    stack: LiveStack
    token: str

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        """Asks the API; whoever asks may do it."""
        headers = {"Authorization": f"Bearer {self.token}", "Idempotency-Key": uuid4().hex}
        reply = httpx.request(
            method, f"{self.stack.address}/api/{path}", json=body, headers=headers
        )
        assert reply.is_success, reply.text
        return reply.json() if reply.content else None

    def concord(
        self, *arguments: str, typed: str = "", **variables: str
    ) -> "subprocess.CompletedProcess[str]":
        """Gives a command as at a terminal, with `typed` on standard input."""
        return self._run([*COMMAND, *arguments], typed=typed, variables=variables)

    def python(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Runs a program of theirs."""
        return self._run([COMMAND[0], *arguments], typed="", variables={})

    def _run(
        self, command: list[str], *, typed: str, variables: dict[str, str]
    ) -> "subprocess.CompletedProcess[str]":
        own = {"CONCORD_URL": self.stack.address, "CONCORD_TOKEN": self.token, **variables}
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        paths = {"PYTHONPATH": self.stack.variables["PYTHONPATH"]}
        return subprocess.run(
            command,
            env={**kept, **paths, **own},
            check=False,
            capture_output=True,
            input=typed,
            text=True,
            timeout=120,
        )


@pytest.fixture
def script(live_stack: LiveStack, registrar: Registrar) -> Script:
    """Somebody who may make datasets."""
    return script_of(f"sami-{uuid4().hex[:8]}@example.org", live_stack, registrar, admin=True)


def script_of(email: str, stack: LiveStack, registrar: Registrar, *, admin: bool = False) -> Script:
    """The scripts of a new person."""
    registrar.create(email, password=PASSWORD, admin=admin)
    body = {"email": email, "password": PASSWORD}
    reply = httpx.post(f"{stack.address}/api/auth/token/", json=body)
    return Script(stack, reply.json()["token"])
