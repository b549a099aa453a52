"""Connections to vetted addresses only, and never past a deadline.

The check and the connection use one lookup, so a name that changes its mind in between (DNS
rebinding) gains nothing. The deadline is total: a peer that sends a byte a second restarts a
read timeout for ever, but not a clock.
"""

from __future__ import annotations

import contextvars
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import httpcore

from concord.storage.addresses import Address, AddressPolicy, parse_address

Resolver = Callable[[str, int], list[Address]]
CONNECT_SECONDS = 5.0
MAX_ADDRESSES = 8

_deadline: contextvars.ContextVar[float] = contextvars.ContextVar("deadline")


class ForbiddenAddressError(Exception):
    """The name resolves to an address that may not be reached."""


class LookupFailedError(Exception):
    """The name does not resolve."""


@contextmanager
def deadline_in(seconds: float) -> Iterator[None]:
    """Everything that this thread sends or receives inside ends within `seconds`."""
    token = _deadline.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _deadline.reset(token)


def remaining() -> float:
    """Seconds left; raises httpcore.ReadTimeout when there are none."""
    left = _deadline.get() - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("the deadline has passed")
    return left


def system_lookup(host: str, port: int) -> list[Address]:
    """All addresses of a host by the system's resolver; raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [parse_address(str(entry[4][0])) for entry in found]


class PinnedBackend(httpcore.NetworkBackend):
    """Opens sockets for httpcore: looks a name up once, judges every address, connects to one."""

    def __init__(self, policy: AddressPolicy, resolve: Resolver) -> None:
        self._policy = policy
        self._resolve = resolve
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 (the deadline rules)
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        failure: Exception = httpcore.ConnectError("no address")
        for address in vetted(self._policy, self._resolve, host, port):
            try:
                stream = self._sockets.connect_tcp(
                    str(address),
                    port,
                    min(remaining(), CONNECT_SECONDS),
                    local_address,
                    socket_options,
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return DeadlineStream(stream)
        raise failure


def vetted(policy: AddressPolicy, resolve: Resolver, host: str, port: int) -> list[Address]:
    """Look a name up once and return what may be connected to, within the deadline.

    Raises LookupFailedError, ForbiddenAddressError, httpcore.ConnectTimeout.
    """
    addresses = _within_deadline(lambda: resolve(host, port))
    if not addresses:
        raise LookupFailedError(host)
    # One bad address condemns the name: which one is tried first is not ours to choose.
    if not all(policy.permits(address, port) for address in addresses):
        raise ForbiddenAddressError(host)
    return addresses[:MAX_ADDRESSES]


class DeadlineStream(httpcore.NetworkStream):
    """A socket whose every operation is cut off at the deadline of the thread that uses it."""

    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 (the base's signature)
        return self._stream.read(max_bytes, remaining())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002 (the base's signature)
        self._stream.write(buffer, remaining())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002 (the base's signature)
    ) -> httpcore.NetworkStream:
        return DeadlineStream(self._stream.start_tls(ssl_context, server_hostname, remaining()))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _within_deadline(lookup: Callable[[], list[Address]]) -> list[Address]:
    """Run a lookup in a thread of its own: getaddrinfo knows no timeout and may take 30 s."""
    answer: queue.Queue[list[Address] | OSError | UnicodeError] = queue.Queue(1)

    def work() -> None:
        try:
            answer.put(lookup())
        except (OSError, UnicodeError) as error:
            answer.put(error)

    threading.Thread(target=work, name="lookup", daemon=True).start()
    try:
        found = answer.get(timeout=remaining())
    except queue.Empty:
        raise httpcore.ConnectTimeout("the name server did not answer") from None
    if isinstance(found, OSError | UnicodeError):
        raise LookupFailedError(str(found)) from found
    return found
