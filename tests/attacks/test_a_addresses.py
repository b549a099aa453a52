"""A8, A10: whoever guesses does not get around the wait by saying to be elsewhere.

How long which wait is stands in tests/api/annotators/test_doors.py, which is A8, too; what comes
at one instant in tests/jobs/annotators/test_at_one_instant.py.
"""

from __future__ import annotations

from typing import Any

import pytest
from allauth.account.adapter import get_adapter
from django.test import Client, RequestFactory

pytestmark = pytest.mark.django_db

PROXY, HERE, THERE = "10.0.0.2", "203.0.113.7", "198.51.100.9"


def guess(n: int, *, at: str, said: str | None = None) -> int:
    headers = {} if said is None else {"X-Forwarded-For": said}
    body = {"email": f"somebody{n}@example.org", "password": "guess"}
    reply = Client(REMOTE_ADDR=at, headers=headers).post(
        "/api/auth/token/", body, content_type="application/json"
    )
    return int(reply.status_code)


def test_a8_one_address_is_slowed_down_whatever_account_it_tries() -> None:
    assert [guess(n, at=HERE) for n in range(31)] == [401] * 30 + [429]
    assert guess(32, at=THERE) == 401


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "True-Client-IP"])
def test_a10_without_proxies_no_header_says_where_somebody_is(header: str) -> None:
    for n in range(31):
        client = Client(REMOTE_ADDR=HERE, headers={header: f"203.0.113.{100 + n}"})
        body = {"email": f"a{n}@example.org", "password": "guess"}
        status = client.post("/api/auth/token/", body, content_type="application/json").status_code
    assert status == 429


def test_a10_behind_a_proxy_what_others_wrote_before_it_counts_nothing(settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    forged = [guess(n, at=PROXY, said=f"203.0.113.{100 + n}, {HERE}") for n in range(31)]
    assert forged == [401] * 30 + [429]
    assert guess(40, at=PROXY, said=THERE) == 401, "somebody else behind the same proxy"


@pytest.mark.parametrize(
    ("proxies", "said", "seen"),
    [
        (0, "1.1.1.1", PROXY),
        (1, None, PROXY),
        (1, HERE, HERE),
        (1, f"1.1.1.1,{HERE}", HERE),
        (2, f"1.1.1.1, {HERE}, 10.0.0.3", HERE),
        (2, HERE, PROXY),
        (2, None, PROXY),
        (1, "[2001:db8::7]:443", "2001:db8::7"),
    ],
)
def test_a10_what_is_taken_for_the_address(
    settings: Any, proxies: int, said: str | None, seen: str
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    headers = {} if said is None else {"X-Forwarded-For": said}
    request = RequestFactory(REMOTE_ADDR=PROXY, headers=headers).get("/")
    assert get_adapter().get_client_ip(request) == seen


@pytest.mark.parametrize("said", ["", "garbage", "1.1.1.1, <script>", ", ,"])
def test_a10_nonsense_of_a_proxy_is_refused_and_breaks_nothing(settings: Any, said: str) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert guess(1, at=PROXY, said=said) in {401, 403}


def test_a8_addresses_of_one_ipv6_network_count_as_one() -> None:
    statuses = [guess(n, at=f"2001:db8:1:2::{n + 1:x}") for n in range(31)]
    assert statuses == [401] * 30 + [429]
    assert guess(40, at="2001:db8:1:3::1") == 401
