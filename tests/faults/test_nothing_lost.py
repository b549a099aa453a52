"""Nothing that was acknowledged is lost and nothing is done twice, whatever happens meanwhile.

Annotators label and somebody imports. First processes of every kind are killed, the broker forgets
or falls silent, web server and worker are restarted; in a soak until `KILLS` were killed. Then a
backup is made while they work, and restored elsewhere; then the database becomes that of a next
version.
"""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from tests.faults import judge
from tests.faults.breaking import Breaker, break_for
from tests.faults.crew import BROUGHT
from tests.faults.instance import START_SECONDS, UP, Instance
from tests.faults.people import Annotator, Book, Importer, Visitor
from tests.faults.soak import note
from tests.forms import LONG
from tests.servers.databases import Template
from tests.servers.images import ImageServer
from tests.servers.migrated import prepare_instance
from tests.servers.ports import free_ports

KILLS = 1_000
PEOPLE = 6
TASKS = 40_000 if LONG else 4_000
SECONDS = 16.0
PAUSES = (0.4, 1.2) if LONG else (0.8, 1.8)
CALM = 2.0
ROOT = Path(__file__).parents[2]
KEPT_LOGS = ROOT / "build" / "soak-logs"
"""Where what the processes said in a soak is to be read afterwards."""

UNANALYSED = "SELECT relname FROM pg_stat_user_tables WHERE last_analyze IS NULL"

pytestmark = pytest.mark.timeout(7200 if LONG else 300)


class Office:
    """A running instance and the people who work there, who keep their books from day to day."""

    def __init__(self, instance: Instance, source: ImageServer) -> None:
        self.instance = instance
        self.books: list[Book] = []
        self.lists: list[str] = []
        self.source = source
        self._secrets: dict[str, list[str]] = json.loads(
            command(instance, "-m", "tests.faults.crew", str(PEOPLE), str(TASKS)).splitlines()[-1]
        )

    @contextmanager
    def at_work(self) -> Iterator[Sequence[Visitor]]:
        """They come, and go home when they have finished what they were at."""
        leave, address = threading.Event(), f"http://127.0.0.1:{self.instance.port}"
        people: list[Visitor] = [
            Annotator(address, secret, seed=len(self.books) + n, leave=leave)
            for n, secret in enumerate(self._secrets["annotators"])
        ]
        importer = Importer(
            address, self._secrets["importer"][0], leave=leave, source=self.source.address
        )
        importer.lists = self.lists
        everybody = [*people, importer]
        self.books += [visitor.book for visitor in everybody]
        for visitor in everybody:
            visitor.start()
        try:
            yield everybody
        finally:
            leave.set()
            for visitor in everybody:
                visitor.join()


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    # Not below pytest's own folder, which PostgreSQL cannot enter when the tests run as root.
    made = Path(tempfile.mkdtemp(prefix="concord-faults-"))
    made.chmod(0o711)
    yield made
    if LONG and (logs := made / "data" / "logs").exists():
        shutil.copytree(logs, KEPT_LOGS, dirs_exist_ok=True)
    shutil.rmtree(made)


@pytest.fixture(scope="module")
def office(folder: Path, template: Template) -> Iterator[Office]:
    source = ImageServer()
    source.start()
    with started(folder / "data", source) as instance:
        yield Office(instance, source)
    source.stop()


@contextmanager
def started(folder: Path, source: ImageServer) -> Iterator[Instance]:
    instance = Instance(folder, free_ports(1)[0])
    if not folder.exists():
        prepare_instance(folder)
    instance.start(CONCORD_FETCH_ALLOW=source.allowance)
    try:
        instance.wait_until_ready()
        yield instance
    finally:
        instance.stop()


def command(instance: Instance, *argv: str) -> str:
    """What a command about an instance says."""
    done = subprocess.run(
        [sys.executable, *argv],
        env=instance.environment(),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=START_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_whatever_is_killed_nothing_acknowledged_is_lost_or_done_twice(office: Office) -> None:
    breaker = Breaker(office.instance, random.Random(7))
    began = time.monotonic()
    with office.at_work():
        while breaker.kills < (KILLS if LONG else 8):
            break_for(breaker, seconds=SECONDS, pause=PAUSES)
            report(breaker, office.books, seconds=time.monotonic() - began)

    wait_until_healed(office.instance)
    assert_all_is_well(office.instance, office.books, lists=len(office.lists))
    note("nothing lost", {"invariants": "hold", "questions": len(judge.QUESTIONS) + 3})
    assert sum(book.outages for book in office.books), "nobody noticed anything"


def test_a_backup_made_while_people_work_holds_elsewhere(office: Office, folder: Path) -> None:
    target = folder / "backup"
    with office.at_work():
        time.sleep(CALM)
        books = [replace(book, sent=[replace(note) for note in book.sent]) for book in office.books]
        lists = len(office.lists)
        making = seconds_of(office.instance, "backup", target)
    sent_later = [replace(book, sent=list(book.sent)) for book in office.books]

    elsewhere = Instance(folder / "elsewhere", free_ports(1)[0])
    restoring = seconds_of(elsewhere, "restore", target)
    with started(elsewhere.folder, office.source) as restored:
        wait_until_healed(restored)
        assert_all_is_well(restored, books, lists=lists, later=sent_later)
        with restored.database() as database:
            assert database.execute(UNANALYSED).fetchall() == []
    files = sum(each.is_file() for each in (target / "files").rglob("*"))
    drill = {"tasks": TASKS + 10 * lists, "files": files}
    note("restore drill", {**drill, "backup seconds": making, "restore seconds": restoring})


def seconds_of(instance: Instance, verb: str, folder: Path) -> int:
    """How long backup or restore takes."""
    began = time.monotonic()
    command(instance, "-c", UP, verb, str(folder))
    return round(time.monotonic() - began)


def test_a_migration_while_people_work_fails_nobody(office: Office) -> None:
    """The servers are still those of the version before, and go on with what the next one needs."""
    with office.at_work() as people:
        time.sleep(CALM)
        command(office.instance, "-m", "tests.faults.next_version")
        time.sleep(CALM)
    statuses: Counter[int] = sum((visitor.book.statuses for visitor in people), Counter())
    assert set(statuses) <= {200, 201, 202}
    assert not sum(visitor.book.outages for visitor in people)
    wait_until_healed(office.instance)
    assert_all_is_well(office.instance, office.books, lists=len(office.lists))
    with office.instance.database() as database:
        [(moods,)] = database.execute("SELECT count(mood) FROM tasks_slot").fetchall()
        assert moods


def assert_all_is_well(
    instance: Instance, books: Sequence[Book], *, lists: int, later: Sequence[Book] = ()
) -> None:
    """No invariant is broken, nobody was told nonsense, and all that was ordered is there.

    In a backup may also be what was sent `later`, while it was made.
    """
    with instance.database() as database:
        found = judge.violations(database, books, later=later)
        found["V7"] = judge.missing_files(database, f"file://{instance.folder / 'files'}", BROUGHT)
        counted = database.execute("SELECT count(*) FROM imports_importrow").fetchone()
    found["what people were told"] = [said for book in books for said in book.complaints]
    assert not {name: rows[:5] for name, rows in found.items() if rows}
    assert counted is not None
    rows = counted[0]
    assert isinstance(rows, int)
    assert rows == 10 * lists if not later else rows >= 10 * lists


def wait_until_healed(instance: Instance) -> None:
    """All processes are back and what was ordered is done, within a minute or so."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        if instance.is_ready():
            with instance.database() as database:
                left = judge.at_work(database)
            if not left:
                return
        assert time.monotonic() < deadline, instance.said() + instance.worker_log()[-3000:]
        time.sleep(0.5)


def report(breaker: Breaker, books: Sequence[Book], *, seconds: float) -> None:
    """What a soak has come to so far: how much was broken, and how much work was done meanwhile."""
    statuses: Counter[int] = sum((Counter(dict(book.statuses)) for book in books), Counter())
    note("nothing lost", {
        "seconds": round(seconds),
        "kills": breaker.kills,
        "broken": dict(breaker.broken),
        "answers": sum(len(book.sent) for book in books),
        "replays": sum(book.replays for book in books),
        "connections lost": sum(book.outages for book in books),
        "replies": {str(status): count for status, count in sorted(statuses.items())},
    })  # fmt: skip
