"""Logs whose reader has stopped, or whose disk is full, hold nobody up (X19)."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import IO

import pytest

from concord.logs import quick_log
from concord.outlet import Outlet

LINE = "x" * 1000 + "\n"


@pytest.fixture
def pipe() -> Iterator[tuple[IO[str], IO[str]]]:
    """The end that a collector reads, and the end to which lines are written."""
    read, write = os.pipe()
    reader, writer = os.fdopen(read), os.fdopen(write, "w", buffering=1)
    yield reader, writer
    # First: a line on its way waits for it, and with it whoever closes the other.
    reader.close()
    with suppress(BrokenPipeError):
        writer.close()


def finishes(work: Callable[[], object]) -> bool:
    """Whether it comes to its end, in a thread that nobody has to wait for."""
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(10)
    return not thread.is_alive()


def test_whoever_writes_goes_on_while_the_reader_has_stopped(
    pipe: tuple[IO[str], IO[str]],
) -> None:
    reader, writer = pipe
    outlet = Outlet(writer, most=100)
    assert finishes(lambda: [outlet.write(LINE) for _ in range(500)])
    # It reads on: what was taken comes, and a word about what was not.
    with ThreadPoolExecutor(1) as threads:
        read = threads.submit(reader.readlines)
        outlet.drain(10)
        writer.close()
        lines = read.result(10)
    came = lines.count(LINE)
    missing = [json.loads(line)["lines"] for line in lines if line != LINE]
    assert came >= 100
    assert came + sum(missing) == 500


def test_each_of_both_ways_to_log_goes_through_it(pipe: tuple[IO[str], IO[str]]) -> None:
    reader, writer = pipe
    outlet = Outlet(writer, most=10)
    logger = logging.Logger("here")
    logger.addHandler(logging.StreamHandler(outlet))
    quick = quick_log(outlet)

    def much() -> None:
        for _ in range(300):
            quick.info("request", route=LINE)
            logger.info(LINE)

    assert finishes(much)
    assert json.loads(reader.readline())["route"] == LINE


def test_a_full_disk_fails_nobody() -> None:
    full = Path("/dev/full").open("w")  # noqa: SIM115 (closing it fails)
    outlet = Outlet(full)
    quick_log(outlet).info("request", status=200)
    outlet.drain(10)
    assert not outlet._lines.unfinished_tasks
    with suppress(OSError):
        full.close()


ENDS = """
import os, sys
from concord.outlet import Outlet
outlet = Outlet(sys.stderr)
outlet.write("before\\n")
if os.fork() == 0:
    outlet.write("child\\n")
    sys.exit()
os.wait()
outlet.write("after\\n")
"""


def test_the_last_lines_of_a_process_and_of_its_fork_are_written_once() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", ENDS],
        env={"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert sorted(ended.stderr.splitlines()) == ["after", "before", "child"]
