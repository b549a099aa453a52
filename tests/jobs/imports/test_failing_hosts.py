"""A host that does not answer: its rows wait, are tried now and then, and fail in the end."""

import threading
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models.functions import Now
from pytest_django.fixtures import Settings

from apps.annotators.models import User
from apps.datasets.models import Dataset
from apps.imports.actions import bringing, claims, fetching, hosts
from apps.imports.actions.claims import MOST_OF_A_HOST, claim_rows, seconds_to_next
from apps.imports.actions.fetching import fetch_rows
from apps.imports.actions.hosts import MOST_FAILURES, note_answer, note_failure
from apps.imports.actions.running import retry_import
from apps.imports.models import FailingHost, Import, ImportRow
from concord.storage.egress import egress
from tests.jobs.imports.buckets import begun, read
from tests.servers.images import ImageServer
from tests.unit.concord.peers import answer, peer

pytestmark = pytest.mark.django_db(transaction=True)
DOWN = "down.example.org"
LONG_AGO = Now() - timedelta(hours=1)
Listed = Callable[..., Import]


@pytest.fixture
def listed(dataset: Dataset, owner: User) -> Listed:
    """An import of so many images, every second one of the host that is down."""

    def make(count: int, *, good: str = "http://well.example.org") -> Import:
        bases = (f"http://{DOWN}", good)
        lines = [f"{bases[n % 2]}/ok/{n}.jpg" for n in range(count)]
        found = begun(dataset, owner, "\n".join(lines))
        while read(found):
            pass
        return Import.objects.select_related("dataset", "created_by").get(pk=found.pk)

    return make


def fail(found: Import, *, times: int = MOST_FAILURES, asked: float | None = None) -> None:
    for _ in range(times):
        note_failure(found=found, host=DOWN, reason="The server took too long.", asked=asked)


def claimed(found: Import) -> list[int]:
    return [row.line for row in claim_rows(found=found, claim=uuid.uuid4(), limit=20)]


def rested() -> None:
    FailingHost.objects.update(silent_until=LONG_AGO)


def test_rows_of_a_silent_host_are_set_aside(listed: Listed) -> None:
    found, other = listed(8), listed(8)
    fail(found, times=MOST_FAILURES - 1)
    note_answer(found=found, host=DOWN)
    fail(found)
    assert claimed(found) == [2, 4, 6, 8]
    rows = ImportRow.objects.filter(of_import=found, host=DOWN)
    assert set(rows.values_list("state", "code", "attempts")) == {("queued", "waits_for_host", 0)}
    waits = rows.filter(not_before__gt=Now() + timedelta(seconds=hosts.LONGEST_SILENCE - 60))
    assert waits.count() == 4
    assert {row.reason for row in rows} == {"Waits for the host, which did not answer 8 times."}
    assert claimed(other) == [1, 2, 3, 4, 5, 6, 7, 8], "each import finds out for itself"


def test_one_row_tries_it_for_all(listed: Listed) -> None:
    found = listed(8)
    fail(found)
    claimed(found)
    rest = seconds_to_next(found)
    assert rest is not None
    assert rest <= hosts.FIRST_REST
    rested()
    assert claimed(found) == [1]
    assert claimed(found) == [], "the next one only after another, longer rest"
    host = FailingHost.objects.get()
    assert host.failures == MOST_FAILURES + 1

    note_answer(found=found, host=DOWN)
    assert claimed(found) == [3, 5, 7]
    assert not ImportRow.objects.filter(code="waits_for_host").exists()


def test_what_was_under_way_does_not_count_against_it(listed: Listed) -> None:
    found = listed(2)
    fail(found, times=MOST_FAILURES + 10)
    assert FailingHost.objects.get().failures == MOST_FAILURES


@pytest.mark.parametrize(("asked", "seconds"), [(30.0, 30), (86_400.0, hosts.LONGEST_REST)])
def test_it_rests_as_long_as_it_asks_within_reason(
    listed: Listed, asked: float, seconds: int
) -> None:
    fail(listed(2), asked=asked)
    rests = FailingHost.objects.filter(
        silent_until__gt=Now() + timedelta(seconds=seconds - 5),
        silent_until__lte=Now() + timedelta(seconds=seconds),
    )
    assert rests.exists()


def test_in_the_end_they_fail_and_say_why(listed: Listed, owner: User) -> None:
    found = listed(8)
    fail(found)
    claimed(found)
    FailingHost.objects.update(since=LONG_AGO)
    assert claimed(found) == []
    rows = ImportRow.objects.filter(of_import=found, host=DOWN)
    assert set(rows.values_list("state", "code", "reason")) == {
        ("failed", "host_down", "The host did not answer; 8 attempts failed. The last time: "
         "The server took too long.")
    }  # fmt: skip
    Import.objects.update(state="done")
    ImportRow.objects.filter(state="fetching").update(
        state="done", claimed_by=None, claimed_until=None
    )
    again = retry_import(found=found, actor=owner)
    assert claimed(again) == [1, 3, 5, 7], "a retry begins with a clean slate"


def test_never_more_rows_of_a_host_than_it_may_have(listed: Listed) -> None:
    """Six lanes of three imports claim at one moment; rows that are through make room."""
    imports = [listed(80) for _ in range(3)] * 2
    start = threading.Barrier(len(imports), timeout=20)

    def claim(found: Import) -> int:
        try:
            start.wait()
            return len(claim_rows(found=found, claim=uuid.uuid4(), limit=40))
        finally:
            connection.close()

    with ThreadPoolExecutor(len(imports)) as threads:
        taken = list(threads.map(claim, imports))
    under_way = ImportRow.objects.filter(state="fetching")
    for host in (DOWN, "well.example.org"):
        assert under_way.filter(host=host).count() == MOST_OF_A_HOST
    assert max(taken) == 2 * claims.MOST_OF_A_HOST_HERE
    line = under_way.filter(host=DOWN).first()
    assert line is not None
    ImportRow.objects.filter(pk=line.pk).update(state="done", claimed_by=None)
    assert len(claim_rows(found=imports[0], claim=uuid.uuid4(), limit=40)) == 1


@pytest.fixture
def broken(reachable: ImageServer, settings: Settings) -> Iterator[str]:
    """The address of a host that fails every request, allowed to imports."""
    with peer(answer("503 x")) as one:
        settings.FETCH_ALLOW = [reachable.allowance, one.allowance]
        egress.cache_clear()
        yield one.url


def test_others_go_on_and_it_is_hardly_asked(
    dataset: Dataset, owner: User, reachable: ImageServer, broken: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(fetching, "pause_after", lambda *_: 0.0)
    monkeypatch.setattr(bringing, "DEADLINE", 2.0)
    lines = [f"{broken}/{n}.jpg\n{reachable.url(f'/ok/{n}.jpg')}" for n in range(60)]
    found = begun(dataset, owner, "\n".join(lines))
    read(found)
    found = Import.objects.select_related("dataset", "created_by").get(pk=found.pk)
    assert fetch_rows(found=found, beat=lambda: None)
    rows = ImportRow.objects.filter(of_import=found)
    assert rows.filter(state="done").count() == 60
    aside = rows.filter(state="queued", code="waits_for_host").count()
    tried = rows.filter(state="failed", code="server_error", attempts=5).count()
    assert tried <= 2 * MOST_FAILURES
    assert aside + tried == 60
    host = FailingHost.objects.get()
    assert MOST_FAILURES <= host.failures < 2 * MOST_FAILURES

    FailingHost.objects.update(since=LONG_AGO)
    assert fetch_rows(found=found, beat=lambda: None) is None
    assert Import.objects.get().state == "done"
    assert rows.filter(state="failed", code="host_down").count() == aside


def test_rows_that_were_tried_are_not_set_aside(listed: Listed) -> None:
    found = listed(4)
    ImportRow.objects.filter(line=1).update(attempts=1, code="timed_out")
    fail(found)
    assert claimed(found) == [1, 2, 4]


def test_a_lane_whose_time_is_up_is_followed_at_once(
    dataset: Dataset, owner: User, reachable: ImageServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A job that comes back later waits for the reaper, which looks every ten seconds."""
    monkeypatch.setattr(fetching, "PIECE_SECONDS", 0.01)
    found = begun(dataset, owner, "\n".join(reachable.url(f"/ok/{n}.jpg") for n in range(50)))
    read(found)
    found = Import.objects.select_related("dataset", "created_by").get(pk=found.pk)
    assert fetch_rows(found=found, beat=lambda: None) == 0.0


def test_rows_that_hang_do_not_hold_up_the_others_when_the_time_is_up(
    dataset: Dataset, owner: User, reachable: ImageServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "PIECE_SECONDS", 0.5)
    monkeypatch.setattr(fetching, "DRAIN_SECONDS", 0.0)
    slow = reachable.url("/slow?ms=4000&n=1")
    lines = [slow, *(reachable.url(f"/ok/{n}.jpg") for n in range(2, 60))]
    found = begun(dataset, owner, "\n".join(lines))
    read(found)
    found = Import.objects.select_related("dataset", "created_by").get(pk=found.pk)
    assert fetch_rows(found=found, beat=lambda: None) is None
    assert ImportRow.objects.filter(of_import=found, state="done").count() == 59


def test_rows_that_the_dead_had_in_hand_hold_up_no_other_import(listed: Listed) -> None:
    dead, other = listed(80), listed(80)
    for _ in range(2):
        claim_rows(found=dead, claim=uuid.uuid4(), limit=40)
    assert claimed(other) == [], "both hosts are busy"
    ImportRow.objects.filter(state="fetching").update(claimed_until=LONG_AGO)
    assert len(claimed(other)) == 20


def test_rows_that_are_through_cost_a_claim_nothing(listed: Listed) -> None:
    found = listed(40)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO imports_importrow (import_id, dataset_id, line, item, url, address_key,"
            " upload, payload, state, code, reason, attempts, updated_at)"
            " SELECT import_id, dataset_id, 1000 + n, 0, url, address_key, '', '{}', 'done', '',"
            " '', 1, now() FROM imports_importrow, generate_series(1, 20000) n WHERE line = 1"
        )
        cursor.execute("UPDATE imports_importrow SET line = line + 50000 WHERE state = 'queued'")
        cursor.execute("ANALYZE imports_importrow")
        numbers = {"near": 500, "everywhere": 16, "here": 8, "limit": 16, "seconds": 20}
        about = {"import": found.pk, "claim": uuid.uuid4(), **numbers}
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS) {claims.CLAIM}", about)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Seq Scan on imports_importrow" not in plan
    removed = [int(line.split(":")[1]) for line in plan.splitlines() if "Rows Removed" in line]
    assert sum(removed) < 200, plan
