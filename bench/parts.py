"""The parts of the benchmark; each is measured in a process of its own."""

from __future__ import annotations

import importlib
import sys

from bench.records import Record, line

MODULES = {
    "merge": "bench.merging",
    "start": "bench.starting",
    "queue": "bench.labelling",
    "browse": "bench.looking",
    "insights": "bench.insights",
    "import": "bench.importing",
    "export": "bench.exporting",
    "canvas": "bench.browsing",
    "guess": "bench.guessing",
    "assist": "bench.assisting",
}


def measure(part: str) -> list[Record]:
    """Measure one part here and now; Django, where the part needs it, is set up for good.

    Each figure is told as it comes: a part may take an hour, and break down at its end.
    """
    records = []
    for record in importlib.import_module(MODULES[part]).measure():
        print(line(record), file=sys.stderr, flush=True)
        records.append(record)
    return records
