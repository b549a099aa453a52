"""Writing files of ten thousand settled tasks."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from bench.instance import throwaway
from bench.records import Record

if TYPE_CHECKING:
    from apps.datasets.models import Dataset

TASKS, BOXES = 10_000, 10

SETTLE = """
UPDATE tasks_task SET state = 'final' WHERE dataset_id = %(dataset)s;
INSERT INTO reviews_merge (task_id, dataset_id, task_version, algorithm, revisions, result,
        confidence, merged_at)
    SELECT id, dataset_id, 1, 'bench', '{}', %(result)s, 1, now()
      FROM tasks_task WHERE dataset_id = %(dataset)s;
INSERT INTO reviews_final (task_id, dataset_id, origin, answer, spans, accept, attributes,
        provenance, created_at)
    SELECT id, dataset_id, 'agreed', 'accept', %(spans)s, '[]', '{}', %(provenance)s, now()
      FROM tasks_task WHERE dataset_id = %(dataset)s;
INSERT INTO reviews_taskfacts (task_id, dataset_id, state, labels, conflict_kinds, annotators,
        answers, confidence, updated_at)
    SELECT id, dataset_id, 'final', '{}', '{}', %(annotators)s, 2, 1, now()
      FROM tasks_task WHERE dataset_id = %(dataset)s
"""


def measure() -> Iterator[Record]:
    """Figures of the part `export`."""
    with throwaway():
        dataset = _settled_dataset()
        for format_ in ("jsonl", "coco"):
            yield _exported(dataset, format_)


def _exported(dataset: Dataset, format_: str) -> Record:
    from apps.exchange.actions import create_export, run_export

    export = create_export(user=dataset.created_by, dataset=dataset, format=format_, which="final")
    began = time.perf_counter()
    done = run_export(export=export, beat=lambda **_: None)
    seconds = time.perf_counter() - began
    note = f"{BOXES} boxes each, {done.file_size / 2**20:.1f} MiB"
    return Record(f"export_{format_}_seconds_10k", seconds, "s", TASKS, note=note)


def _settled_dataset() -> Dataset:
    from django.db import connection, transaction

    from apps.annotators.models import User
    from bench.datasets import make_dataset

    owner = User.objects.create(email="owner@example.org")
    dataset = make_dataset(slug="export", tasks=TASKS, owner=owner)
    spans = list(_spans(str(dataset.labels.values_list("id", flat=True)[0])))
    members = [{"annotator": str(owner.id), "span": "1"}]
    objects = [{"span": s["id"], "kept": True, "members": members, "rulings": []} for s in spans]
    values: dict[str, Any] = {
        "dataset": dataset.id,
        "annotators": [owner.id],
        "spans": json.dumps(spans),
        "result": json.dumps({"answer_votes": [["accept", 2]]}),
        "provenance": json.dumps({"objects": objects, "revisions": [], "algorithm": "bench"}),
    }
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in SETTLE.split(";\n"):
            cursor.execute(statement, values)
    return dataset


def _spans(label: str) -> Iterator[dict[str, Any]]:
    from apps.datasets.domain.shapes import rectangle, render_shape

    for n in range(BOXES):
        box = rectangle(100.5 + 150 * n, 200.25, 120.0, 80.5)
        yield render_shape(box, {"id": str(uuid.uuid4()), "label_id": label})
