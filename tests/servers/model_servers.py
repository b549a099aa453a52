"""Model servers: a real process that can be killed, and one in this process that says anything."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.servers.ports import free_ports, loopback_allowance

ROOT = Path(__file__).resolve().parents[2]

# Finds one stop sign in every image, whatever is in it, and writes down how large each was.
PROGRAM = """
import sys
from concord.detector.serving import Detector, server_of

def find(data):
    with open(sys.argv[2], "a") as log:
        log.write(f"{len(data)}\\n")
    return [{"type": "rect", "x": 10, "y": 10, "width": 40, "height": 20, "label": label,
             "score": score} for label, score in (("stop", 0.9), ("stop", 0.1), ("zebra", 0.9))]

detector = Detector(model="process", version="7", labels=("stop", "zebra"), find=find)
token = sys.argv[3]
with server_of(detector, host="127.0.0.1", port=int(sys.argv[1]), token=token) as server:
    print("ready", flush=True)
    server.serve_forever()
"""


class ModelProcess:
    """A process that speaks our own protocol; killed and started again at the same port."""

    def __init__(self, log: Path, *, token: str = "") -> None:
        (self.port,) = free_ports(1)
        self.url = f"http://127.0.0.1:{self.port}"
        self.allowance = loopback_allowance(self.port)
        self._log, self._token = log, token
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        command = [sys.executable, "-c", PROGRAM, str(self.port), str(self._log), self._token]
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "platform")}
        self._process = subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "ready\n"

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    @property
    def seen(self) -> int:
        """How many images it was asked about."""
        return len(self._log.read_text().splitlines()) if self._log.exists() else 0


@pytest.fixture
def model_process(tmp_path: Path) -> Iterator[ModelProcess]:
    process = ModelProcess(tmp_path / "seen.log")
    process.start()
    yield process
    process.kill()


class Scripted:
    """Answers each path with what `said` has for it, a status and JSON; keeps what it was asked."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.allowance = loopback_allowance(port)
        self.said: dict[str, tuple[int, Any]] = {}
        self.asked: list[tuple[str, dict[str, str], Any]] = []


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        script: Scripted = self.server.script  # type: ignore[attr-defined]  # set by scripted
        length = int(self.headers.get("Content-Length", 0))
        body = json.loads(self.rfile.read(length)) if length else None
        script.asked.append((f"{self.command} {self.path}", dict(self.headers), body))
        status, value = script.said.get(self.path, (404, {}))
        data = value if isinstance(value, bytes) else json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    do_POST = do_GET  # noqa: N815 (the name that http.server looks for)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def scripted() -> Iterator[Scripted]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    script = Scripted(server.server_address[1])
    server.script = script  # type: ignore[attr-defined]  # read by _Handler
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield script
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def model_script() -> Iterator[Scripted]:
    with scripted() as script:
        yield script
