"""Guessing is slowed down, by account and by address, and nobody is locked out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from apps.annotators.actions.accounts import create_user
from apps.annotators.actions.tries import forget
from apps.annotators.models import Tries, User
from tests.api.annotators.test_login import CHANGE, LOGIN, PASSWORD, browser, log_in, send
from tests.api.annotators.test_password_reset import REQUEST, RESET
from tests.api.annotators.test_second_factor import AGAIN, SECOND, code_of, set_up

TOKEN = "/api/auth/token/"
HERE, THERE = "203.0.113.7", "198.51.100.9"


@pytest.fixture
def anna(db: None) -> User:
    return create_user(email="anna@example.org", name="Anna", password=PASSWORD)


def guess(
    *, email: str = "anna@example.org", password: str = "wrong", at: str = HERE, path: str = LOGIN
) -> Any:
    body = {"email": email, "password": password}
    return Client(REMOTE_ADDR=at).post(path, body, content_type="application/json")


def wait(seconds: float) -> None:
    """Let time pass: everything that was tried lies so much longer ago."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE annotators_tries SET tried_at = tried_at - make_interval(secs => %(s)s),"
            " open_at = open_at - make_interval(secs => %(s)s)",
            {"s": seconds},
        )


def refused(reply: Any) -> int:
    """Seconds to wait, as the answer tells them."""
    assert (reply.status_code, reply.json()["code"]) == (429, "too_many_attempts"), reply.content
    assert reply["Content-Type"] == "application/problem+json"
    return int(reply["Retry-After"])


def test_each_wrong_guess_after_the_fifth_waits_twice_as_long(anna: User) -> None:
    assert [guess().status_code for _ in range(5)] == [400] * 5
    waits = []
    for _ in range(10):
        waits.append(refused(guess()))
        wait(waits[-1])
        assert guess().status_code == 400
    assert waits == [2, 4, 8, 16, 32, 64, 128, 256, 300, 300]


def test_the_right_password_does_not_shorten_a_wait_and_is_let_in_after_it(anna: User) -> None:
    for _ in range(5):
        guess()
    assert refused(guess(password=PASSWORD)) == 2
    assert refused(guess(password=PASSWORD)) == 2, "who comes too early waits no longer for it"
    wait(2)
    assert guess(password=PASSWORD).status_code == 200
    assert [guess().status_code for _ in range(5)] == [400] * 5, "and begins anew"


def test_what_is_guessed_at_one_address_holds_nobody_up_at_another(anna: User) -> None:
    for _ in range(40):
        guess(at=HERE)
        wait(300)
    assert guess(password=PASSWORD, at=THERE).status_code == 200


def test_many_addresses_together_guess_once_in_ten_seconds(anna: User) -> None:
    statuses = [guess(at=f"203.0.113.{n}").status_code for n in range(40)]
    assert statuses == [400] * 20 + [429] * 20
    waits = []
    for n in range(40, 46):
        waits.append(refused(guess(at=f"203.0.113.{n}")))
        wait(waits[-1])
        assert guess(at=f"203.0.113.{n}").status_code == 400
    assert waits == [1, 2, 4, 8, 10, 10]
    assert refused(guess(password=PASSWORD, at=THERE)) == 10
    wait(10)
    assert guess(password=PASSWORD, at=THERE).status_code == 200


def test_who_came_in_here_before_is_held_up_by_nobody_else(anna: User) -> None:
    assert guess(password=PASSWORD, at=THERE).status_code == 200
    for n in range(25):
        guess(at=f"203.0.113.{n}")
    for n in range(40):
        guess(email=f"other{n}@example.org", at=THERE)
    assert refused(guess(email="new@example.org", at=THERE))
    assert guess(password=PASSWORD, at=THERE).status_code == 200
    assert [guess(at=THERE).status_code for _ in range(6)] == [400] * 5 + [429]


def test_one_address_guesses_at_thirty_accounts(anna: User) -> None:
    statuses = [guess(email=f"a{n}@example.org").status_code for n in range(32)]
    assert statuses == [400] * 30 + [429] * 2
    assert guess(email="a40@example.org", at=THERE).status_code == 400


def test_an_account_of_ones_own_clears_no_way_to_others(anna: User) -> None:
    create_user(email="eve@example.org", password=PASSWORD)
    statuses = []
    for n in range(40):
        statuses.append(guess(email=f"a{n}@example.org").status_code)
        guess(email="eve@example.org", password=PASSWORD)
    assert statuses.index(429) == 30


def test_an_address_that_nobody_has_is_slowed_down_alike(anna: User) -> None:
    for email in ("anna@example.org", "nobody@example.org"):
        replies = [guess(email=email) for _ in range(7)]
        assert [reply.status_code for reply in replies] == [400] * 5 + [429] * 2
        assert refused(replies[-1]) == 2


def test_pages_and_scripts_try_the_same_door(anna: User) -> None:
    for path in (LOGIN, TOKEN, LOGIN, TOKEN, LOGIN):
        assert guess(path=path, email=" ANNA@example.org").status_code in {400, 401}
    assert refused(guess(path=TOKEN, password=PASSWORD)) == 2
    wait(2)
    assert guess(path=TOKEN, password=PASSWORD).status_code == 200


def in_a_browser(client: Client) -> Client:
    assert log_in(client).status_code in {200, 401}
    return client


def test_codes_are_slowed_down_wherever_they_are_tried(anna: User) -> None:
    secret, _ = set_up(in_a_browser(browser()))
    client = in_a_browser(browser())
    statuses = [send(client, "POST", SECOND, {"code": "x"}).status_code for _ in range(5)]
    assert statuses == [400] * 5
    assert refused(send(client, "POST", SECOND, {"code": code_of(secret, steps=1)})) == 2
    body = {"email": anna.email, "password": PASSWORD, "otp": code_of(secret, steps=1)}
    assert refused(Client().post(TOKEN, body, content_type="application/json")) == 2
    wait(2)
    reply = send(client, "POST", SECOND, {"code": code_of(secret, steps=1)})
    assert reply.status_code == 200


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (AGAIN, {"password": "wrong"}),
        (CHANGE, {"current_password": "wrong", "new_password": "another horse battery"}),
    ],
)
def test_a_browser_left_alone_is_no_place_to_guess(anna: User, path: str, body: Any) -> None:
    client = in_a_browser(browser())
    assert [send(client, "POST", path, body).status_code for _ in range(5)] == [400] * 5
    assert refused(send(client, "POST", path, body)) == 2


def test_letters_are_few(anna: User) -> None:
    def ask() -> Any:
        body = {"email": "anna@example.org"}
        return Client().post(REQUEST, body, content_type="application/json")

    assert [ask().status_code for _ in range(3)] == [200] * 3
    assert refused(ask()) == 10
    wait(10)
    assert ask().status_code == 200
    assert refused(ask()) == 20


GUESS_A_LINK: dict[str, Callable[[Client, int], Any]] = {
    "invitation": lambda client, n: client.get(f"/api/invitations/{n}/accept/"),
    "reset": lambda client, n: client.get(RESET, headers={"X-Password-Reset-Key": f"1-{n}"}),
    "first run": lambda client, n: client.post(
        "/api/first-run/",
        {"token": str(n), "email": "e@example.org", "password": PASSWORD},
        content_type="application/json",
    ),
    "mails": lambda client, n: client.get(f"/api/notifications/unsubscribe/{n}/"),
}


@pytest.mark.parametrize("what", GUESS_A_LINK)
def test_links_are_guessed_slowly(anna: User, what: str) -> None:
    statuses = [GUESS_A_LINK[what](Client(), n).status_code for n in range(31)]
    assert set(statuses[:30]) <= {400, 404}
    assert statuses[30] == 429


def test_what_is_long_ago_counts_no_more_and_goes(anna: User) -> None:
    for _ in range(5):
        guess()
    guess(password=PASSWORD, at=THERE)
    assert forget() == 0
    wait(3601)
    assert [guess().status_code for _ in range(5)] == [400] * 5
    wait(3601)
    forget()
    assert [row.known for row in Tries.objects.all()] == [True]
    wait(31 * 24 * 3600)
    forget()
    assert not Tries.objects.exists()


def test_neither_an_address_nor_a_name_is_kept(anna: User) -> None:
    guess()
    kept = " ".join(Tries.objects.values_list("gate", flat=True))
    assert "anna" not in kept
    assert HERE not in kept


@pytest.mark.parametrize("body", [b"", b"[1]", b"{", b'{"email": 7}', b'{"email": "\\ud800"}'])
def test_bodies_that_say_nothing_count_against_their_address(db: None, body: bytes) -> None:
    client = Client()
    statuses = [
        client.post(TOKEN, body, content_type="application/json").status_code for _ in range(31)
    ]
    assert statuses[0] == 400
    assert statuses[30] == 429
