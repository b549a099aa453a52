"""One line on a terminal that says how far it is; nothing where nobody looks."""

from __future__ import annotations

import shutil
import sys
import time

EVERY = 0.1  # seconds


class Line:
    """Writes over itself, on standard error, so that what is printed can be used."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()
        self._last = 0.0

    def show(self, text: str) -> None:
        """Replace the line, unless that was done a moment ago."""
        now = time.monotonic()
        if self._shown and now - self._last >= EVERY:
            self._last = now
            width = shutil.get_terminal_size().columns - 1
            self._write(text[:width].ljust(width))

    def clear(self) -> None:
        """Take the line away."""
        if self._shown and self._last:
            self._write(" " * (shutil.get_terminal_size().columns - 1))
            self._write("")

    def _write(self, text: str) -> None:
        print(f"\r{text}", end="", file=sys.stderr, flush=True)
