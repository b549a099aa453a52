"""Keeps one child running: starts it again when it ends, later each time it fails at once."""

import time
from collections.abc import Callable

from concord.services.process import CannotStart, Child

LONGEST_DELAY = 30.0
STEADY = 60.0  # after so many seconds alive a child counts as well again


class Watched:
    """A child, how to start it so that it is ready, and how often that failed lately."""

    def __init__(
        self, *, child: Child, start: Callable[[], None], say: Callable[[str], None]
    ) -> None:
        self.child = child
        self._start = start
        self._say = say
        self._failures = 0
        self._started_at = time.monotonic()
        self._due_at: float | None = None

    def look(self, *, now: float) -> None:
        """Start it again if it has ended and its delay is over."""
        if self._due_at is not None:
            if now >= self._due_at:
                self._start_again(now=now)
        elif not self.child.is_alive():
            self._plan(self.child.how_it_ended(), now=now)
        elif now - self._started_at > STEADY:
            self._failures = 0

    def _start_again(self, *, now: float) -> None:
        self._due_at = None
        self._started_at = now
        try:
            self._start()
        except CannotStart as refusal:
            self._plan(str(refusal), now=now)

    def _plan(self, reason: str, *, now: float) -> None:
        delay = min(2.0**self._failures, LONGEST_DELAY)
        self._failures += 1
        self._due_at = now + delay
        self._say(
            f"{self.child.name} ended ({reason}); starting it again in {delay:.0f} s. "
            f"Its log: {self.child.log}"
        )
