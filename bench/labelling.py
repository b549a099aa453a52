"""The labelling loop over HTTP, on queues of growing length, with one person and with eight.

Beside it the same work at Label Studio, where an environment with it is named.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from bench.annotators import Timings, annotator, work
from bench.instance import throwaway, web
from bench.processes import cpu_by_part
from bench.records import Record, of_milliseconds

WARM_UP, SECONDS = 3.0, 12.0
CPU = "processor time, hardly touched by what else is running"
TEAMS = {"1user": 1, "8users": 8}
SIZES = {"10k": 10_000, "100k": 100_000, "1m": 1_000_000}
SHORTEST, LONGEST = "10k", "1m"
PEER = "CONCORD_PEER_LS"
"""Names the folder of an environment that has Label Studio."""
PEER_SIZES = {"10k", "100k"}
"""A project of a million tasks takes the peer longer to make than all else takes here."""
ANSWERS = """
SELECT count(*) FILTER (WHERE answers > overlap), sum(answers)
  FROM (SELECT t.overlap, count(*) AS answers
          FROM tasks_answer a JOIN tasks_task t ON t.id = a.task_id
         WHERE t.dataset_id = %s GROUP BY t.id) counted
"""


def measure() -> Iterator[Record]:
    """Figures of the part `queue`."""
    with throwaway() as environment:
        first: dict[str, float] = {}
        for size, tasks in SIZES.items():
            for record in _measure_size(environment, size, tasks):
                short = record.name.replace(f"_{size}", "")
                first.setdefault(short, record.value or 0)
                if size == SHORTEST or record.ratio is not None or not first[short]:
                    yield record
                else:
                    assert record.value is not None
                    yield replace(record, ratio=record.value / first[short])


def _measure_size(environment: Any, size: str, tasks: int) -> Iterator[Record]:
    # Models can be imported once the throw-away instance has set Django up.
    from apps.annotators.models import User
    from bench.datasets import make_annotator, make_dataset
    from bench.tail import measure_tail

    owner, _ = User.objects.get_or_create(email="owner@example.org")
    began = time.perf_counter()
    dataset = make_dataset(slug=f"queue-{size}", tasks=tasks, owner=owner)
    filled = f"{tasks} tasks made in {time.perf_counter() - began:.1f} s"
    emails = [f"person{n}@example.org" for n in range(max(TEAMS.values()))]
    secrets = [make_annotator(dataset=dataset, email=email) for email in emails]
    peer = _peer(size, tasks)
    with web(environment) as port:
        come = [partial(annotator, port, slug=dataset.slug, secret=secret) for secret in secrets]
        for team, people in TEAMS.items():
            work(come[:people], seconds=WARM_UP)
            before = cpu_by_part()
            timings = work(come[:people], seconds=SECONDS)
            after = cpu_by_part()
            for record in _records(f"{size}_{team}", timings, note=filled):
                yield replace(record, peer=peer.get(record.name))
            for name in ("app", "database"):
                spent = (after[name] - before[name]) / len(timings.submits) * 1000
                title = f"cpu_ms_per_cycle_{size}_{team}_{name}"
                yield Record(title, spent, "ms", len(timings.submits), note=CPU)
            if people == 1:
                usual = statistics.median(timings.claims)
        yield _over_overlap(dataset, size)
        if tasks >= SIZES[LONGEST]:
            yield from measure_tail(port, dataset, tasks=tasks, size=size, usual=usual)


def _peer(size: str, tasks: int) -> dict[str, float | None]:
    """The peer's figures under the names of ours; none where no peer is named."""
    if size not in PEER_SIZES or PEER not in os.environ:
        return {}
    from bench.peers.studio import running_peer

    figures: dict[str, float | None] = {}
    with running_peer(Path(os.environ[PEER]), people=max(TEAMS.values()), tasks=tasks) as peer:
        for team, people in TEAMS.items():
            work(peer.come()[:people], seconds=WARM_UP)
            timings = work(peer.come()[:people], seconds=SECONDS)
            records = _records(f"{size}_{team}", timings, note="")
            figures |= {record.name: record.value for record in records}
    return figures


def _records(name: str, timings: Timings, *, note: str) -> Iterator[Record]:
    done = len(timings.submits)
    yield Record(f"cycles_per_second_{name}", done / SECONDS, "/s", done, note=note)
    yield of_milliseconds(f"claim_ms_{name}", timings.claims, note="in the cycle")
    yield of_milliseconds(f"submit_ms_{name}", timings.submits, note="10 boxes, merge included")


def _over_overlap(dataset: Any, size: str) -> Record:
    """How many tasks have more answers than they asked for."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(ANSWERS, [dataset.id])
        over, answers = cursor.fetchone()
    return Record(f"tasks_over_overlap_{size}", over, "", int(answers), note="should be 0")
