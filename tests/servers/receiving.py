"""A server on loopback that receives messages, and answers as it is told to."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Message:
    """What came in: its headers, and the bytes of its body."""

    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """Listens at `port` and keeps what comes. It answers with the first of `statuses`, the last
    one for ever; `saying` is the body of its answers. While `holding` is set it takes a message and
    says nothing; `taken` tells that one came."""

    port: int = 0
    messages: list[Message] = field(default_factory=list)
    statuses: list[int] = field(default_factory=lambda: [200])
    saying: bytes = b"ok"
    location: str = ""
    holding: threading.Event = field(default_factory=threading.Event)
    taken: threading.Event = field(default_factory=threading.Event)
    let_go: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook?key=hidden"

    @property
    def allowance(self) -> str:
        return f"127.0.0.1/32:{self.port}"

    def next_status(self) -> int:
        return self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]


@contextmanager
def receiver() -> Iterator[Receiver]:
    """Have one while the block lasts."""
    one = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            one.messages.append(Message(dict(self.headers), body))
            one.taken.set()
            if one.holding.is_set():
                one.let_go.wait()
                return
            self.send_response(one.next_status())
            if one.location:
                self.send_header("Location", one.location)
            self.send_header("Content-Length", str(len(one.saying)))
            self.end_headers()
            self.wfile.write(one.saying)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    one.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield one
    finally:
        one.let_go.set()
        server.shutdown()
        server.server_close()
