"""Fetches that a request waits for: a look at an image that lies elsewhere, a small picture of a
line that is not imported yet."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from concord.errors import Unavailable

# A web process has eight threads: however slow the servers of others are, three are free.
AT_ONCE = 5
turns = threading.BoundedSemaphore(AT_ONCE)


@contextmanager
def fetching_turn() -> Iterator[None]:
    """Fetch inside; raises Unavailable `busy` when this process has as many under way as it may."""
    if not turns.acquire(blocking=False):
        raise Unavailable("busy", "Too many pictures are being fetched. Try again shortly.")
    try:
        yield
    finally:
        turns.release()
