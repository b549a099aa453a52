"""What is done to the door by many at once: guesses count one by one, and an admin stays."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db.models import Max
from django.test import Client

from apps.annotators.actions.accounts import create_user
from apps.annotators.models import Tries, User
from tests.factories import browser_of, make_user
from tests.jobs.tasks.test_nothing_left import in_thread

pytestmark = pytest.mark.django_db(transaction=True)

MANY = 20
PASSWORD = "correct horse battery"


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(MANY) as pool:
        yield pool


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The passwords that were compared with one that is kept."""
    compared: list[str] = []
    verify = Argon2PasswordHasher.verify

    def noted(self: Argon2PasswordHasher, password: str, encoded: str) -> bool:
        compared.append(password)
        return verify(self, password, encoded)

    monkeypatch.setattr(Argon2PasswordHasher, "verify", noted)
    return compared


def log_in(email: str, password: str) -> int:
    body = {"email": email, "password": password}
    reply = Client().post("/api/auth/token/", body, content_type="application/json")
    return int(reply.status_code)


def all_at_once(threads: ThreadPoolExecutor, work: Callable[[int], int]) -> list[int]:
    together = Barrier(MANY)

    def one(n: int) -> int:
        together.wait(timeout=30)
        return work(n)

    sent: list[Any] = [in_thread(threads, lambda n=n: one(n)) for n in range(MANY)]
    return [future.result(timeout=60) for future in sent]


def test_twenty_guesses_at_one_password_are_five(
    threads: ThreadPoolExecutor, hashed: list[str]
) -> None:
    create_user(email="anna@example.org", password=PASSWORD)
    statuses = all_at_once(threads, lambda n: log_in("anna@example.org", f"guess {n}"))
    assert (statuses.count(401), statuses.count(429)) == (5, 15)
    assert len(hashed) == 5, "what comes too early is not even compared"


def test_twenty_guesses_from_one_address_count_as_twenty(threads: ThreadPoolExecutor) -> None:
    statuses = all_at_once(threads, lambda n: log_in(f"a{n}@example.org", "guess"))
    assert statuses == [401] * MANY
    assert Tries.objects.aggregate(most=Max("count")) == {"most": MANY}


def test_twenty_people_who_come_in_at_once_leave_no_count(threads: ThreadPoolExecutor) -> None:
    for n in range(MANY):
        create_user(email=f"a{n}@example.org", password=PASSWORD)
    assert all_at_once(threads, lambda n: log_in(f"a{n}@example.org", PASSWORD)) == [200] * MANY
    assert Tries.objects.aggregate(most=Max("count")) == {"most": 0}


@pytest.mark.parametrize("change", [{"is_admin": False}, {"is_active": False}])
def test_two_admins_who_put_each_other_out_leave_one(
    threads: ThreadPoolExecutor, change: dict[str, bool]
) -> None:
    for _ in range(5):
        User.objects.update(is_admin=False)
        pair = [make_user(f"Admin{uuid4().hex}", is_admin=True) for _ in range(2)]
        together = Barrier(2)

        def put_out(
            one: User, other: User, together: Barrier = together, change: dict[str, bool] = change
        ) -> int:
            browser = browser_of(one)
            together.wait(timeout=30)
            path = f"/api/users/{other.pk}/"
            return int(browser.patch(path, change, content_type="application/json").status_code)

        both = [
            in_thread(threads, partial(put_out, *pair)),
            in_thread(threads, partial(put_out, *reversed(pair))),
        ]
        statuses = sorted(each.result(timeout=60) for each in both)
        assert statuses[0] == 200
        assert statuses[1] in {401, 403, 404, 409}
        assert User.objects.filter(is_admin=True, is_active=True).count() == 1
