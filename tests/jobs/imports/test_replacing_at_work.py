"""Replacing an image while people claim and answer: each answer stays with its own bytes."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from django.db import transaction

from apps.annotators.models import User
from apps.datasets.models import Blob, Dataset, Image
from apps.imports.actions.bringing import NotBrought
from apps.imports.actions.lists import Upload
from apps.imports.actions.replacing import put_in_place, replace_image
from apps.imports.models import Import, ImportRow
from apps.tasks.actions.claiming import lease_tasks
from apps.tasks.models import Revision, Slot, Task, TaskImage
from concord.errors import Invalid, NotFound
from tests.factories import make_image, make_task
from tests.forms import rounds
from tests.jobs.imports.brought import do_jobs
from tests.jobs.imports.test_undo_at_work import answer
from tests.jobs.tasks.test_nothing_left import annotator, in_thread, unfinished
from tests.servers.images import picture

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(6) as pool:
        yield pool


def image_of(task: Task) -> Image:
    return Image.objects.get(task_images__task=task)


def order(image: Image, owner: User, *, number: int = 1, withdraw: bool = True) -> Import:
    source = Upload("new.jpg", io.BytesIO(picture(number)))
    return replace_image(image=image, source=source, withdraw=withdraw, user=owner)


@pytest.mark.parametrize("_round", rounds(long=10))
def test_people_work_on_while_their_images_are_replaced(
    _round: int, dataset: Dataset, owner: User, threads: ThreadPoolExecutor
) -> None:
    tasks = [make_task(dataset, name=f"{n}.jpg", order_key=n) for n in range(24)]
    bytes_of = dict(TaskImage.objects.values_list("task", "image__blob__sha256"))
    orders = [order(image_of(task), owner, number=n + 1) for n, task in enumerate(tasks[::4])]
    people = [annotator(dataset, name) for name in ("Ann", "Ben", "Cleo")]
    start = threading.Barrier(len(people) + 1, timeout=20)

    def work(user: User) -> int:
        start.wait()
        answers = 0
        while leases := lease_tasks(user=user, dataset=dataset, count=2):
            for lease in leases:
                with suppress(NotFound, Task.DoesNotExist):
                    answer(user, lease)
                    answers += 1
        return answers

    def replace() -> None:
        start.wait()
        do_jobs("imports.fetch")

    asked = [in_thread(threads, lambda user=user: work(user)) for user in people]
    in_thread(threads, replace).result(120)
    given = sum(each.result(60) for each in asked)

    ends = ImportRow.objects.filter(of_import__in=orders).values_list("state", "code")
    assert set(ends) == {("done", "")}
    assert Revision.objects.count() == given
    # Every place in the queue has one task, and each old one is about what it was about.
    assert sorted(Task.objects.values_list("order_key", flat=True)) == list(range(24))
    for old in Task.everything.filter(pk__in=[task.pk for task in tasks]):
        assert TaskImage.objects.get(task=old).image.blob.sha256 == bytes_of[old.pk]
    replaced = Task.objects.filter(order_key__in=range(0, 24, 4))
    assert not replaced & Task.objects.filter(pk__in=[task.pk for task in tasks])
    assert not Slot.objects.exclude(task__withdrawn_at=None).exclude(state="submitted").exists()


def land(found: Import, image: Image) -> Task | None:
    with transaction.atomic():
        return put_in_place(found=found, image=image)


def test_what_is_just_being_claimed_is_waited_for_without_holding_anybody_up(
    dataset: Dataset, owner: User, annotator: User, threads: ThreadPoolExecutor
) -> None:
    task = make_task(dataset, name="old.jpg", order_key=5)
    found, new = order(image_of(task), owner), make_image(dataset, name="new.jpg")
    with unfinished(threads, lambda: lease_tasks(user=annotator, dataset=dataset, count=1)):
        with pytest.raises(NotBrought) as refusal:
            land(found, new)
        assert (refusal.value.code, refusal.value.retryable) == ("busy", True)
    made = land(found, new)
    assert made is not None
    assert (made.order_key, Task.everything.get(pk=task.pk).withdrawn_at is None) == (5, False)


def test_two_that_replace_the_same_image_never_both_land(
    dataset: Dataset, owner: User, threads: ThreadPoolExecutor
) -> None:
    task = make_task(dataset, name="old.jpg")
    orders = [order(image_of(task), owner, number=n, withdraw=False) for n in (1, 2)]
    first, second = (make_image(dataset, name=f"{name}.jpg") for name in ("a", "b"))
    with unfinished(threads, lambda: land(orders[0], first)), pytest.raises(NotBrought):
        land(orders[1], second)
    orders[1] = Import.objects.get(pk=orders[1].pk)
    with pytest.raises(Invalid) as refusal:
        land(orders[1], second)
    assert refusal.value.code == "nothing_to_replace"
    assert Task.objects.count() == 1


def test_an_answer_that_comes_as_the_other_one_lands_is_refused(
    dataset: Dataset, owner: User, annotator: User, threads: ThreadPoolExecutor
) -> None:
    task = make_task(dataset, name="old.jpg")
    (lease,) = lease_tasks(user=annotator, dataset=dataset, count=1)
    answer(annotator, lease)
    found = order(image_of(task), owner)
    with unfinished(threads, lambda: land(found, make_image(dataset, name="new.jpg"))):
        late = in_thread(threads, lambda: answer(annotator, lease))
        with pytest.raises(TimeoutError):
            late.result(0.5)
    with pytest.raises(NotFound):
        late.result(10)
    assert Revision.objects.filter(task=task).count() == 1


def test_it_lands_once_however_often_its_worker_dies(dataset: Dataset, owner: User) -> None:
    """All that it changes is one transaction, which ends with the row's claim."""
    task = make_task(dataset, name="old.jpg", order_key=3)
    found = order(image_of(task), owner)
    blobs = Blob.objects.count()
    with pytest.raises(RuntimeError), transaction.atomic():
        put_in_place(found=found, image=make_image(dataset, name="new.jpg"))
        raise RuntimeError
    assert Blob.objects.count() == blobs
    assert Task.objects.get() == task
    do_jobs("imports.fetch")
    row = ImportRow.objects.get(of_import=found)
    assert (row.state, row.task_id) == ("done", Task.objects.get().pk)
    assert row.image_id == image_of(Task.objects.get()).pk
