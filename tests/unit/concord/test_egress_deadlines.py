"""What dawdles is given up at the deadline, whatever it is."""

import socket
import time

import pytest

from concord.storage.addresses import AddressPolicy
from concord.storage.egress import Egress
from tests.unit.concord.doors import door, refused
from tests.unit.concord.peers import Script, peer

# What has no total deadline waits for its peer, which takes longer than this. Seconds.
PATIENT = 4.0


def drip(connection: socket.socket, data: bytes) -> None:
    for byte in data:
        connection.sendall(bytes([byte]))
        time.sleep(0.1)


SLOW = {
    "silent": lambda connection, _head: time.sleep(9),
    "headers": lambda connection, _head: drip(connection, b"HTTP/1.1 200 OK\r\nX-Slow: " * 9),
    "body": lambda connection, _head: drip(
        connection, b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n" + b"x" * 99
    ),
}


@pytest.mark.parametrize("script", SLOW.values(), ids=SLOW.keys())
def test_the_deadline_is_total_however_the_peer_dawdles(script: Script) -> None:
    with peer(script) as one:
        began = time.monotonic()
        error = refused(door(one), one.url, deadline=0.5)
        assert time.monotonic() - began < PATIENT
    assert (error.code, error.retryable) == ("timed_out", True)


def test_a_handshake_that_stalls_ends_at_the_deadline() -> None:
    with peer(lambda connection, _head: None) as one:
        began = time.monotonic()
        assert refused(door(one), f"https://127.0.0.1:{one.port}/", deadline=0.5).retryable
        assert time.monotonic() - began < PATIENT


def test_a_name_server_that_stalls_ends_at_the_deadline() -> None:
    def stall(_host: str, _port: int) -> list[str]:
        time.sleep(5)
        return []

    egress = Egress(AddressPolicy(), resolve=stall)
    began = time.monotonic()
    assert refused(egress, "http://slow.example/", deadline=0.3).code == "timed_out"
    assert time.monotonic() - began < PATIENT
