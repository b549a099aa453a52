"""A bar on a terminal that says how far it is; nothing where nobody looks."""

from __future__ import annotations

import sys

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)


class Bar:
    """Lies on standard error, so that what is printed can be used, and goes away in the end."""

    def __init__(self) -> None:
        console = Console(stderr=True)
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
        )
        self._progress = Progress(
            *columns, console=console, transient=True, disable=not sys.stderr.isatty()
        )
        self._row: TaskID | None = None
        self._what = ""

    def show(self, what: str, done: int, total: int) -> None:
        """Say what is being done and how far it is; a `total` of 0 is not known."""
        if what != self._what:
            self.clear()
            self._progress.start()
            self._row, self._what = self._progress.add_task(what, total=None), what
        assert self._row is not None
        self._progress.update(self._row, completed=done, total=total or None)

    def clear(self) -> None:
        """Take the bar away."""
        if self._row is not None:
            self._progress.stop()
            self._progress.remove_task(self._row)
        self._row, self._what = None, ""
