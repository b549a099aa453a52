"""`python -m bench`: measures every part, or the one that ONLY names."""

from __future__ import annotations

import json
import multiprocessing
import os
import sys
import traceback
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from pathlib import Path

from bench import parts
from bench.records import PROMISED, Record, table, with_absent, with_load

REPORT = Path(__file__).parents[1] / "build" / "bench.json"


def main() -> int:
    """Measure, print the table, write the report; 1 if a part broke down, 2 if there is none."""
    only = os.environ.get("ONLY", "")
    if only and only not in PROMISED:
        print(f"ONLY is {only!r}; it must be one of {', '.join(PROMISED)}.", file=sys.stderr)
        return 2
    records: list[Record] = []
    broken = False
    for part in PROMISED:
        if only in ("", part):
            done, ok = _measured(part)
            broken = broken or not ok
            records += done
        else:
            records += with_absent(part, [], why="not asked for")
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(json.dumps([asdict(record) for record in records], indent=1))
    print(table(record for record in records if record.note != "not asked for"))
    return int(broken)


def _measured(part: str) -> tuple[list[Record], bool]:
    """One part in a process of its own, so that none inherits memory or settings of another."""
    if part not in parts.MODULES:
        return with_absent(part, [], why="not measured yet"), True
    print(f"Measuring {part}", file=sys.stderr, flush=True)
    load = f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores before"
    spawn = multiprocessing.get_context("spawn")
    try:
        with ProcessPoolExecutor(1, mp_context=spawn) as process:
            records = process.submit(parts.measure, part).result()
    except Exception as error:
        traceback.print_exc()
        return with_absent(part, [], why=f"broke down: {type(error).__name__}"), False
    noted = [with_load(record, load) for record in records]
    return with_absent(part, noted, why="not measured yet"), True


if __name__ == "__main__":
    sys.exit(main())
