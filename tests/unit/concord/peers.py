"""Peers on loopback that behave, misbehave, or only count who knocks."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

Script = Callable[[socket.socket, bytes], None]


@dataclass
class Peer:
    """A listening socket; every connection is handed to `script` with the head of its request."""

    port: int
    requests: list[bytes] = field(default_factory=list)
    connections: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def allowance(self) -> str:
        return f"127.0.0.1/32:{self.port}"


@contextmanager
def peer(script: Script | None = None) -> Iterator[Peer]:
    """A peer that runs `script`; without one it is a canary, which closes at once."""
    listener = socket.create_server(("127.0.0.1", 0))
    one = Peer(listener.getsockname()[1])
    threading.Thread(target=_accept, args=(listener, one, script), daemon=True).start()
    try:
        yield one
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()


def _accept(listener: socket.socket, one: Peer, script: Script | None) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        one.connections += 1
        threading.Thread(target=_serve, args=(connection, one, script), daemon=True).start()


def _serve(connection: socket.socket, one: Peer, script: Script | None) -> None:
    with connection:
        try:
            while script is not None and (head := _head(connection)):
                one.requests.append(head)
                script(connection, head)
        except OSError:
            pass  # the other side hung up, as many tests want it to


def _head(connection: socket.socket) -> bytes:
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        byte = connection.recv(1)
        if not byte:
            return b""
        head += byte
    return head


def answer(status: str, body: bytes = b"", *headers: str) -> Script:
    """A script that always answers the same and keeps the connection."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""]
    return lambda connection, _head: connection.sendall("\r\n".join(lines).encode() + body)


def raw(data: bytes) -> Script:
    """A script that sends these bytes and closes."""

    def script(connection: socket.socket, _head: bytes) -> None:
        connection.sendall(data)
        connection.shutdown(socket.SHUT_RDWR)

    return script
