"""The wire between a web process and PostgreSQL is cut, goes silent or trickles (X15).

Requests are served in this process, through the pool that a web process has, and each leaves its
connection as a server would at its end.
"""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.db import Error, close_old_connections, connection
from psycopg_pool.base import AttemptWithBackoff

from apps.annotators.models import User
from apps.datasets.models import Dataset, Image
from apps.imports.models import Import
from apps.tasks.models import Revision, Slot, SlotState
from concord.databases import POOL
from concord.events.models import Event
from concord.jobs import actions
from concord.jobs.models import Job
from concord.jobs.runner import run_job
from tests.factories import make_task
from tests.forms import rounds
from tests.jobs.imports.buckets import begun
from tests.jobs.imports.conftest import done
from tests.jobs.imports.ledger import check_books, dead_for_a_minute
from tests.servers.images import ImageServer
from tests.servers.proxy import Proxy, Wire
from tests.team import Team, box

PATIENCE = 1
"""Seconds for which requests wait for a connection here, so that the tests do not wait for long."""
KEY = {"Idempotency-Key": "0192f0c1-2b3c-7d4e-8f5a-6b7c8d9e0f1a"}

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def proxy(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Proxy]:
    """All connections of this process go through it."""
    kept = connection.settings_dict
    if not kept["HOST"].startswith("/"):
        pytest.skip("the database of this run is not its own")
    with Proxy(Path(kept["HOST"]) / f".s.PGSQL.{kept['PORT'] or 5432}").running() as proxy:
        part()
        with monkeypatch.context() as patched:
            patched.setitem(kept, "HOST", "127.0.0.1")
            patched.setitem(kept, "PORT", str(proxy.port))
            patched.setitem(kept["OPTIONS"], "pool", POOL | {"timeout": PATIENCE})
            yield proxy
            part()


def part() -> None:
    """From the database that this process is connected to, so that it asks where it is."""
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL's alone has it


class Browsers:
    """A team whose requests leave their connection at their end, and who are told of a failure."""

    def __init__(self, **config: Any) -> None:
        self.team = Team(**config)
        for browser in self.team.browsers.values():
            browser.raise_request_exception = False

    def get(self, who: str, path: str) -> Any:
        return left(self.team.get(who, path))

    def post(self, who: str, path: str, body: dict[str, Any]) -> Any:
        return left(self.team.post(who, path, body, **KEY))


def until_given_up() -> None:
    """Wait until the pool has no connection, and tries to make none."""
    deadline = time.monotonic() + 10
    while connection.pool.get_stats()["pool_size"]:  # type: ignore[attr-defined]  # Django types no pool
        assert time.monotonic() < deadline
        time.sleep(0.02)


def left(reply: Any) -> Any:
    close_old_connections()
    return reply


def assert_told_to_come_back(reply: Any) -> None:
    assert (reply.status_code, reply.json()["code"]) == (503, "database_unavailable")
    assert int(reply["Retry-After"]) > 0


CUT = pytest.mark.parametrize(
    ("wire", "arrived"), [(Wire.CUT_BEFORE_COMMIT, 0), (Wire.CUT_AFTER_COMMIT, 1)]
)


@CUT
def test_an_answer_whose_commit_got_lost_is_there_once_after_the_retry(
    proxy: Proxy, wire: Wire, arrived: int
) -> None:
    people = Browsers(overlap=1)
    make_task(people.team.dataset)
    (task,) = people.team.next("Ann")["tasks"]
    path = f"tasks/{task['id']}/answer/"
    body = {"answer": "accept", "spans": [box(1, 2, 30, 40, "stop")], "lease": task["lease"]}

    proxy.wire = wire
    assert_told_to_come_back(people.post("Ann", path, body))
    assert Revision.objects.count() == arrived
    replies = [people.post("Ann", path, body) for _ in range(2)]
    saved = Revision.objects.get()
    assert [(reply.status_code, reply.json()) for reply in replies] == [(200, saved.response)] * 2
    assert Slot.objects.get().state == SlotState.SUBMITTED
    assert Event.objects.filter(kind="answer.created").count() == 1


@CUT
def test_so_is_any_request_with_a_key(proxy: Proxy, wire: Wire, arrived: int) -> None:
    people = Browsers()
    path, body = f"datasets/{people.team.dataset.slug}/imports/", {"urls": ["https://a.example/1"]}
    assert people.get("Olga", "me/").status_code == 200

    proxy.wire = wire
    assert_told_to_come_back(people.post("Olga", path, body))
    assert Import.objects.count() == arrived
    first, second = (people.post("Olga", path, body) for _ in range(2))
    assert (first.status_code, second.status_code) == (202, 202)
    assert first.content == second.content
    assert (Import.objects.count(), Job.objects.count()) == (1, 1)


@pytest.mark.parametrize("first", rounds(long=2))
def test_an_import_ends_whichever_commit_of_its_worker_got_lost(
    proxy: Proxy, first: int, reachable: ImageServer, signs: Dataset, owner: User
) -> None:
    ways, number = (Wire.CUT_BEFORE_COMMIT, Wire.CUT_AFTER_COMMIT), 0
    while proxy.wire is Wire.WHOLE:
        found = begun(signs, owner, reachable.url(f"/ok/{700 + number}.jpg"))
        assert run_job(Job.objects.get(state=Job.State.QUEUED).pk)
        proxy.spared, proxy.wire = number, ways[(number + first) % 2]
        with suppress(Error):
            done(found)
        close_old_connections()
        number += 1
        if proxy.wire is Wire.WHOLE:
            dead_for_a_minute()
            actions.reap()
        assert done(found).state == "done"
        check_books(signs)
        assert Image.objects.count() == number
    assert number > 3, "each was cut once"


def test_an_outage_ends_with_the_first_request_that_comes_after_it(
    proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As late as the pool would try again, in the end, after a long outage.
    monkeypatch.setattr(AttemptWithBackoff, "INITIAL_DELAY", 60.0)
    people = Browsers()
    assert people.get("Ann", "me/").status_code == 200
    proxy.wire = Wire.GONE
    for _ in range(POOL["reconnect_timeout"] // PATIENCE + 1):
        assert_told_to_come_back(people.get("Ann", "me/"))
    until_given_up()  # else an attempt that ends at that very moment would be a second fault
    proxy.wire = Wire.WHOLE
    assert people.get("Ann", "me/").status_code == 200


def test_where_nobody_answers_a_new_connection_nobody_waits_for_long(proxy: Proxy) -> None:
    people = Browsers()
    part()
    proxy.wire = Wire.SILENT
    assert_told_to_come_back(people.get("Ann", "me/"))
    proxy.wire = Wire.WHOLE
    assert people.get("Ann", "me/").status_code == 200


def test_a_request_sits_out_a_silence(proxy: Proxy) -> None:
    """The server's kernel still answers: it was stopped, or thinks. Nothing is lost by waiting."""
    people = Browsers()
    assert people.get("Ann", "me/").status_code == 200
    proxy.wire = Wire.SILENT
    with ThreadPoolExecutor(1) as threads:
        asked = threads.submit(people.get, "Ann", "me/")
        assert proxy.held.wait(20)
        proxy.wire = Wire.WHOLE
        assert asked.result().status_code == 200


def test_answers_of_the_server_may_come_in_small_pieces(proxy: Proxy) -> None:
    people = Browsers()
    whole = people.get("Ann", "me/")
    proxy.wire = Wire.TRICKLING
    assert people.get("Ann", "me/").json() == whole.json()


def test_a_server_that_is_gone_without_a_word_is_found_out(proxy: Proxy) -> None:
    """Nobody can pull a plug here; the kernel is asked whether it would notice."""
    with connection.cursor():
        wire = socket.socket(fileno=os.dup(connection.connection.pgconn.socket))
    with wire:
        assert wire.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
        tcp = [socket.TCP_KEEPIDLE, socket.TCP_KEEPINTVL, socket.TCP_KEEPCNT]
        idle, every, times = (wire.getsockopt(socket.IPPROTO_TCP, option) for option in tcp)
        assert idle + every * times <= 25
        assert wire.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) <= 25_000
