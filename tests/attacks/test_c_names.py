"""C6, C7: names that change their mind, and servers that lead on. 127.0.0.1 at a peer's port stands
for a public address here, as it is allowed; all else of loopback is as forbidden as ever."""

import http.client
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from concord.storage.addresses import AddressPolicy
from concord.storage.egress import Egress
from concord.storage.failures import FetchError
from concord.storage.pinned import MAX_ADDRESSES
from tests.attacks.canaries import Canary, Guard, guarded
from tests.attacks.nameserver import NameServer, Zone, name_server
from tests.unit.concord.doors import door, refused
from tests.unit.concord.peers import Peer, Script, answer, peer

GOOD, BAD = "127.0.0.1", "127.0.0.2"
GOOD_FILE = answer("200 OK", b"good")


@pytest.fixture
def guard() -> Iterator[Guard]:
    with guarded() as one:
        yield one


@contextmanager
def name(*turns: tuple[str, ...]) -> Iterator[NameServer]:
    """`it.example` resolves to these, one after the other."""
    zone: Zone = {"it.example": [*turns], "bad.example": [(BAD,)]}
    with name_server(zone) as server:
        yield server


def to(location: str, *headers: str, status: str = "302 x") -> Script:
    return answer(status, b"", f"Location: {location}", *headers)


def at(one: Peer) -> str:
    return f"http://it.example:{one.port}/"


def tell(egress: Egress, url: str) -> str:
    """What comes of asking: the body or the code."""
    try:
        return egress.fetch(url, deadline=5).body.read().decode()
    except FetchError as error:
        return error.code


@pytest.mark.parametrize(
    ("turns", "told"),
    [
        # Good for the check, bad for the connection: there is no second look.
        ([(GOOD,), (BAD,)], "good"),
        ([(GOOD,), ("::1",)], "good"),
        ([(BAD,), (GOOD,)], "forbidden_address"),
        ([(GOOD, BAD)], "forbidden_address"),
        ([(BAD, GOOD)], "forbidden_address"),
        ([(GOOD, "::1")], "forbidden_address"),
        ([(GOOD, "::ffff:127.0.0.1")], "forbidden_address"),
        ([("@bad.example",)], "forbidden_address"),
        ([(GOOD, "@bad.example")], "forbidden_address"),
        ([()], "dns_failed"),
        ([(*(GOOD for _ in range(499)), BAD)], "forbidden_address"),
    ],
)
def test_c6_what_a_name_may_say(guard: Guard, turns: list[tuple[str, ...]], told: str) -> None:
    with peer(GOOD_FILE) as one, name(*turns) as server:
        assert tell(door(one), at(one)) == told
        assert server.lookups["it.example"] == 1
    assert guard.attempts == ([(GOOD, one.port)] if told == "good" else [])


def test_c6_every_new_connection_is_judged_anew(guard: Guard) -> None:
    """Rebinding between two fetches, and a name that first is not there at all."""
    with peer(GOOD_FILE) as one, name((), (GOOD,), (BAD,)):
        told = [tell(door(one), at(one)) for _ in range(4)]
    assert told == ["dns_failed", "good", "forbidden_address", "forbidden_address"]
    assert guard.attempts == [(GOOD, one.port)]


def test_c6_rebinding_between_hops(guard: Guard) -> None:
    with name((GOOD,), (BAD,)), peer(GOOD_FILE) as there, peer(to(at(there))) as here:
        assert tell(door(here, there), at(here)) == "forbidden_address"
    assert guard.attempts == [(GOOD, here.port)]


def test_c6_five_hundred_allowed_addresses_are_not_all_tried(guard: Guard) -> None:
    with peer() as one, name(tuple(f"127.1.{n // 250}.{n % 250 + 1}" for n in range(500))):
        egress = Egress(AddressPolicy.parse([f"127.1.0.0/16:{one.port}"]))
        assert refused(egress, at(one)).code == "connection_refused"
    assert len(guard.attempts) == MAX_ADDRESSES


def test_d13_a_name_server_that_is_silent(guard: Guard) -> None:
    """The C library would wait for ten seconds and more."""
    silent = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    with silent, peer() as one, name((GOOD,)) as server:
        silent.bind(("127.0.0.1", 0))
        server.port = silent.getsockname()[1]
        began = time.monotonic()
        assert refused(door(one), at(one), deadline=0.3).code == "timed_out"
        assert time.monotonic() - began < 4
    assert guard.attempts == []


@pytest.mark.parametrize("status", ["301 x", "302 x", "303 x", "307 x", "308 x"])
@pytest.mark.parametrize("host", [BAD, "[::1]", "it.example", "127.2", "127.0.0.1.", "bad.example"])
def test_c7_a_chain_that_ends_in_a_forbidden_place(guard: Guard, host: str, status: str) -> None:
    """Public, public, private."""
    with (
        name((BAD,)),
        peer(GOOD_FILE) as other,
        peer(to(f"http://{host}:{other.port}/", status=status)) as second,
        peer(to(f"//{GOOD}:{second.port}/", status=status)) as first,
    ):
        told = tell(door(first, second, other), first.url)
    assert told == ("dns_failed" if host.endswith(".") else "forbidden_address")
    assert guard.attempts == [(GOOD, first.port), (GOOD, second.port)]
    assert other.connections == 0


@pytest.mark.parametrize(
    ("location", "code"),
    [("/", "loop"), ("/a", "loop"), ("?", "loop"), ("../../..", "loop"), ("", "http_302")],
)
def test_c7_around_in_a_circle(location: str, code: str) -> None:
    with peer(to(location)) as one:
        assert tell(door(one), one.url) == ("too_many_redirects" if code == "loop" else code)
        assert len(one.requests) == (4 if code == "loop" else 1)


def test_c7_thirty_hops() -> None:
    def next_hop(connection: socket.socket, head: bytes) -> None:
        number = int(head.split()[1][1:] or b"0")
        (to(f"/{number + 1}") if number < 30 else GOOD_FILE)(connection, head)

    with peer(next_hop) as one:
        assert tell(door(one), one.url) == "too_many_redirects"
        assert tell(door(one), f"{one.url}/27") == "good"


def test_c7_nothing_of_ours_goes_along_to_another_host() -> None:
    """No cookie that the first one set, no referrer with the signature of its address."""
    with (
        name((GOOD,)),
        peer(GOOD_FILE) as there,
        peer(to(at(there), "Set-Cookie: a=secret", "WWW-Authenticate: Basic")) as here,
    ):
        assert tell(door(here, there), f"{here.url}/x?X-Amz-Signature=secret") == "good"
    (head,) = there.requests
    assert b"secret" not in head
    assert head.splitlines()[1:] == [
        f"Host: it.example:{there.port}".encode(),
        *(b"User-Agent: Concord", b"Accept: */*", b"Accept-Encoding: identity", b""),
    ]


def test_the_guard_lets_nothing_out(guard: Guard) -> None:
    """These tests can fail: what a door without rules would do is seen, and stays here."""
    everything = Egress(AddressPolicy.parse(["0.0.0.0/0"]))
    assert refused(everything, "http://93.184.216.34/").code == "connection_refused"
    assert guard.attempts == [("93.184.216.34", 80)]


def test_the_canary_sees_who_comes() -> None:
    """The same spelling reaches it without our door."""
    canary = Canary()
    with pytest.raises(ConnectionError):
        plain = http.client.HTTPConnection("127.1", canary.port, timeout=5)
        plain.request("GET", "/")
        plain.getresponse()
    canary.stop()
    assert canary.visits == 1
