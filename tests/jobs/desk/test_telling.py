"""Following events while they commit in any order, twice at once, and with a worker that dies."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Now

from apps.annotators.models import Notification, User
from apps.datasets.models import Dataset
from apps.desk.actions.telling import READER, tell_people
from concord.events.actions import record
from concord.events.models import Event, EventReader
from tests.factories import make_dataset, make_user
from tests.jobs.tasks.test_nothing_left import in_thread

pytestmark = pytest.mark.django_db(transaction=True)

ROOT = Path(__file__).parents[3]


@pytest.fixture
def dataset() -> Dataset:
    return make_dataset(owner=make_user("Olga"))


def invite(dataset: Dataset, name: str) -> None:
    """As if somebody had made them a member: the event alone."""
    user = User.objects.filter(name=name).first() or make_user(name)
    data = {"user": str(user.pk), "role": "annotator"}
    record(kind="member.added", actor=None, dataset_id=dataset.pk, subject=dataset, data=data)


def told() -> list[str]:
    return list(Notification.objects.order_by("user__name").values_list("user__name", flat=True))


def a_minute_later() -> None:
    EventReader.objects.update(marked_at=Now() - timedelta(minutes=1))


def sure() -> int:
    return EventReader.objects.get(name=READER).sure


def expect_sure() -> None:
    """The reader is sure of the newest event, once the transactions that are at work have ended:
    tests beside this one have theirs in the same server."""
    deadline = time.monotonic() + 120
    while sure() != Event.objects.latest("id").id:
        assert time.monotonic() < deadline
        tell_people()
        a_minute_later()
        time.sleep(0.02)


class SlowTransaction:
    """Somebody else's transaction that has taken its event's id and goes on."""

    def __init__(self, dataset: Dataset, name: str) -> None:
        self._recorded, self._go = threading.Event(), threading.Event()
        self._threads = ThreadPoolExecutor(1)
        self._work = in_thread(self._threads, lambda: self._run(dataset, name))
        assert self._recorded.wait(10)

    def _run(self, dataset: Dataset, name: str) -> None:
        with transaction.atomic():
            invite(dataset, name)
            self._recorded.set()
            assert self._go.wait(30)

    def commit(self) -> None:
        self._go.set()
        self._work.result(10)
        self._threads.shutdown()


def test_an_event_that_commits_after_a_newer_one_is_told(dataset: Dataset) -> None:
    slow = SlowTransaction(dataset, "Ann")
    invite(dataset, "Ben")
    for _ in range(3):
        tell_people()
        a_minute_later()
    assert told() == ["Ben"]
    assert sure() == 0, "a smaller id may still come"
    slow.commit()
    tell_people()
    assert told() == ["Ann", "Ben"]
    expect_sure()


def test_a_mark_waits_for_an_event_that_has_an_id_and_no_transaction_yet(dataset: Dataset) -> None:
    invite(dataset, "Ann")
    for _ in range(3):
        tell_people()
    assert sure() == 0, "a moment after the mark"


def test_a_database_restored_from_elsewhere_gets_a_new_mark(dataset: Dataset) -> None:
    invite(dataset, "Ann")
    tell_people()
    EventReader.objects.update(transaction=F("transaction") + 10_000_000)
    a_minute_later()
    expect_sure()


def test_two_runs_at_once_tell_everybody_once(dataset: Dataset) -> None:
    names = [f"P{n:02}" for n in range(40)]
    for name in names:
        invite(dataset, name)
    start = threading.Barrier(4)

    def run() -> None:
        start.wait(10)
        tell_people()

    with ThreadPoolExecutor(4) as threads:
        for running in [in_thread(threads, run) for _ in range(4)]:
            running.result(30)
    assert told() == names


def test_a_run_whose_process_dies_has_told_nobody_and_the_next_tells_all(dataset: Dataset) -> None:
    for name in ("Ann", "Ben"):
        invite(dataset, name)
    code = """
import os, django
django.setup()
from apps.desk.actions import telling
original = telling.notify
def notify(notices):
    original(notices)
    os._exit(9)
telling.notify = notify
telling.tell_people()
"""
    environment = os.environ | {
        "DATABASE_URL": database_url(),
        "CONCORD_DATA_DIR": str(settings.DATA_DIR),
        "DJANGO_SETTINGS_MODULE": "concord.settings",
        "PYTHONPATH": f"{ROOT / 'platform'}{os.pathsep}{ROOT}",
    }
    died = subprocess.run([sys.executable, "-c", code], env=environment, check=False, timeout=60)
    assert died.returncode == 9
    assert told() == []
    tell_people()
    assert told() == ["Ann", "Ben"]


def database_url() -> str:
    wrapped = connection.settings_dict
    return f"postgresql://{wrapped['USER']}@/{wrapped['NAME']}?host={wrapped['HOST']}"


def test_what_nobody_can_make_sense_of_keeps_nobody_from_the_rest(dataset: Dataset) -> None:
    data = {"user": "nobody"}
    record(kind="member.added", actor=None, dataset_id=dataset.pk, subject=dataset, data=data)
    invite(dataset, "Ann")
    tell_people()
    assert told() == ["Ann"]


def test_a_person_is_told_once_even_where_the_guard_fails(dataset: Dataset) -> None:
    invite(dataset, "Ann")
    tell_people()
    event = Event.objects.latest("id")
    user = User.objects.get(name="Ann")
    again = Notification(user=user, kind="invited", event_id=event.id, dataset_id=uuid.uuid4())
    Notification.objects.bulk_create([again], ignore_conflicts=True)
    assert told() == ["Ann"]


def test_the_bell_rings_once_for_a_transaction_and_only_after_it(
    dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    rung: list[str] = []
    monkeypatch.setattr("concord.events.bell.app.send_task", lambda name, **_: rung.append(name))
    with transaction.atomic():
        invite(dataset, "Ann")
        invite(dataset, "Ben")
        assert rung == []
    assert rung == ["desk.tell_people"]
    record(kind="answer.created", actor=None, dataset_id=dataset.pk)
    assert rung == ["desk.tell_people"]
    assert connection.in_atomic_block is False
