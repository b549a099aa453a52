"""What the door lets through, whatever the name or the peer pretends."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from concord.storage.addresses import AddressPolicy, parse_address
from concord.storage.egress import PER_HOST, Egress
from concord.storage.failures import FetchError
from concord.storage.urls import SafeUrl
from tests.unit.concord.doors import door, refused
from tests.unit.concord.peers import Peer, Script, answer, peer, raw


@pytest.fixture
def canary() -> Iterator[Peer]:
    with peer() as one:
        yield one
        time.sleep(0.02)  # the accepting thread's turn to count
        assert one.connections == 0


def test_a_public_name_that_resolves_to_metadata_is_refused_even_if_allowed() -> None:
    policy = AddressPolicy.parse(["0.0.0.0/0", "::/0"])
    for text in ("169.254.169.254", "fd00:ec2::254", "100.100.100.200", "168.63.129.16"):
        egress = Egress(policy, resolve=lambda _h, _p, one=text: [parse_address(one)])
        assert refused(egress, "http://metadata.example/").code == "forbidden_address"


def test_a_file_arrives_with_what_the_server_says_of_it() -> None:
    headers = ("Content-Type: Image/PNG; charset=x", 'ETag: "v1"')
    with peer(answer("200 OK", b"bytes", *headers)) as one:
        fetched = door(one).fetch(f"{one.url}/a%20b.png?q=1#part")
    assert fetched.body.read() == b"bytes"
    assert (fetched.size, fetched.status) == (5, 200)
    assert (fetched.media_type, fetched.etag) == ("image/png", '"v1"')
    assert fetched.final_url == f"{one.url}/a%20b.png?q=1"
    assert one.requests[0].startswith(b"GET /a%20b.png?q=1 HTTP/1.1\r\n")
    assert b"Accept-Encoding: identity\r\n" in one.requests[0]


def test_connections_are_kept_and_used_again() -> None:
    with peer(answer("200 OK", b"x")) as one:
        egress = door(one)
        for _ in range(5):
            egress.fetch(one.url).close()
        assert (one.connections, len(one.requests)) == (1, 5)


def test_the_environment_cannot_send_us_through_a_proxy(
    canary: Peer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, canary.url)
    with peer(answer("200 OK", b"direct")) as one:
        assert door(one).fetch(one.url).body.read() == b"direct"


STATUSES = [
    ("204 No Content", "http_204", False),
    ("206 Partial Content", "http_206", False),
    ("304 Not Modified", "http_304", False),
    ("401 Unauthorized", "http_401", False),
    ("403 Forbidden", "http_403", False),
    ("404 Not Found", "http_404", False),
    ("408 Request Timeout", "http_408", True),
    ("410 Gone", "http_410", False),
    ("429 Too Many Requests", "rate_limited", True),
    ("500 Internal Server Error", "server_error", True),
    ("501 Not Implemented", "server_error", False),
    ("503 Service Unavailable", "server_error", True),
]


@pytest.mark.parametrize(("status", "code", "retryable"), STATUSES)
def test_every_status_but_200_is_a_failure_that_knows_if_it_is_final(
    status: str, code: str, retryable: bool
) -> None:
    bodiless = status[:3] in {"204", "304"}
    script = raw(f"HTTP/1.1 {status}\r\n\r\n".encode()) if bodiless else answer(status, b"no")
    with peer(script) as one:
        error = refused(door(one), one.url)
    assert (error.code, error.retryable, error.status) == (code, retryable, int(status[:3]))


@pytest.mark.parametrize(
    ("sent", "seconds"),
    [("7", 7), ("1000000000", 3600), ("9" * 4000, 3600), ("soon", None), ("-1", None)],
)
def test_retry_after_is_heard_within_reason(sent: str, seconds: float | None) -> None:
    with peer(answer("503 x", b"", f"Retry-After: {sent}")) as one:
        assert refused(door(one), one.url).retry_after == seconds


def test_retry_after_may_be_a_date() -> None:
    with peer(answer("429 x", b"", "Retry-After: Fri, 31 Dec 2999 23:59:59 GMT")) as one:
        assert refused(door(one), one.url).retry_after == 3600
    with peer(answer("429 x", b"", "Retry-After: Wed, 21 Oct 2015 07:28:00 GMT")) as one:
        assert refused(door(one), one.url).retry_after == 0


def to(location: str, status: int = 302) -> Script:
    return answer(f"{status} Elsewhere", b"", f"Location: {location}")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed_to_allowed_places(status: int) -> None:
    with peer(answer("200 OK", b"there")) as there, peer(to(f"{there.url}/x", status)) as here:
        fetched = door(here, there).fetch(here.url)
    assert fetched.body.read() == b"there"
    assert fetched.final_url == f"{there.url}/x"


def test_https_does_not_lead_to_http() -> None:
    with pytest.raises(FetchError) as caught:
        SafeUrl.parse("https://a.example/").redirected("http://a.example/")
    assert caught.value.code == "insecure_redirect"


def test_more_than_the_cap_is_refused_whether_announced_or_not() -> None:
    endless = b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 2000
    for script in (answer("200 OK", b"x" * 1001), raw(endless)):
        with peer(script) as one:
            error = refused(door(one), one.url, max_bytes=1000)
            assert (error.code, error.retryable) == ("too_large", False)
    with peer(answer("200 OK", b"x" * 1000)) as one:
        assert door(one).fetch(one.url, max_bytes=1000).size == 1000


def test_an_endless_stream_is_cut_at_the_cap() -> None:
    def pour(connection: socket.socket, _head: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            connection.sendall(b"x" * 65536)

    with peer(pour) as one:
        assert refused(door(one), one.url, max_bytes=1_000_000).code == "too_large"


@pytest.mark.parametrize(
    "head",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nab",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"not http at all\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000,
        b"",
    ],
)
def test_an_answer_that_lies_about_itself_is_no_file(head: bytes) -> None:
    with peer(raw(head)) as one:
        error = refused(door(one), one.url)
    assert (error.code, error.retryable) == ("connection_broken", True)


def test_a_compressed_answer_is_refused_and_not_inflated() -> None:
    with peer(answer("200 OK", b"\x1f\x8b", "Content-Encoding: gzip")) as one:
        assert refused(door(one), one.url).code == "unexpected_encoding"


def test_an_unknown_name_and_a_closed_port_say_so() -> None:
    error = refused(Egress(AddressPolicy()), "http://no-such-host.invalid/")
    assert (error.code, error.retryable) == ("dns_failed", True)
    with peer() as one:
        pass
    error = refused(door(one), one.url)
    assert (error.code, error.retryable) == ("connection_refused", True)


def test_one_host_is_asked_for_eight_things_at_a_time() -> None:
    lock = threading.Lock()
    now, most = 0, 0

    def count(connection: socket.socket, _head: bytes) -> None:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        time.sleep(0.05)
        with lock:
            now -= 1
        answer("200 OK", b"x")(connection, b"")

    with peer(count) as one, ExitStack() as threads:
        egress = door(one)
        for _ in range(3 * PER_HOST):
            thread = threading.Thread(target=lambda: egress.fetch(one.url, deadline=20).close())
            thread.start()
            threads.callback(thread.join)
    assert (most, len(one.requests)) == (PER_HOST, 3 * PER_HOST)
