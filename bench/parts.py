"""The parts of the benchmark; each is measured in a process of its own."""

from __future__ import annotations

import importlib

from bench.records import Record

MODULES = {
    "merge": "bench.merging",
    "start": "bench.starting",
    "queue": "bench.labelling",
    "import": "bench.importing",
    "export": "bench.exporting",
    "canvas": "bench.browsing",
}


def measure(part: str) -> list[Record]:
    """Measure one part here and now; Django, where the part needs it, is set up for good."""
    return list(importlib.import_module(MODULES[part]).measure())
