"""A process dies at each point at which something is done and not yet said: nothing is lost then,
and nothing is done twice when it is asked for again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from apps.annotators.models import User
from apps.datasets.models import Blob, Dataset, Image
from apps.imports.actions.claims import CLAIM_SECONDS
from apps.imports.models import Import, ImportRow, RowState
from apps.tasks.models import Revision, Slot, SlotState, Task
from concord import celery, failpoints
from concord.jobs import actions
from concord.jobs.models import Job
from concord.jobs.runner import run_job
from concord.storage.files import store
from tests.factories import make_task
from tests.jobs.imports.buckets import begun
from tests.jobs.imports.conftest import done
from tests.jobs.imports.ledger import check_books, dead_for_a_minute
from tests.servers.images import ImageServer
from tests.team import Team, box

ROOT = Path(__file__).resolve().parents[3]
IMAGES = 3
KEY = {"Idempotency-Key": "0192f0c1-2b3c-7d4e-8f5a-6b7c8d9e0f1a"}

pytestmark = pytest.mark.django_db(transaction=True)

Die = Callable[..., int]
"""Has a process do a `job` or a `request` with such settings; the status with which it ends."""


@pytest.fixture(scope="module")
def nursery(django_db_setup: None) -> Iterator[Die]:
    wrapped = connection.settings_dict
    environment = {
        **os.environ,
        "DATABASE_URL": f"postgresql://{wrapped['USER']}@/{wrapped['NAME']}?host={wrapped['HOST']}",
        "CELERY_BROKER_URL": settings.CELERY_BROKER_URL,
        "CONCORD_PROCESS": "worker",
        "CONCORD_DATA_DIR": str(settings.DATA_DIR),
        "PYTHONPATH": f"{ROOT / 'platform'}{os.pathsep}{ROOT}",
    }
    script = Path(__file__).with_name("nursery.py")
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, script], env=environment, stdin=pipe, stdout=pipe, text=True
    ) as process:

        def die(**order: Any) -> int:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(f"{json.dumps(order)}\n")
            process.stdin.flush()
            return int(process.stdout.readline())

        yield die


def posted(team: Team, who: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
    """A request as an order to the nursery."""
    headers = KEY | {"Host": "localhost"}
    cookies = team.browsers[who].cookies.output(header="", sep=";")
    return {"cookies": cookies, "request": {"path": path, "data": body, "headers": headers}}


def test_an_answer_is_saved_and_nobody_was_told(nursery: Die) -> None:
    team = Team(overlap=1)
    make_task(team.dataset)
    (task,) = team.next("Ann")["tasks"]
    path = f"tasks/{task['id']}/answer/"
    body = {"answer": "accept", "spans": [box(1, 2, 30, 40, "stop")], "lease": task["lease"]}
    fatal = {"FAILPOINT": "answer.committed"}
    order = posted(team, "Ann", f"/api/{path}", body)

    assert nursery(settings=fatal, **order) == failpoints.STATUS
    saved = Revision.objects.get()
    assert Slot.objects.get().state == SlotState.SUBMITTED
    replies = [team.post("Ann", path, body, **KEY) for _ in range(2)]
    assert [(reply.status_code, reply.json()) for reply in replies] == [(200, saved.response)] * 2
    assert Revision.objects.get() == saved


def test_an_import_is_taken_in_and_nobody_was_told(nursery: Die) -> None:
    team = Team()
    path = f"datasets/{team.dataset.slug}/imports/"
    body = {"urls": ["https://example.org/1.jpg"]}
    order = posted(team, "Olga", f"/api/{path}", body)

    assert nursery(settings={"FAILPOINT": "request.committed"}, **order) == failpoints.STATUS
    taken = Import.objects.get()
    first, second = (team.post("Olga", path, body, **KEY) for _ in range(2))
    assert (first.status_code, first.json()["id"]) == (202, str(taken.pk))
    assert (second.status_code, second.content) == (202, first.content)
    assert (Import.objects.get(), Job.objects.count()) == (taken, 1)


def fetching(dataset: Dataset, owner: User, server: ImageServer) -> tuple[Import, Job]:
    """An import whose list was read, and the job that begins to fetch."""
    urls = [server.url(f"/ok/{n}.jpg") for n in range(900, 900 + IMAGES)]
    found = begun(dataset, owner, "\n".join(urls))
    assert run_job(Job.objects.get(kind="imports.read").pk)
    Job.objects.filter(kind="imports.fetch", args__lane=1).delete()
    return found, Job.objects.get(kind="imports.fetch")


def left_behind(server: ImageServer) -> tuple[int, int, int]:
    """Of how many rows something was asked, is in the store, and is in the dataset."""
    asked = sum(times for path, times in server.requests.items() if path.startswith("/ok/9"))
    return asked // 2, len(set(store().names())), Image.objects.count()


@pytest.mark.parametrize(
    ("point", "asked", "stored", "landed"),
    [
        ("row.claimed", False, False, False),
        ("row.fetched", True, False, False),
        ("file.renamed", True, True, False),
        ("rows.committed", True, True, True),
        ("job.ended", True, True, True),
    ],
)
def test_an_import_goes_on_where_its_worker_died(
    nursery: Die, reachable: ImageServer, signs: Dataset, owner: User,
    point: str, asked: bool, stored: bool, landed: bool,
) -> None:  # fmt: skip
    found, job = fetching(signs, owner, reachable)
    for name in store().names():
        store().delete(name)
    fatal = {"FAILPOINT": point, "FETCH_ALLOW": [reachable.allowance]}

    assert nursery(settings=fatal, job=str(job.pk)) == failpoints.STATUS
    assert Blob.objects.exists() is Task.objects.exists() is landed
    assert [bool(n) for n in left_behind(reachable)][1:] == [stored, landed]
    assert asked or not left_behind(reachable)[0]
    check_books(signs)

    dead_for_a_minute()
    actions.reap()
    ended = done(found)
    assert (ended.state, ended.counts["done"]) == ("done", IMAGES)
    check_books(signs)
    assert Image.objects.count() == Task.objects.count() == IMAGES
    times = [n for path, n in reachable.requests.items() if path.startswith("/ok/9")]
    assert max(times) <= 2 * 2, "one more for each row at most"
    assert not ImportRow.objects.exclude(state=RowState.DONE).exists()


def test_something_dies_here_at_every_point() -> None:
    text = Path(__file__).read_text()
    assert [point for point in failpoints.POINTS if f'"{point}"' not in text] == []


def test_the_silence_after_which_work_is_taken_up_again_is_below_a_minute() -> None:
    ring = celery.app.conf.beat_schedule["ring again for jobs that nobody works on"]
    looked_for = actions.STALE_AFTER + timedelta(seconds=ring["schedule"])
    assert looked_for + timedelta(seconds=CLAIM_SECONDS) < timedelta(minutes=1)
