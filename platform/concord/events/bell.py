"""Telling a reader of events that there is something new: one Celery message after the commit.

The bell is a courtesy. Who follows events looks for itself every few seconds, so a message that is
lost delays what it does, and one that is doubled changes nothing.
"""

from collections.abc import Callable, Iterable
from functools import partial

import structlog
from django.db import connection, transaction

from concord.celery import app

log = structlog.get_logger(__name__)

_ringers: dict[str, Callable[[], None]] = {}


def ring_for(kinds: Iterable[str], *, task: str) -> None:
    """Have the Celery task of this name called when events of these kinds were committed."""
    ringer = partial(_ring, task)
    _ringers.update(dict.fromkeys(kinds, ringer))


def ring_after_commit(kind: str) -> None:
    """Ring once for a transaction, however many events it brings."""
    ringer = _ringers.get(kind)
    if ringer is None or any(waiting[1] is ringer for waiting in connection.run_on_commit):
        return
    transaction.on_commit(ringer, robust=True)


def _ring(task: str) -> None:
    try:
        app.send_task(task, retry=False)
    except Exception as error:
        log.warning("events.bell_unheard", task=task, error=repr(error))
