"""What the door lets through, whatever the name or the peer pretends."""

import threading
import time
from collections.abc import Iterator

import pytest

from concord.storage.addresses import AddressPolicy, parse_address
from concord.storage.egress import Egress, Message
from concord.storage.failures import FetchError
from concord.storage.urls import SafeUrl
from tests.unit.concord.doors import door, refused
from tests.unit.concord.peers import Peer, Script, answer, peer


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


def test_a_message_is_posted_with_its_token() -> None:
    with peer(answer("200 OK", b"{}")) as one:
        door(one).fetch(one.url, message=Message(body=b"[1]", token="t0ken")).close()
    assert one.requests[0].startswith(b"POST / HTTP/1.1\r\n")
    for line in (b"Content-Type: application/json", b"Content-Length: 3"):
        assert line + b"\r\n" in one.requests[0]
    assert b"Authorization: Bearer t0ken\r\n" in one.requests[0]
    assert "t0ken" not in repr(Message(token="t0ken"))


@pytest.mark.parametrize("message", [Message(body=b"[1]"), Message(token="t0ken")])
def test_a_message_is_not_carried_elsewhere(message: Message, canary: Peer) -> None:
    with peer(to(canary.url)) as one:
        error = refused(door(one), one.url, message=message)
    assert error.code == "unexpected_redirect"


@pytest.mark.parametrize("token", ["a b", "a\r\nX-Evil: 1", "ü", "x" * 4001])
def test_a_token_that_no_header_carries_is_refused(canary: Peer, token: str) -> None:
    assert refused(door(canary), canary.url, message=Message(token=token)).code == "bad_token"


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


def test_an_unknown_name_and_a_closed_port_say_so() -> None:
    error = refused(Egress(AddressPolicy()), "http://no-such-host.invalid/")
    assert (error.code, error.retryable) == ("dns_failed", True)
    with peer() as one:
        pass
    error = refused(door(one), one.url)
    assert (error.code, error.retryable) == ("connection_refused", True)


def test_a_message_is_posted_with_its_headers_and_any_status_is_a_reply() -> None:
    message = Message(body=b"{}", more={"Concord-Event": "answer.created"})
    with peer(answer("404 Not Found", b"nobody here")) as one:
        reply = door(one).tell(f"{one.url}/hook?a=1", message, deadline=5)
    assert (reply.status, reply.excerpt) == (404, b"nobody here")
    assert one.requests[0].startswith(b"POST /hook?a=1 HTTP/1.1\r\n")
    for line in (b"Content-Type: application/json", b"Content-Length: 2", b"Concord-Event: answer"):
        assert line in one.requests[0]


def test_a_message_goes_to_no_forbidden_address_and_waits_no_longer_than_it_may(
    canary: Peer,
) -> None:
    with pytest.raises(FetchError) as refusal:
        Egress(AddressPolicy()).tell("http://127.0.0.1/", Message(body=b"{}"), deadline=5)
    assert refusal.value.code == "forbidden_address"
    with pytest.raises(FetchError) as refusal:
        Egress(AddressPolicy()).tell(canary.url, Message(body=b"{}"), deadline=5)
    assert refusal.value.code == "forbidden_port"
    silent = threading.Event()
    with peer(lambda *_: silent.wait() and None) as one:
        with pytest.raises(FetchError) as refusal:
            door(one).tell(one.url, Message(body=b"{}"), deadline=0.2)
        silent.set()
    assert (refusal.value.code, refusal.value.retryable) == ("timed_out", True)
