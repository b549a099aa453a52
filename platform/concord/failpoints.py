"""Points at which a test lets a process die, as if somebody had killed it right there.

`CONCORD_FAILPOINT` names one; the settings refuse it in production.
"""

from __future__ import annotations

import os
from typing import Literal, get_args

from django.conf import settings

Point = Literal[
    "answer.committed",  # web: the answer is saved, nobody was told
    "request.committed",  # web: likewise any other request with an Idempotency-Key
    "row.claimed",  # a worker: a row of an import is taken, nothing is fetched
    "row.fetched",  # its bytes are here, none of them is kept
    "file.renamed",  # a file has its name, which may not outlive a power cut yet
    "rows.committed",  # images and tasks are made
    "job.ended",  # a piece of a job is done, the broker was not told
]
POINTS: tuple[Point, ...] = get_args(Point)
STATUS = 86
"""With which a process ends there: no other end of one looks the same."""


def reach(point: Point) -> None:
    """End the process at once, without any cleaning up, if this is where it is to end."""
    if point == settings.FAILPOINT:
        os._exit(STATUS)
