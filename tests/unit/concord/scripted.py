"""A server on loopback that says what a test has written down, and remembers what it was asked."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import UUID

import pytest

DATASET: dict[str, Any] = {
    "id": str(UUID(int=1)),
    "slug": "street",
    "name": "Street",
    "interface": "image_manual",
    "config_version": 3,
    "labels": [{"name": "sign", "retired": False}, {"name": "old", "retired": True}],
    "options": [],
    "archived_at": None,
}
IMPORT = UUID(int=2)
IMAGES = f"POST /api/datasets/{UUID(int=1)}/images/"
IMPORTS = f"POST /api/datasets/{UUID(int=1)}/imports/"
FORMS = {IMAGES, IMPORTS}
ASKED_AT_THE_DOOR = (400, {"code": "invalid", "detail": "Send files."})
CUT = 0
"""The status of an answer that never comes: the connection breaks instead."""


def an_import(state: str = "done", *, number: int = 2, **counts: int) -> dict[str, Any]:
    """An import as the API shows it."""
    ends = dict.fromkeys(["done", "duplicate", "failed", "cancelled"], 0) | counts
    total = counts.get("total", sum(ends.values()))
    return {
        "id": str(UUID(int=number)),
        "state": state,
        "error": "",
        "counts": {**ends, "total": total},
    }


@dataclass(frozen=True)
class Asked:
    """A request that came."""

    what: str
    headers: dict[str, str]
    body: bytes

    @property
    def key(self) -> str:
        return self.headers["Idempotency-Key"]

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Scripted:
    """`answers` by verb and path, one after the other, of which the last stays: status, JSON or
    bytes, and perhaps headers."""

    address: str
    answers: dict[str, list[Any]] = field(default_factory=dict)
    requests: list[Asked] = field(default_factory=list)

    def says(self, what: str, *answers: Any) -> None:
        self.answers[what] = list(answers)

    def asked(self, what: str) -> list[Asked]:
        """Requests of this kind, without those that only ask at the door."""
        return [each for each in self.requests if each.what == what and each.body != b"{}"]

    def next_answer(self, asked: Asked) -> Any:
        self.requests.append(asked)
        if asked.body == b"{}" and asked.what in FORMS and "door" not in self.answers:
            return ASKED_AT_THE_DOOR
        what = "door" if asked.body == b"{}" and asked.what in FORMS else asked.what
        waiting = self.answers.get(what, [(404, b"<!doctype html>")])
        return waiting.pop(0) if len(waiting) > 1 else waiting[0]


@contextmanager
def scripted() -> Iterator[Scripted]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    one = Scripted(f"http://127.0.0.1:{server.server_address[1]}")
    server.scripted = one  # type: ignore[attr-defined]  # ours
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield one
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def scripted_for_commands(patch: pytest.MonkeyPatch) -> Iterator[Scripted]:
    """One that knows the dataset `street`; commands ask it, and wait for nothing."""
    patch.setattr("time.sleep", lambda _: None)
    with scripted() as one:
        patch.setenv("CONCORD_URL", one.address)
        patch.setenv("CONCORD_TOKEN", "concord_secret")
        one.says("GET /api/datasets/street/", (200, DATASET))
        yield one


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def _answer(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        asked = Asked(
            f"{self.command} {self.path}", dict(self.headers.items()), self.rfile.read(length)
        )
        status, body, *more = self.server.scripted.next_answer(asked)  # type: ignore[attr-defined]  # ours
        if status == CUT:
            self.close_connection = True
            return
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        for name, value in (more[0] if more else {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def do_PATCH(self) -> None:
        self._answer()

    def do_DELETE(self) -> None:
        self._answer()

    def log_message(self, *args: object) -> None:
        """Quietly."""
