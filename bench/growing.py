"""What people wait for in one dataset: over HTTP, what claims and submits cost, lists and pages."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from typing import Any

from django.db import connection

from apps.annotators.actions.tokens import create_token
from apps.annotators.models import ApiToken, User
from apps.datasets.models import Dataset, Membership, Role
from apps.reviews.actions.measuring import measure
from bench.annotators import Annotator, annotator, work
from bench.datasets import make_annotator
from bench.grown import TABLES, make_grown
from bench.instance import web
from bench.looking import COMMON, MIDDLING, ORDERS, RARE, Browser
from bench.processes import cpu_by_part
from bench.records import Record, of_milliseconds
from concord.services.environment import Environment

TEAM, WARM_UP, SECONDS = 8, 2.0, 4.0
TIMES, REVIEWS = 7, 20
FILTERS = {"common": COMMON, "middling": MIDDLING, "rare": RARE}
PAGES = ("progress/", "progress/team/", "insights/", "agreement/", "quality/")
SORTS = ("loss", "class", "annotator", "oldest", "random", "missed")

WEIGHTS = """
SELECT relname, reltuples, pg_table_size(oid), pg_indexes_size(oid) FROM pg_class
 WHERE relname = ANY(%s) ORDER BY pg_total_relation_size(oid) DESC
"""


def settle_server() -> None:
    """Let the log of a fill grow before a checkpoint cuts it, and nobody vacuum what is filled."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER SYSTEM SET max_wal_size = '4GB'")
        cursor.execute("ALTER SYSTEM SET autovacuum = off")
        cursor.execute("SELECT pg_reload_conf()")


def fill_and_measure(environment: Environment, size: int) -> Iterator[Record]:
    """Make a dataset of so many tasks, measure it as the job does, then over HTTP."""
    owner, _ = User.objects.get_or_create(email="owner@example.org")
    began = time.perf_counter()
    dataset = make_grown(slug=f"grown-{size}", tasks=size, owner=owner)
    yield Record(f"fill@{size}", time.perf_counter() - began, "s", size)
    began = time.perf_counter()
    part = measure(dataset=dataset, beat=lambda: None).figures["part"]
    note = f"in the background; {part['tasks']} of {part['of']} tasks"
    yield Record(f"measure@{size}", time.perf_counter() - began, "s", part["tasks"], note=note)
    yield from measure_dataset(environment, size)


def measure_dataset(
    environment: Environment, size: int, *, beside: int | None = None
) -> Iterator[Record]:
    """Figures of the dataset of so many tasks, again where one `beside` it has been made since."""
    dataset = Dataset.objects.get(slug=f"grown-{size}")
    name = f"{size}" if beside is None else f"{size}_beside_{beside}"
    with web(environment) as port:
        yield from _work(port, dataset, name)
        yield from _lists(port, dataset, name)
        yield from _reviews(port, dataset, name)


def weights(size: int) -> Iterator[Record]:
    """What rows weigh, indexes included, with as many tasks as there are now."""
    with connection.cursor() as cursor:
        cursor.execute(WEIGHTS, [[*TABLES, "concord_event"]])
        for table, rows, heap, indexes in cursor.fetchall():
            each = (heap + indexes) / max(rows, 1)
            note = f"{heap / 1e9:.2f} GB and indexes of {indexes / 1e9:.2f} GB"
            yield Record(f"{table}@{size}", each, "B", int(rows), note=note)
        cursor.execute("SELECT pg_database_size(current_database()), count(*) FROM tasks_task")
        total, tasks = cursor.fetchone()
    yield Record(f"database@{size}", total / tasks, "B", tasks, note=f"{total / 1e9:.2f} GB")


def _work(port: int, dataset: Dataset, name: str) -> Iterator[Record]:
    """One who has answered a quarter of all tasks, and eight new people."""
    diligent = dataset.memberships.filter(role=Role.ANNOTATOR).earliest("pk").user
    teams = {
        "1user": [create_token(user=diligent, name="bench", scope=ApiToken.Scope.WRITE)[1]],
        "8users": [
            make_annotator(dataset=dataset, email=f"new{n}-{name}@example.org") for n in range(TEAM)
        ],
    }
    for team, secrets in teams.items():
        come = [partial(annotator, port, slug=dataset.slug, secret=secret) for secret in secrets]
        work(come, seconds=WARM_UP)
        before = cpu_by_part()["database"]
        timings = work(come, seconds=SECONDS)
        spent = _spent(before, len(timings.submits))
        yield of_milliseconds(f"claim_{team}@{name}", timings.claims)
        yield of_milliseconds(f"submit_{team}@{name}", timings.submits, note=spent)


def _lists(port: int, dataset: Dataset, name: str) -> Iterator[Record]:
    """The data browser and the pages of a manager."""
    secret = _member(dataset, f"lead-{name}@example.org", Role.MANAGER)
    root = f"/api/datasets/{dataset.slug}/"
    with closing(Browser(port, secret, root=root)) as browser:
        orders = [f"order={sign}{each}" for each in ORDERS for sign in ("", "-")]
        look = partial(_weighed, browser.measure)
        yield look(f"browse_first_page@{name}", orders)
        for kind, filters in FILTERS.items():
            yield look(f"browse_{kind}@{name}", filters)
            yield look(f"count_{kind}@{name}", filters, path="tasks/count/")
        for page in PAGES:
            title = page.strip("/").replace("/", "_")
            yield look(f"{title}@{name}", [""], path=page, times=TIMES)
    with closing(Browser(port, secret, root="/api/")) as browser:
        yield _weighed(browser.measure, f"home@{name}", [""], path="home/", times=TIMES)


def _reviews(port: int, dataset: Dataset, name: str) -> Iterator[Record]:
    """A reviewer is given the next image, and gives it back."""
    secret = _member(dataset, f"reviewer-{name}@example.org", Role.REVIEWER)
    with annotator(port, slug=dataset.slug, secret=secret) as person:
        for sort in SORTS:
            _review_next(person, dataset, sort)  # warm
            before = cpu_by_part()["database"]
            seconds = [_review_next(person, dataset, sort) for _ in range(REVIEWS)]
            note = _spent(before, REVIEWS)
            yield of_milliseconds(f"review_next_{sort}@{name}", seconds, note=note)


def _weighed(measure: Callable[..., Record], *given: Any, **named: Any) -> Record:
    """A record whose note has the database's part; it hardly feels what else is running."""
    before = cpu_by_part()["database"]
    record = measure(*given, **named)
    assert record.n is not None
    return replace(record, note=f"{_spent(before, record.n)}; {record.note}")


def _spent(before: float, times: int) -> str:
    """What the database worked for each of so many requests since `before`."""
    each = (cpu_by_part()["database"] - before) / max(times, 1) * 1000
    return f"{each:.1f} ms of the database's processor"


def _review_next(person: Annotator, dataset: Dataset, sort: str) -> float:
    body = {"count": 1, "sort": sort}
    began = time.perf_counter()
    reply = person.send(f"/api/datasets/{dataset.slug}/review/next/", body)
    took = time.perf_counter() - began
    (task,) = reply["tasks"]
    person.send(f"/api/tasks/{task['id']}/review/", method="DELETE")
    return took


def _member(dataset: Dataset, email: str, role: Role) -> str:
    """Somebody else with a role; returns the secret of a token."""
    secret = make_annotator(dataset=dataset, email=email)
    Membership.objects.filter(dataset=dataset, user__email=email).update(role=role)
    return secret
