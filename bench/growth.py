"""`python -m bench.growth`: what people wait for as a dataset grows, by the same code in one run.

GROWTH says how many tasks the largest dataset has. Nothing of it is kept but the report.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

from bench.instance import throwaway
from bench.records import Record, line, table

REPORT = Path(__file__).parents[1] / "build" / "growth.json"
SMALLEST, USUAL, LARGEST = 10_000, 1_000_000, 10_000_000
BYTES_PER_TASK = 9_500
"""What a task takes with its three slots and answers, and the log of writing them; measured."""
FLAT = 1.5
"""A median that is so many times that of the smallest dataset at most has not grown."""


def main() -> int:
    """Measure, print the table, write the report; 2 if the disk is too small."""
    largest = int(os.environ.get("GROWTH", LARGEST))
    sizes = sorted({SMALLEST, min(USUAL, largest), largest})
    free = shutil.disk_usage(tempfile.gettempdir()).free
    if free < (needed := sum(sizes) * BYTES_PER_TASK):
        print(
            f"{largest:,} tasks need about {needed / 1e9:.0f} GB in {tempfile.gettempdir()}, and "
            f"{free / 1e9:.0f} GB are free. Set TMPDIR to a larger disk, or GROWTH to fewer tasks.",
            file=sys.stderr,
        )
        return 2
    records = []
    for record in compared(measure(sizes)):
        print(line(record), file=sys.stderr, flush=True)
        records.append(record)
        REPORT.parent.mkdir(exist_ok=True)
        REPORT.write_text(json.dumps([asdict(each) for each in records], indent=1))
    print(table(records))
    return 0


def compared(records: Iterator[Record]) -> Iterator[Record]:
    """Set each median beside that of the smallest dataset; names are `what@tasks`."""
    first: dict[str, float] = {}
    for record in records:
        what = record.name.partition("@")[0]
        if record.unit != "ms" or record.value is None:
            yield record
            continue
        ratio = record.value / first.setdefault(what, record.value)
        note = record.note if ratio <= FLAT else f"GROWS; {record.note}"
        yield replace(record, ratio=ratio, note=note)


def measure(sizes: list[int]) -> Iterator[Record]:
    """Figures of each size, and of the smallest dataset again beside the largest."""
    with throwaway() as environment:
        from bench.growing import fill_and_measure, measure_dataset, settle_server, weights

        settle_server()
        for size in sizes:
            yield from fill_and_measure(environment, size)
            yield from weights(size)
        if len(sizes) > 1:
            yield from measure_dataset(environment, sizes[0], beside=sizes[-1])


if __name__ == "__main__":
    sys.exit(main())
