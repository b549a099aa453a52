"""D: whatever a server does, its row ends soon, with the code that says what it did."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from pytest_django.fixtures import Settings

from apps.datasets.models import Dataset, Image
from apps.imports.actions import bringing, fetching
from apps.imports.models import ImportRow
from concord.storage.egress import PER_HOST, egress
from tests.attacks.canaries import guarded
from tests.attacks.hostile_server import BEAT, TABLE, by_path, picture
from tests.jobs.imports.conftest import BringIn, ends
from tests.unit.concord.doors import door, refused
from tests.unit.concord.peers import Peer, answer, peer

DEADLINE = 1.0


@pytest.fixture
def server(settings: Settings) -> Iterator[Peer]:
    with peer(by_path) as one:
        settings.FETCH_ALLOW = [one.allowance]
        egress.cache_clear()
        yield one
    egress.cache_clear()


@pytest.mark.django_db(transaction=True)
def test_every_row_ends_as_it_should(
    server: Peer, bring_in: BringIn, dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of them in one import: none holds up the others. No file is larger than it may be, no
    name is taken from a header, and nothing that a header names is asked for."""
    monkeypatch.setattr(bringing, "DEADLINE", DEADLINE)
    monkeypatch.setattr(bringing, "MAX_BYTES", 500_000)
    monkeypatch.setattr(fetching, "MOST_ATTEMPTS", 1)
    began = time.monotonic()
    with guarded() as guard:
        found = bring_in("\n".join(f"{server.url}/{name}" for name in TABLE))
    dawdling = sum(code == "timed_out" for _, code in TABLE.values())
    assert time.monotonic() - began < 5 + dawdling * DEADLINE
    rows = dict(ImportRow.objects.filter(of_import=found).values_list("url", "code"))
    assert {url.rpartition("/")[2]: code for url, code in rows.items()} == {
        name: code for name, (_, code) in TABLE.items()
    }
    names = set(Image.objects.filter(dataset=dataset).values_list("name", flat=True))
    assert names == {name for name, (_, code) in TABLE.items() if not code}
    assert set(guard.attempts) == {("127.0.0.1", server.port)}


@pytest.mark.django_db(transaction=True)
def test_d14_what_was_stored_counts_not_what_an_address_says_today(
    server: Peer, bring_in: BringIn, dataset: Dataset, settings: Settings
) -> None:
    turns = iter(["one", "other", "other"])

    def change(connection: socket.socket, head: bytes) -> None:
        answer("200 OK", picture(next(turns)), 'ETag: "always the same"')(connection, head)

    with peer(change) as one:
        settings.FETCH_ALLOW = [one.allowance]
        egress.cache_clear()
        told = [ends(bring_in(f"{one.url}/a.png"))[0][1:] for _ in range(3)]
    assert told == [("done", ""), ("done", ""), ("duplicate", "duplicate_image")]
    assert Image.objects.filter(dataset=dataset).count() == 2


RETRYABLE = {
    *("D1-body", "D4-silent", "D7-high", "D10-408", "D10-429", "D10-500", "D10-503"),
    *("D14-broken-off", "D14-closed-at-once"),
}
FINAL = {
    *("D6-announced", "D8-gzip", "D10-204", "D10-206", "D10-304", "D10-401", "D10-403", "D10-404"),
    *("D10-410", "D10-501", "D10-999"),
}


@pytest.mark.parametrize("name", sorted(RETRYABLE | FINAL))
def test_what_is_tried_again(server: Peer, name: str) -> None:
    error = refused(door(server), f"{server.url}/{name}", deadline=0.3, max_bytes=500_000)
    assert error.code == TABLE[name][1]
    assert error.retryable == (name in RETRYABLE)
    asked = {"D10-429": 3600, "D10-503": 3600}
    assert error.retry_after == asked.get(name)


@pytest.mark.parametrize(
    ("sent", "seconds"),
    [
        ("7", 7), ("1000000000", 3600), ("9" * 4000, 3600), ("soon", None), ("-1", None),
        ("٧", None), ("1e9", None), ("Wed, 21 Oct 2015 07:28:00 GMT", 0),
        ("Fri, 31 Dec 2999 23:59:59 GMT", 3600), ("Fri, 99 Dec 2999 23:59:59 GMT", None),
    ],
)  # fmt: skip
def test_d10_retry_after_is_heard_within_reason(sent: str, seconds: float | None) -> None:
    with peer(answer("503 x", b"", f"Retry-After: {sent}")) as one:
        assert refused(door(one), one.url).retry_after == seconds


@pytest.mark.parametrize("size", [999, 1000, 1001])
def test_d6_the_cap_is_exact(size: int) -> None:
    with peer(answer("200 OK", b"x" * size)) as one:
        if size > 1000:
            assert refused(door(one), one.url, max_bytes=1000).code == "too_large"
        else:
            assert len(door(one).fetch(one.url, max_bytes=1000).body.read()) == size


def test_d15_sixty_four_addresses_of_one_host() -> None:
    """Eight of them at a time."""
    lock = threading.Lock()
    now, most = 0, 0

    def count(connection: socket.socket, head: bytes) -> None:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        time.sleep(BEAT)
        with lock:
            now -= 1
        answer("200 OK", b"x")(connection, head)

    with peer(count) as one, ExitStack() as threads:
        egress = door(one)
        for number in range(64):
            url = f"{one.url}/{number}"
            thread = threading.Thread(target=lambda url=url: egress.fetch(url, deadline=60).close())
            thread.start()
            threads.callback(thread.join)
    assert (most, len(one.requests)) == (PER_HOST, 64)


def test_d15_who_waits_in_vain_says_so() -> None:
    with peer(lambda connection, head: time.sleep(2)) as one, ExitStack() as threads:
        egress = door(one)
        for _ in range(PER_HOST):
            thread = threading.Thread(target=lambda: refused(egress, one.url, deadline=1))
            thread.start()
            threads.callback(thread.join)
        while len(one.requests) < PER_HOST:
            time.sleep(0.01)
        error = refused(egress, one.url, deadline=0.2)
    assert (error.code, error.retryable) == ("host_busy", True)
