"""Where log lines leave the process, without ever holding up who writes them.

A reader that has stopped (a full pipe to a collector, a terminal that was paused) or a full disk
would make the next line wait or fail, and with it the request that the line is about.
"""

from __future__ import annotations

import atexit
import json
import os
import queue
import threading
import time
from contextlib import suppress
from typing import TextIO

MOST_LINES = 10_000
"""So many wait for the reader; later ones are dropped, and counted in a line of their own."""
LAST_SECONDS = 1.0
"""How long the end of the process waits for the last lines to be written."""


class Outlet:
    """A file to write lines to. A thread passes them on; each process has its own."""

    def __init__(self, file: TextIO, *, most: int = MOST_LINES) -> None:
        self._file = file
        self._most = most
        self._start_anew()
        # What waits at a fork is the parent's to write, and its thread is not in the child.
        os.register_at_fork(after_in_child=self._start_anew)
        atexit.register(self.drain)

    def write(self, text: str) -> int:
        """Take the text, or drop it where too much waits already."""
        if self._thread is None:
            with self._starting:
                self._start_thread()
        try:
            self._lines.put_nowait(text)
        except queue.Full:
            self._dropped += 1
        return len(text)

    def flush(self) -> None:
        """Nothing: the thread sees to it."""

    def drain(self, seconds: float = LAST_SECONDS) -> None:
        """Wait until all is written, but no longer than that."""
        until = time.monotonic() + seconds
        while self._lines.unfinished_tasks and time.monotonic() < until:
            time.sleep(0.005)

    def _start_anew(self) -> None:
        self._lines: queue.Queue[str] = queue.Queue(self._most)
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None
        self._dropped = 0

    def _start_thread(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._pass_on, name="log", daemon=True)
            self._thread.start()

    def _pass_on(self) -> None:
        while True:
            text = self._lines.get()
            if self._dropped:
                count, self._dropped = self._dropped, 0
                text += json.dumps({"event": "log.dropped", "level": "warning", "lines": count})
                text += "\n"
            # ValueError: a file that somebody closed.
            with suppress(OSError, ValueError):
                self._file.write(text)
                self._file.flush()
            self._lines.task_done()
