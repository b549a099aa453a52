"""A list of a million lines: how soon its first image is in, and what reading it weighs."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from bench.photos import order_import
from bench.processes import family, name_of, pss_kib
from bench.records import Record

if TYPE_CHECKING:
    from apps.datasets.models import Dataset

LINES = 1_000_000
PATIENCE = 900
EVERY = 0.5


def measure_long_list(dataset: Dataset, photos: Sequence[str], port: int) -> Iterator[Record]:
    """Read through the running worker; the photos come first, nothing is at the other lines."""
    from apps.imports.actions.running import cancel_import
    from apps.imports.models import ImportRow

    missing = (f"http://127.0.0.1:{port}/none/{n}.jpg" for n in range(LINES - len(photos)))
    urls = [*photos, *missing]
    with weighed() as peak:
        began = time.perf_counter()
        found = order_import(dataset, urls)
        brought = ImportRow.objects.filter(of_import=found, state="done")
        first = None
        while found.reading and time.perf_counter() - began < PATIENCE:
            if first is None and brought.exists():
                first = time.perf_counter() - began
            time.sleep(0.05 if first is None else EVERY)
            found.refresh_from_db()
        took = time.perf_counter() - began
    cancel_import(found=found, actor=dataset.created_by)
    note = f"read in {took:.0f} s while the first lines were fetched"
    yield Record("import_first_image_seconds_1m", first, "s", 1, note=note)
    together = max(sum(each.values()) for each in peak)
    note = f"the heaviest process of the worker; with PostgreSQL and all else {together:.0f}"
    heavy = max(mib for each in peak for name, mib in each.items() if "python" in name)
    yield Record("register_peak_mib_1m", heavy, "MiB", len(peak), note=note)


@contextmanager
def weighed() -> Iterator[list[dict[str, float]]]:
    """Yields what each process that this one started weighs, in MiB, looked at all the time; they
    are named by program and number."""
    weights: list[dict[str, float]] = []
    stop = threading.Event()

    def watch() -> None:
        while not stop.wait(EVERY):
            weights.append(dict(map(_weight, set(family(os.getpid())) - {os.getpid()})))

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield weights
    finally:
        stop.set()
        thread.join()


def _weight(pid: int) -> tuple[str, float]:
    with suppress(FileNotFoundError, ProcessLookupError):
        return f"{name_of(pid)} {pid}", pss_kib(pid) / 1024
    return "gone", 0.0
