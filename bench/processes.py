"""What processes use, as the kernel tells it."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def family(pid: int) -> Iterator[int]:
    """A process and all that it started and that still runs."""
    yield pid
    with contextlib.suppress(FileNotFoundError):
        for thread in Path(f"/proc/{pid}/task").iterdir():
            for child in (thread / "children").read_text().split():
                yield from family(int(child))


def name_of(pid: int) -> str:
    """The name of the program that a process runs."""
    return Path(f"/proc/{pid}/comm").read_text().strip()


def pss_kib(pid: int) -> int:
    """The memory of a process, shared pages divided among those who share them."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    return 0


def cpu_seconds(pid: int) -> float:
    """Processor time of a process and of its children that have ended."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / TICKS


def cpu_by_part() -> dict[str, float]:
    """Seconds of processor time of all that this process has started, the database apart."""
    used = {"app": 0.0, "database": 0.0}
    for pid in set(family(os.getpid())) - {os.getpid()}:
        # What has ended meanwhile is in its parent's time.
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            used["database" if name_of(pid) == "postgres" else "app"] += cpu_seconds(pid)
    return used
