"""Files that jobs make, from their row's point of view."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import transaction
from django.db.models.functions import Now

from apps.exchange.models import Made
from concord.errors import DomainError, RetryLater
from concord.jobs.context import JobStopped
from concord.storage.contents import Stored, full_disk_named

Beat = Callable[..., None]
Row = TypeVar("Row")
EVERY = 500
CRASHED = "Something went wrong while this was made. Nothing is lost: order it again."


def make(
    made: Made,
    write: Callable[[], tuple[Stored, Mapping[str, Any]]],
    *,
    afterwards: Callable[[], None] = lambda: None,
) -> None:
    """Have `write` make the file of a row, and note what it says of it; a finished one stays.

    Safe to run twice. `afterwards` is called in the transaction in which the row is done.
    """
    if made.state == Made.State.DONE:
        return
    change(made, state=Made.State.RUNNING, error="", done=0)
    try:
        with full_disk_named(), _spared():
            stored, told = write()
    except JobStopped:
        raise
    except RetryLater as error:
        change(made, error=error.detail)
        raise
    except DomainError as error:
        change(made, state=Made.State.FAILED, error=error.detail)
        raise
    except Exception:
        fail(made)
        raise
    file = {"file_sha256": stored.sha256, "file_size": stored.size}
    done = {"done": made.total, "state": Made.State.DONE, "error": "", "finished_at": Now()}
    with transaction.atomic():
        change(made, **file, **told, **done)
        afterwards()


@contextmanager
def _spared() -> Iterator[None]:
    """Spare the collector what was there before: to look through all of Django's objects again and
    again takes a third of the time in which a file is made."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def telling(made: Made, rows: Iterable[Row], beat: Beat) -> Iterator[Row]:
    """Pass rows on, and say now and then how many there were; `beat` may raise JobStopped."""
    for done, row in enumerate(rows, start=1):
        yield row
        if done % EVERY == 0:
            change(made, done=done)
            beat(done=done, total=made.total)


def fail(made: Made) -> None:
    """End what nobody goes on with; what is finished stays."""
    if made.state != Made.State.DONE:
        change(made, state=Made.State.FAILED, error=CRASHED)


def change(made: Made, **changes: object) -> None:
    """Write columns of a row, and read them back."""
    type(made)._default_manager.filter(pk=made.pk).update(**changes)
    made.refresh_from_db(fields=list(changes))
