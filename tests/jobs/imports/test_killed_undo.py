"""kill -9 of the worker in the middle of an undo: another one goes on where it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from apps.annotators.models import User
from apps.datasets.models import Blob, Dataset, Image
from apps.imports.actions.undoing import undo_import
from apps.imports.models import Import, ImportState
from apps.tasks.models import Slot, Task
from concord.events.models import Event
from tests.jobs.imports.brought import make_import
from tests.jobs.imports.ledger import dead_for_a_minute
from tests.jobs.imports.test_killed_worker import (  # noqa: F401 - a fixture that is always used
    _clean_broker,
    celery,
    wait_until,
)

IMAGES = 1000

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_undo_whose_worker_was_killed_comes_to_its_end(
    owner: User, dataset: Dataset, tmp_path: Path
) -> None:
    log = tmp_path / "celery.log"
    found, tasks = make_import(dataset, owner, images=IMAGES)
    kept = {task.pk for task in tasks[::100]}
    Task.objects.filter(pk__in=kept).update(state="answered")
    undo_import(found=found, actor=owner)
    with celery(log, "") as kill:
        wait_until(lambda: Task.objects.count() < IMAGES, seconds=90, log=log)
        kill()
    left = Task.objects.count()
    assert len(kept) < left < IMAGES
    # Each chunk went whole.
    assert Image.objects.count() == left
    assert Slot.objects.count() == 2 * left
    assert Import.objects.get().state == ImportState.UNDOING
    dead_for_a_minute()

    with celery(log, ""):
        over = Import.objects.filter(state=ImportState.UNDONE)
        wait_until(over.exists, seconds=90, log=log)
        wait_until(lambda: Blob.objects.count() == len(kept), seconds=90, log=log)
    assert set(Task.objects.values_list("pk", flat=True)) == kept
    assert Image.objects.count() == len(kept)
    assert Event.objects.filter(kind="import.undone").count() == 1
