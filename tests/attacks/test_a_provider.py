"""A: a provider of single sign-on that misbehaves on the wire, and who makes us ask it again and
again."""

from __future__ import annotations

import gzip
from typing import Any

import pytest
import requests
from django.test import Client

from concord.storage import peer as peers_of_ours
from concord.storage.addresses import AddressPolicy
from concord.storage.peer import PeerSession
from tests.attacks.hostile_server import CHUNKED, OK, drip
from tests.attacks.test_a_single_sign_on import BEGIN, at_provider, begin, end_of
from tests.servers.sign_on import CLIENT_ID, CLIENT_SECRET, Provider
from tests.unit.concord.peers import Script, peer, raw

GZIP = OK + b"Connection: close\r\nContent-Encoding: gzip\r\n"
NESTED = b"[" * 100_000

ODD: dict[str, Script] = {
    "closes early": raw(OK + b"Connection: close\r\nContent-Length: 99\r\n\r\n{"),
    "closes in a chunk": raw(CHUNKED + b"9\r\n{"),
    "sends no gzip": raw(GZIP + b"Content-Length: 4\r\n\r\n{}{}"),
    "sends half a gzip": raw(GZIP + b"Content-Length: 30\r\n\r\n" + gzip.compress(b"x" * 99)[:15]),
    "drips": drip(OK + b"Content-Length: 9999\r\n\r\n", b" "),
    "drips without an end": drip(OK + b"\r\n", b" "),
    "drips chunks": drip(CHUNKED, b"1\r\n \r\n"),
    "drips the size of a chunk": drip(CHUNKED, b"0"),
}


@pytest.fixture
def sso(provider: Provider, settings: Any, db: None) -> Provider:
    settings.SSO_ISSUER, settings.SSO_NAME = provider.address, "Example ID"
    settings.SSO_CLIENT_ID, settings.SSO_CLIENT_SECRET = CLIENT_ID, CLIENT_SECRET
    return provider


@pytest.mark.parametrize("oddity", ODD)
def test_whatever_breaks_off_is_a_failure_that_callers_know(
    oddity: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(peers_of_ours, "SECONDS", 0.5)
    with (
        peer(ODD[oddity]) as odd,
        PeerSession(odd.url, AddressPolicy.parse([])) as session,
        pytest.raises(requests.RequestException),
    ):
        session.get(odd.url)


@pytest.mark.parametrize("body", [b"{", NESTED], ids=["closes early", "nests deeply"])
def test_who_comes_back_learns_that_the_provider_is_down(
    sso: Provider, settings: Any, body: bytes
) -> None:
    told = 200_000 if body == b"{" else len(body)
    head = b"Connection: close\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
    with peer(raw(OK + head % told + body)) as odd:
        settings.FETCH_ALLOW = [odd.allowance]
        sso.config = {"token_endpoint": f"{odd.url}/token"}
        client = Client()
        assert end_of(client.get(at_provider(begin(client)))) == "/login?sso=provider_down"


def test_beginning_asks_the_provider_once_and_ever_more_slowly(sso: Provider) -> None:
    replies = [Client().post(BEGIN, {}, content_type="application/json") for _ in range(61)]
    assert {reply.status_code for reply in replies[:60]} == {200}
    assert (replies[60].status_code, replies[60].json()["code"]) == (429, "too_many_attempts")
    assert replies[60]["Retry-After"] == "1"
    assert sso.asked.count("/.well-known/openid-configuration") == 1
