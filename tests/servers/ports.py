"""Ports for servers that tests start."""

import socket
from contextlib import ExitStack


def free_ports(count: int) -> list[int]:
    """`count` different ports of 127.0.0.1 that nothing listens on at the moment.

    All are held together before any is let go, or the kernel could name the same one twice.
    """
    with ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]


def loopback_allowance(port: int) -> str:
    """The entry of CONCORD_FETCH_ALLOW that lets imports reach 127.0.0.1 at `port` only."""
    return f"127.0.0.1/32:{port}"
