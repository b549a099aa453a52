"""Processes released at one moment on the few tasks that are left, over HTTP.

A server as the product starts it, on the test's database; each annotator is a process of its own.
The judge in `history` reads what they wrote down.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import quantiles

import httpx
import pytest
from django.conf import settings
from django.db import connection

from apps.annotators.models import User
from apps.datasets.models import Dataset, Interface, Role
from apps.tasks.models import Slot, SlotState, Task, TaskState
from tests.factories import add_member, browser_of, make_dataset, make_task, make_user
from tests.faults.soak import note
from tests.forms import LONG
from tests.jobs.tasks.history import Deed, answered_twice, false_nothing_left, over_claims
from tests.servers.ports import free_ports

ROOT = Path(__file__).resolve().parents[3]
ROUNDS, PEOPLE = (250, 64) if LONG else (5, 16)
TASKS = 3

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def port(django_db_setup: None) -> Iterator[int]:
    """A web server on the tests' own database."""
    (port,) = free_ports(1)
    bind = ("--bind", f"127.0.0.1:{port}", "--worker-class", "gthread", "--threads", "8")
    command = [sys.executable, "-m", "gunicorn", "concord.wsgi:application", *bind]
    with running([*command, "--workers", "2", "--preload"]):
        deadline = time.monotonic() + 60
        while not is_up(port):
            assert time.monotonic() < deadline, "the web server did not start"
            time.sleep(0.1)
        yield port


def is_up(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/healthz").is_success
    except httpx.TransportError:
        return False


@contextmanager
def running(command: list[str]) -> Iterator[subprocess.Popen[str]]:
    """A process on the test's database, ended with the block."""
    wrapped = connection.settings_dict
    url = f"postgresql://{wrapped['USER']}@/{wrapped['NAME']}?host={wrapped['HOST']}"
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "CONCORD_PROCESS": "web",
        "CONCORD_DATA_DIR": str(settings.DATA_DIR),
        "PYTHONPATH": f"{ROOT / 'platform'}{os.pathsep}{ROOT}",
    }
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, env=environment, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            yield process
        finally:
            process.terminate()


@contextmanager
def visitors(users: list[User], port: int) -> Iterator[list[subprocess.Popen[str]]]:
    script = str(Path(__file__).with_name("visitor.py"))
    name = settings.SESSION_COOKIE_NAME
    with ExitStack() as stack:
        processes = []
        for user in users:
            cookie = f"{name}={browser_of(user).cookies[name].value}"
            command = [sys.executable, script, user.email, str(port), cookie]
            processes.append(stack.enter_context(running(command)))
        for process in processes:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        yield processes


def released(crowd: list[subprocess.Popen[str]], dataset: Dataset, seed: int) -> list[Deed]:
    """Let everybody loose on `dataset` at one moment; returns what they wrote down."""
    at = time.monotonic() + 0.2
    for number, process in enumerate(crowd):
        order = {"dataset": dataset.slug, "at": at, "seed": seed * 1000 + number}
        assert process.stdin is not None
        process.stdin.write(json.dumps(order) + "\n")
        process.stdin.flush()
    history = []
    for process in crowd:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line, f"an annotator's process ended with {process.wait(10)}"
        history += [Deed(**{**deed, "tasks": tuple(deed["tasks"])}) for deed in json.loads(line)]
    return history


def few_tasks(owner: User, people: list[User], *, number: int, overlap: int) -> Dataset:
    dataset = make_dataset(
        owner=owner,
        name=f"round {number}",
        interface=Interface.CLASSIFICATION,
        overlap=overlap,
        review_policy="none",
    )
    for user in people:
        add_member(dataset, user, Role.ANNOTATOR)
    for n in range(TASKS):
        make_task(dataset, name=f"{n}.jpg", order_key=n)
    return dataset


@pytest.mark.timeout(3600 if LONG else 180)
@pytest.mark.parametrize("overlap", [1, 2, 3, 64])
def test_the_last_tasks_go_out_as_often_as_asked_and_nobody_is_sent_away_early(
    port: int, overlap: int
) -> None:
    owner = make_user("Olga")
    people = [make_user(f"Person{number}") for number in range(PEOPLE)]
    answers = min(overlap, PEOPLE)
    waits: list[float] = []
    with visitors(people, port) as crowd:
        for number in range(ROUNDS):
            dataset = few_tasks(owner, people, number=number, overlap=overlap)
            history = released(crowd, dataset, seed=number)
            waits += [deed.done - deed.sent for deed in history if deed.kind == "claim"]
            tasks = [str(task) for task in Task.objects.of(dataset).values_list("pk", flat=True)]
            assert over_claims(history, overlap=overlap) == []
            assert answered_twice(history) == []
            assert false_nothing_left(history, tasks=tasks, overlap=overlap) == []
            taken = Slot.objects.filter(dataset=dataset, state=SlotState.SUBMITTED)
            assert taken.count() == TASKS * answers
            finished = Task.objects.of(dataset).in_state(TaskState.FINAL).count()
            assert finished == (TASKS if overlap <= PEOPLE else 0)
    p50, p99 = (round(1000 * quantiles(waits, n=100)[at]) for at in (49, 98))
    figures = {"rounds": ROUNDS, "p50 ms": p50, "p99 ms": p99}
    note(f"next task for {PEOPLE} at one instant, {overlap} answers each", figures)
