"""What must hold of imports at every moment, however their workers were killed."""

import random
from datetime import timedelta

from django.db.models import Count, F

from apps.datasets.models import Blob, Dataset, Image
from apps.imports.models import ImportRow, RowState
from apps.tasks.models import Slot, Task
from concord.jobs.models import Job
from concord.storage.files import store
from tests.forms import LONG

WAITING = [RowState.QUEUED, RowState.FETCHING]


def check_books(dataset: Dataset) -> None:
    """Every image has its one row, task and slots, and its files; nothing is there twice."""
    rows = ImportRow.objects.filter(dataset=dataset)
    brought = rows.filter(state=RowState.DONE)
    images = list(brought.values_list("image", flat=True))
    tasks = list(brought.values_list("task", flat=True))
    assert None not in images
    assert None not in tasks
    assert set(images) == set(Image.objects.filter(dataset=dataset).values_list("id", flat=True))
    assert set(tasks) == set(Task.objects.filter(dataset=dataset).values_list("id", flat=True))
    assert len(images) == len(set(images)) == len(set(tasks))
    twice = Image.objects.filter(dataset=dataset).values("blob").annotate(n=Count("pk"))
    assert not twice.filter(n__gt=1).exists()
    assert Slot.objects.filter(dataset=dataset).count() == 2 * len(tasks)
    files = Blob.objects.values_list("sha256", "rendition_sha256", "thumbnail_sha256")
    assert all(store().exists(sha256) for names in files for sha256 in names)
    ended = rows.filter(state=RowState.FAILED)
    assert not ended.filter(code="").exists()


def ended(dataset: Dataset) -> int:
    """How many rows have come to their end with an image."""
    return ImportRow.objects.filter(dataset=dataset, state=RowState.DONE).count()


def places(seed: int, *, count: int, most: int) -> list[int]:
    """After how many further images to strike; the first time at once, while the list is read."""
    chance = random.Random(seed)
    return [0, *(chance.randint(1, most) for _ in range(count - 1))]


def dead_for_a_minute() -> None:
    """As if those who were killed had been silent for a minute; the long form waits for that."""
    if LONG:
        return
    minute = timedelta(minutes=1)
    Job.objects.filter(state=Job.State.RUNNING).update(heartbeat_at=F("heartbeat_at") - minute)
    Job.objects.filter(state=Job.State.QUEUED).update(rung_at=F("rung_at") - minute)
    rows = ImportRow.objects.filter(state=RowState.FETCHING)
    rows.update(claimed_until=F("claimed_until") - minute)
