"""Starting the whole product as a user does, and what it weighs when nobody uses it."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.instance import free_port, is_ready
from bench.processes import family, pss_kib
from bench.records import Record

COMMAND = (sys.executable, "-c", "from concord.client.cli import main; main()", "up")
READY_SECONDS = 60
IDLE_AFTER = 5.0


def measure() -> Iterator[Record]:
    """Figures of the part `start`."""
    folder = Path(tempfile.mkdtemp(prefix="concord-bench-"))
    try:
        with _up(folder) as (_, seconds):
            yield Record("first_start_seconds", seconds, "s", 1, note="empty data folder, no demo")
        with _up(folder) as (supervisor, seconds):
            yield Record("start_seconds", seconds, "s", 1, note="`concord up` to /readyz")
            time.sleep(IDLE_AFTER)
            processes = list(family(supervisor))
            weight = sum(map(pss_kib, processes)) / 1024
            note = f"PSS of {len(processes)} processes, services included"
            yield Record("idle_mib", weight, "MiB", 1, note=note)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _up(folder: Path) -> Iterator[tuple[int, float]]:
    """Run `concord up` in a data folder; yields its process and how long it took to be ready."""
    port = free_port()
    own = {"CONCORD_DATA_DIR": str(folder), "CONCORD_DEMO": "0", "PORT": str(port)}
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("CONCORD_") and name not in {"DATABASE_URL", "CELERY_BROKER_URL"}
    }
    began = time.perf_counter()
    with (folder / "up.log").open("wb") as log:
        supervisor = subprocess.Popen(COMMAND, env={**kept, **own}, stdout=log, stderr=log)
    try:
        while not is_ready(port):
            if supervisor.poll() is not None or time.perf_counter() - began > READY_SECONDS:
                raise RuntimeError(f"It did not start:\n{(folder / 'up.log').read_text()}")
            time.sleep(0.02)
        yield supervisor.pid, time.perf_counter() - began
    finally:
        supervisor.send_signal(signal.SIGTERM)
        supervisor.wait(60)
