"""A lead's page over HTTP, of a dataset of 100,000 tasks with three answers each."""

from __future__ import annotations

import http.client
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial

from bench.instance import throwaway, web
from bench.records import Record, of_milliseconds

TASKS, TIMES = 100_000, 20
PARTS = ("insights", "agreement", "quality")
"""What the page asks for, all at once."""


def measure() -> Iterator[Record]:
    """Figures of the part `insights`."""
    with throwaway() as environment:
        from apps.annotators.models import User
        from apps.datasets.models import Membership, Role
        from apps.reviews.actions.measuring import measure as measure_dataset
        from bench.answered import make_answered
        from bench.datasets import make_annotator

        owner = User.objects.create(email="owner@example.org")
        dataset = make_answered(slug="answered", tasks=TASKS, owner=owner)
        secret = make_annotator(dataset=dataset, email="lead@example.org")
        Membership.objects.filter(user__email="lead@example.org").update(role=Role.MANAGER)
        began = time.perf_counter()
        part = measure_dataset(dataset=dataset, beat=lambda: None).figures["part"]
        seconds = time.perf_counter() - began
        note = f"{part['tasks']} of {part['of']} tasks, {part['shapes']} boxes"
        yield Record("insights_measure_seconds_100k", seconds, "s", part["tasks"], note=note)
        with web(environment) as port, ThreadPoolExecutor(len(PARTS)) as people:
            fetch = partial(_fetch, port, secret)
            list(people.map(fetch, PARTS))  # warm
            pages, alone = [], []
            for _ in range(TIMES):
                began = time.perf_counter()
                list(people.map(fetch, PARTS))
                pages.append(time.perf_counter() - began)
                alone.append(fetch(PARTS[0]))
        note = "the slowest of the page's requests, sent at once"
        yield of_milliseconds("insights_ms_100k", pages, note=note)
        yield of_milliseconds("insights_counts_ms_100k", alone, note="the counts alone")


def _fetch(port: int, secret: str, part: str) -> float:
    """Ask for one part of the page; seconds until all of it was there."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.connect()
        began = time.perf_counter()
        headers = {"Authorization": f"Bearer {secret}"}
        connection.request("GET", f"/api/datasets/answered/{part}/", headers=headers)
        response = connection.getresponse()
        data = response.read()
        if response.status != http.HTTPStatus.OK:
            raise RuntimeError(f"{part} answered {response.status}: {data[:500]!r}")
        return time.perf_counter() - began
