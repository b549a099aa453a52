"""Models in the loop: keeping what they predict, moving the queue after it, and their figures."""

from __future__ import annotations

import http.client
import json
import resource
import statistics
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, Any

from bench.annotators import annotator, work
from bench.instance import throwaway, web, worker
from bench.long_lists import weighed
from bench.processes import cpu_by_part
from bench.records import Record, of_milliseconds

if TYPE_CHECKING:
    from apps.datasets.models import Dataset

SIZES = {"10k": 10_000, "100k": 100_000}
BATCH = 1000
QUIET_SECONDS = 3.0
"""Claims before anything moves, to compare with."""

SUGGEST = """
INSERT INTO tasks_suggestion (id, task_id, dataset_id, model, model_version, spans, accept, label,
        score, created_at)
SELECT uuidv7(), task_id, dataset_id, 'bench', '1', spans, '[]', '', 0.5, now()
  FROM reviews_final WHERE dataset_id = %s
"""
# As if people had worked for days: what changed in the last half minute is compared once more.
SPREAD = """
UPDATE tasks_task SET updated_at = now() - make_interval(mins => 1 + order_key::int)
 WHERE dataset_id = %s
"""


def measure() -> Iterator[Record]:
    """Figures of the part `assist`."""
    with throwaway() as environment:
        from apps.annotators.models import User

        owner = User.objects.create(email="owner@example.org")
        for size, tasks in SIZES.items():
            yield from _measure_queue(environment, size, tasks, owner)
        for size, tasks in SIZES.items():
            yield from _measure_figures(size, tasks, owner)


def _measure_queue(environment: Any, size: str, tasks: int, owner: Any) -> Iterator[Record]:
    from apps.tasks.models import Task

    dataset, lead, ann = _scored_queue(f"queue-{size}", tasks, owner)
    ids = list(map(str, Task.objects.filter(dataset=dataset).values_list("id", flat=True)))
    with web(environment) as port, ThreadPoolExecutor(1) as other:
        come = partial(annotator, port, slug=dataset.slug, secret=ann)
        quiet = work([come], seconds=QUIET_SECONDS).claims
        with worker(environment, processes=1), weighed() as weights, come() as person:
            before, began = cpu_by_part(), time.perf_counter()
            sending = other.submit(_send, port, dataset.slug, lead, ids)
            while not sending.done() or _ranking(dataset):
                person.cycle()
            ranked = time.perf_counter() - began
            used = {part: seconds - before[part] for part, seconds in cpu_by_part().items()}
    note = f"{BATCH} to a request, a box each, while the queue follows and one person answers"
    yield Record(f"assist_store_seconds_{size}", sending.result(), "s", tasks, note=note)
    note = f"from the first request; processor {used['app']:.0f} s, database {used['database']:.0f}"
    yield Record(f"assist_rank_seconds_{size}", ranked, "s", tasks, note=note)
    heavy = max(mib for each in weights for name, mib in each.items() if "python" in name)
    note = "the heaviest process of web and worker"
    yield Record(f"assist_rank_peak_mib_{size}", heavy, "MiB", len(weights), note=note)
    note = f"meanwhile; before that {statistics.median(quiet) * 1000:.1f}"
    yield of_milliseconds(f"assist_claim_ms_{size}", person.timings.claims, note=note)


def _send(port: int, slug: str, secret: str, tasks: Sequence[str]) -> float:
    """Send a prediction for every task; the seconds that it took."""
    began = time.perf_counter()
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        for start in range(0, len(tasks), BATCH):
            _predict(connection, slug, secret, tasks[start : start + BATCH])
    return time.perf_counter() - began


def _scored_queue(slug: str, tasks: int, owner: Any) -> tuple[Dataset, str, str]:
    """A queue by what a model is least sure of; with secrets of a manager and of an annotator."""
    from apps.datasets.models import Membership, Role
    from bench.datasets import make_annotator, make_dataset

    dataset = make_dataset(slug=slug, tasks=tasks, owner=owner)
    dataset.config["order"] = "uncertain"
    dataset.save(update_fields=["config"])
    lead, ann = (make_annotator(dataset=dataset, email=f"{n}@{slug}.example") for n in ("l", "a"))
    Membership.objects.filter(user__email=f"l@{slug}.example").update(role=Role.MANAGER)
    return dataset, lead, ann


def _predict(
    connection: http.client.HTTPConnection, slug: str, secret: str, tasks: Sequence[str]
) -> None:
    box = {"type": "rect", "x": 300, "y": 200, "width": 180, "height": 90, "label": "car"}
    predictions = [
        # The last digits of an id are random.
        {"task": task, "spans": [box], "score": uuid.UUID(task).int % 9973 / 9973}
        for task in tasks
    ]
    headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
    body = json.dumps({"model": "bench", "version": "1", "predictions": predictions})
    connection.request("POST", f"/api/datasets/{slug}/predictions/", body, headers)
    response = connection.getresponse()
    data = response.read()
    if response.status != http.HTTPStatus.OK:
        raise RuntimeError(f"predictions answered {response.status}: {data[:500]!r}")


def _ranking(dataset: Dataset) -> bool:
    from apps.tasks.actions.ranking import KIND
    from concord.jobs.queries import unfinished

    return bool(unfinished(dataset_id=dataset.pk, prefix=KIND))


def _measure_figures(size: str, tasks: int, owner: Any) -> Iterator[Record]:
    from bench.answered import make_answered
    from concord.rows import run

    dataset = make_answered(slug=f"figures-{size}", tasks=tasks, owner=owner)
    for statement in (SUGGEST, SPREAD):
        run(statement, [dataset.pk])
    command = [sys.executable, "-m", "bench.assisting", str(dataset.pk)]
    told = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    note = f"{told['compared']} finals of two boxes; after one more answer {told['again']:.2f} s"
    yield Record(f"assist_figures_seconds_{size}", told["seconds"], "s", tasks, note=note)
    note = "the process that compares, Django and all"
    yield Record(f"assist_figures_peak_mib_{size}", told["peak"], "MiB", tasks, note=note)


def _compare(dataset: str) -> None:
    """Add up the figures of a dataset, and once more after a change; print what that took."""
    import django

    django.setup()
    from apps.assist.models import Comparison
    from apps.datasets.models import Dataset
    from apps.tasks.models import Task

    found = Dataset.objects.get(pk=dataset)
    first = _compared(found)
    Task.objects.filter(dataset=found)[0].save()
    told = {
        "seconds": first,
        "again": _compared(found),
        "compared": Comparison.objects.filter(dataset=found).count(),
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10,
    }
    print(json.dumps(told))


def _compared(dataset: Dataset) -> float:
    from apps.assist.actions.comparing import compare_for_a_while

    began, progress = time.perf_counter(), {"done": 0}
    while compare_for_a_while(
        dataset=dataset, progress=progress, beat=lambda **p: progress.update(p)
    ):
        pass
    return time.perf_counter() - began


if __name__ == "__main__":
    _compare(sys.argv[1])
