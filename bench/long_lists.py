"""A list of a million lines: how soon its first image is in, and what reading it weighs."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from bench.photos import order_import
from bench.processes import family, pss_kib
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
    with heaviest() as peak:
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
    note = "worker, PostgreSQL and Valkey together"
    yield Record("register_peak_mib_1m", max(peak), "MiB", len(peak), note=note)


@contextmanager
def heaviest() -> Iterator[list[float]]:
    """Yields what the programs that this process started weigh, in MiB, looked at all the time."""
    weights: list[float] = []
    stop = threading.Event()

    def watch() -> None:
        while not stop.wait(EVERY):
            weights.append(sum(map(_kib, set(family(os.getpid())) - {os.getpid()})) / 1024)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield weights
    finally:
        stop.set()
        thread.join()


def _kib(pid: int) -> int:
    with suppress(FileNotFoundError, ProcessLookupError):
        return pss_kib(pid)
    return 0
