"""A name server on loopback that lies, and this process's own resolver asking nobody but it.

The C library's resolver is at work here, as in production: glibc keeps the name servers of each
thread in a structure that may be written to, so neither root nor a changed /etc is needed.
"""

import ctypes
import socket
import struct
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from typing import Any

import pytest

Zone = dict[str, list[tuple[str, ...]]]
"""What a name resolves to, one tuple for each time that it is looked up, the last one for good:
addresses, and `@name` for an alias of another one."""

A, CNAME, AAAA = 1, 5, 28
NO_SUCH_NAME = 3
UDP_MOST = 512
real_lookup = socket.getaddrinfo


class NameServer:
    """Answers over UDP, and what is too long for that over TCP, at one port."""

    def __init__(self, zone: Zone) -> None:
        self._zone = zone
        self.lookups: Counter[str] = Counter()
        self._over_udp, self._over_tcp = _pair_of_sockets()
        self.port: int = self._over_udp.getsockname()[1]

    def start(self) -> None:
        for work in (self._serve_udp, self._serve_tcp):
            threading.Thread(target=work, daemon=True).start()

    def stop(self) -> None:
        self._over_udp.close()
        self._over_tcp.shutdown(socket.SHUT_RDWR)
        self._over_tcp.close()

    def _serve_udp(self) -> None:
        while True:
            try:
                question, sender = self._over_udp.recvfrom(4096)
                reply = self._reply(question)
                if len(reply) > UDP_MOST:  # cut off, and says so
                    reply = reply[:2] + b"\x83\x80\0\1" + bytes(6) + _asked_part(question)
                self._over_udp.sendto(reply, sender)
            except OSError:
                return

    def _serve_tcp(self) -> None:
        while True:
            try:
                connection, _ = self._over_tcp.accept()
            except OSError:
                return
            with connection:
                while length := connection.recv(2, socket.MSG_WAITALL):
                    (most,) = struct.unpack(">H", length)
                    reply = self._reply(connection.recv(most, socket.MSG_WAITALL))
                    connection.sendall(struct.pack(">H", len(reply)) + reply)

    def _reply(self, question: bytes) -> bytes:
        name, kind = _name_and_kind(question)
        turns = self._zone.get(name, [()])
        values = turns[min(self.lookups[name], len(turns)) - 1]
        records = [*self._records(name, values, kind)]
        code = 0 if values else NO_SUCH_NAME
        head = question[:2] + struct.pack(">HHHHH", 0x8180 | code, 1, len(records), 0, 0)
        return head + _asked_part(question) + b"".join(records)

    def _records(self, name: str, values: tuple[str, ...], kind: int) -> Iterator[bytes]:
        for value in values:
            if value.startswith("@"):
                yield _record(name, CNAME, _labels(value[1:]))
                yield from self._records(value[1:], self._zone[value[1:]][-1], kind)
            elif (A if ip_address(value).version == 4 else AAAA) == kind:
                yield _record(name, kind, ip_address(value).packed)


@contextmanager
def name_server(zone: Zone) -> Iterator[NameServer]:
    """A running server that every lookup of this process goes to."""
    server = NameServer(zone)
    server.start()

    def lookup(host: str, *args: Any, **options: Any) -> Any:
        server.lookups[host.lower().rstrip(".")] += 1
        _ask_only(server.port)
        return real_lookup(host, *args, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", lookup)
        yield server
    server.stop()


def _ask_only(port: int) -> None:
    """Write the server into this thread's resolver state, as `struct __res_state` has it: two ints,
    a long of options, the number of servers and the first of them."""
    libc = ctypes.CDLL(None)
    libc.__res_state.restype = ctypes.c_void_p
    assert libc.__res_init() == 0
    state = (ctypes.c_char * 36).from_address(libc.__res_state())
    where = struct.pack("=H", socket.AF_INET) + struct.pack(">H", port)
    state[16:36] = struct.pack("=i", 1) + where + socket.inet_aton("127.0.0.1") + bytes(8)


def _pair_of_sockets() -> tuple[socket.socket, socket.socket]:
    for _ in range(20):
        over_tcp = socket.create_server(("127.0.0.1", 0))
        over_udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            over_udp.bind(over_tcp.getsockname())
        except OSError:
            over_tcp.close()
        else:
            return over_udp, over_tcp
    raise OSError("no port is free for both")


def _name_and_kind(question: bytes) -> tuple[str, int]:
    labels, at = [], 12
    while length := question[at]:
        labels.append(question[at + 1 : at + 1 + length].decode("latin-1"))
        at += 1 + length
    return ".".join(labels).lower(), struct.unpack(">H", question[at + 1 : at + 3])[0]


def _asked_part(question: bytes) -> bytes:
    return question[12 : question.index(b"\0", 12) + 5]


def _labels(name: str) -> bytes:
    return b"".join(bytes([len(part)]) + part.encode() for part in name.split(".")) + b"\0"


def _record(name: str, kind: int, data: bytes) -> bytes:
    """One record that may not be kept for a second."""
    return _labels(name) + struct.pack(">HHIH", kind, 1, 0, len(data)) + data
