"""A wire to a server that does what wires do: it is cut, goes silent, or lets little through.

What goes through is looked at for one thing only, the word with which a client of PostgreSQL ends
its transaction.
"""

from __future__ import annotations

import selectors
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import Enum, auto
from pathlib import Path

COMMIT = b"COMMIT\0"
TRICKLE = 64
"""So many bytes of an answer pass at a time where it trickles."""
PAUSE = 0.002


class Wire(Enum):
    """What becomes of what is sent."""

    WHOLE = auto()
    CUT_BEFORE_COMMIT = auto()  # the word itself is lost
    CUT_AFTER_COMMIT = auto()  # it arrives, and what the server says to it is lost
    TRICKLING = auto()
    SILENT = auto()  # connections are taken, and nothing goes through
    GONE = auto()  # connections are cut, and no new one is taken


class Proxy:
    """Between clients of its port and the server's socket. `wire` may change at any time: where it
    is to be cut, `spared` transactions end before that is, and it is whole again afterwards. `held`
    is set once somebody waits because of a silence."""

    def __init__(self, server: Path) -> None:
        self.wire = Wire.WHOLE
        self.spared = 0
        self.held = threading.Event()
        self._server = server
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._accept, daemon=True)

    @contextmanager
    def running(self) -> Iterator[Proxy]:
        self._thread.start()
        try:
            yield self
        finally:
            self._over.set()
            self._listener.close()
            self._thread.join()

    def _accept(self) -> None:
        self._listener.settimeout(0.02)
        while not self._over.is_set():
            with suppress(OSError):
                client, _ = self._listener.accept()
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        server = socket.socket(socket.AF_UNIX)
        with client, server, selectors.DefaultSelector() as ready, suppress(OSError):
            if self.wire is Wire.GONE:
                return
            server.connect(str(self._server))
            ready.register(client, selectors.EVENT_READ, (client, server, True))
            ready.register(server, selectors.EVENT_READ, (server, client, False))
            while not self._over.is_set() and self.wire is not Wire.GONE:
                for key, _ in ready.select(0.02):
                    if self.wire is Wire.SILENT:
                        self.held.set()
                        self._over.wait(0.02)
                    elif not self._carry(*key.data):
                        return

    def _carry(self, source: socket.socket, target: socket.socket, to_server: bool) -> bool:
        """Pass on what there is; False where the wire is cut."""
        said = source.recv(65536)
        if not said or (to_server and said.endswith(COMMIT) and self._cuts(said, target)):
            return False
        if self.wire is Wire.TRICKLING and not to_server:
            self._trickle(said, target)
        else:
            target.sendall(said)
        return True

    def _cuts(self, said: bytes, server: socket.socket) -> bool:
        """Whether this transaction is the one at whose end the wire is cut."""
        if self.wire not in (Wire.CUT_BEFORE_COMMIT, Wire.CUT_AFTER_COMMIT):
            return False
        if self.spared:
            self.spared -= 1
            return False
        if self.wire is Wire.CUT_AFTER_COMMIT:
            server.sendall(said)
            server.recv(65536)  # it is committed when the server says so
        self.wire = Wire.WHOLE
        return True

    def _trickle(self, said: bytes, target: socket.socket) -> None:
        for start in range(0, len(said), TRICKLE):
            target.sendall(said[start : start + TRICKLE])
            self._over.wait(PAUSE)
