"""Writing files of ten and of a hundred thousand settled tasks, each in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.instance import throwaway
from bench.records import Record

if TYPE_CHECKING:
    from apps.datasets.models import Dataset

SIZES = {"10k": 10_000, "100k": 100_000}
BOXES = 10

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
UPDATE reviews_taskfacts SET state = 'final', annotators = %(annotators)s, answers = 2,
       confidence = 1, verdict = 'accept' WHERE dataset_id = %(dataset)s
"""


def measure() -> Iterator[Record]:
    """Figures of the part `export`."""
    with throwaway():
        for size, tasks in SIZES.items():
            dataset = _settled_dataset(f"export-{size}", tasks)
            peaks = []
            for format_ in ("jsonl", "coco"):
                seconds, peak, note = _exported(dataset, format_)
                peaks.append(peak)
                yield Record(f"export_{format_}_seconds_{size}", seconds, "s", tasks, note=note)
            note = "the larger of two processes, Django and all"
            yield Record(f"export_peak_mib_{size}", max(peaks), "MiB", tasks, note=note)


def _exported(dataset: Dataset, format_: str) -> tuple[float, float, str]:
    """Seconds, and the most memory that the process ever had, in MiB."""
    from apps.exchange.actions import create_export
    from apps.exchange.domain.options import ExportOptions

    export = create_export(user=dataset.created_by, dataset=dataset, options=ExportOptions(format_))
    worker = [sys.executable, "-m", "bench.exporting", str(export.pk)]
    told = json.loads(subprocess.run(worker, check=True, capture_output=True).stdout)
    note = f"{BOXES} boxes each, {told['size'] / 2**20:.1f} MiB, {told['cpu']:.2f} s of processor"
    return told["seconds"], told["peak"], note


def _write(export: str) -> None:
    """Write one file, and print what that took."""
    import django

    django.setup()
    from apps.exchange.actions import run_export
    from apps.exchange.models import Export

    found = Export.objects.get(pk=export)
    began, used = time.perf_counter(), time.process_time()
    done = run_export(export=found, beat=lambda **_: None)
    told = {
        "seconds": time.perf_counter() - began,
        "cpu": time.process_time() - used,
        "peak": _peak(),
        "size": done.file_size,
    }
    print(json.dumps(told))


def _peak() -> float:
    """MiB. Not `ru_maxrss`: Linux begins that with the memory of the process that started this."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 2**10


def _settled_dataset(slug: str, tasks: int) -> Dataset:
    from django.db import connection, transaction

    from apps.annotators.models import User
    from bench.datasets import make_dataset

    owner = User.objects.create(email=f"{slug}@example.org")
    dataset = make_dataset(slug=slug, tasks=tasks, owner=owner)
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


if __name__ == "__main__":
    _write(sys.argv[1])
