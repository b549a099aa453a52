"""Whoever knocks where nobody may, and whatever leaves the machine, is seen."""

import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from typing import Any

USUAL = {80, 443}


class Canary:
    """Listens at one port of every address of this machine, IPv4 and IPv6, and answers nobody."""

    def __init__(self) -> None:
        self._listener = socket.create_server(
            ("::", 0), family=socket.AF_INET6, dualstack_ipv6=True
        )
        self.port: int = self._listener.getsockname()[1]
        self._last = 0
        self.visits = 0
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Close, after everybody who knocked before has been counted: a visit of our own is the
        last one in the queue."""
        with socket.socket() as last:
            last.bind(("127.0.0.1", 0))
            self._last = last.getsockname()[1]
            last.connect(("127.0.0.1", self.port))
            self._thread.join()
        self._listener.close()

    def _accept(self) -> None:
        while True:
            connection, (_, port, *_) = self._listener.accept()
            connection.close()
            if port == self._last:
                return
            self.visits += 1


class Guard:
    """Sees every attempt of this process to connect, before there is a packet, and lets none go
    anywhere but to loopback."""

    def __init__(self) -> None:
        self.attempts: list[tuple[str, int]] = []

    def note(self, address: Any) -> None:
        if not isinstance(address, tuple):
            return  # a socket in the file system
        self.attempts.append((address[0], address[1]))
        if not ip_address(address[0].partition("%")[0]).is_loopback or address[1] in USUAL:
            raise ConnectionRefusedError(f"a test would have reached {address}")


_watching: list[Guard] = []


def _hook(event: str, args: tuple[Any, ...]) -> None:
    if event == "socket.connect" and _watching:
        _watching[-1].note(args[1])


sys.addaudithook(_hook)


@contextmanager
def guarded() -> Iterator[Guard]:
    """All connections that are tried inside are noted, and may only stay on this machine."""
    one = Guard()
    _watching.append(one)
    try:
        yield one
    finally:
        _watching.remove(one)
