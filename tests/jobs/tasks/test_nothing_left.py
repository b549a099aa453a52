"""Nobody is told "nothing left" because somebody else is just being served."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import TypeVar

import pytest
from django.db import connection, transaction
from django.db.models.functions import Now

from apps.annotators.models import User
from apps.datasets.models import Dataset, Role
from apps.tasks.actions.claiming import lease_tasks
from apps.tasks.actions.leasing import Lease, release_leases
from apps.tasks.models import Slot, SlotState, Task
from tests.factories import add_member, make_dataset, make_task, make_user

T = TypeVar("T")

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(4) as pool:
        yield pool


def in_thread(threads: ThreadPoolExecutor, work: Callable[[], T]) -> Future[T]:
    """Run `work` on a database connection of its own."""

    def run() -> T:
        try:
            return work()
        finally:
            connection.close()

    return threads.submit(run)


@contextmanager
def unfinished(threads: ThreadPoolExecutor, work: Callable[[], object]) -> Iterator[None]:
    """Inside this block `work` is done by somebody, but not yet committed."""
    done, commit = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            work()
            done.set()
            commit.wait(10)

    holder = in_thread(threads, hold)
    try:
        assert done.wait(10), holder.exception()
        yield
    finally:
        commit.set()
        holder.result(10)


def claim(user: User, dataset: Dataset) -> list[Lease]:
    return lease_tasks(user=user, dataset=dataset, count=1)


def annotator(dataset: Dataset, name: str) -> User:
    user = make_user(name)
    add_member(dataset, user, Role.ANNOTATOR)
    return user


def leave(user: User, dataset: Dataset, tasks: int) -> None:
    """Take work and go home: the leases run out."""
    lease_tasks(user=user, dataset=dataset, count=tasks)
    Slot.objects.filter(user=user).update(lease_expires_at=Now() - timedelta(hours=1))


def test_slots_that_somebody_else_is_just_freeing_are_waited_for(
    threads: ThreadPoolExecutor,
) -> None:
    dataset = make_dataset(owner=make_user("Olga"), overlap=1)
    for n in range(3):
        make_task(dataset, name=f"{n}.jpg", order_key=n)
    ann, ben = annotator(dataset, "Ann"), annotator(dataset, "Ben")
    leave(annotator(dataset, "Gone"), dataset, tasks=3)
    with unfinished(threads, lambda: claim(ann, dataset)):
        asked = in_thread(threads, lambda: claim(ben, dataset))
        with pytest.raises(TimeoutError):  # not told anything before Ann's claim is decided
            asked.result(0.5)
    assert len(asked.result(10)) == 1


def test_two_people_who_free_what_only_the_other_may_take_do_not_block_each_other(
    threads: ThreadPoolExecutor,
) -> None:
    """Each has passed on the task whose slot they free, and waits for the other's."""
    dataset = make_dataset(owner=make_user("Olga"), overlap=1)
    people = [annotator(dataset, name) for name in ("Ann", "Ben")]
    for n, user in enumerate(people):
        task = make_task(dataset, name=f"{n}.jpg", order_key=n)
        task.passes.create(
            dataset=dataset, user=user, reason="unclear", until=Now() + timedelta(hours=1)
        )
    for number in range(10):
        start = threading.Barrier(2, timeout=10)
        leave(annotator(dataset, f"Gone{number}"), dataset, tasks=2)

        def ask(user: User, start: threading.Barrier) -> list[Lease]:
            start.wait()
            return claim(user, dataset)

        asked = [in_thread(threads, partial(ask, user, start)) for user in people]
        assert [len(one.result(10)) for one in asked] == [1, 1]
        Slot.objects.update(
            state=SlotState.FREE, user=None, lease_token=None, lease_expires_at=None
        )


def test_a_task_that_is_just_being_answered_still_has_room_for_a_newcomer(
    threads: ThreadPoolExecutor,
) -> None:
    dataset = make_dataset(owner=make_user("Olga"), overlap="all")
    ann = annotator(dataset, "Ann")
    task = make_task(dataset)
    claim(ann, dataset)
    ben = annotator(dataset, "Ben")
    with unfinished(threads, lambda: Task.objects.select_for_update(no_key=True).get(pk=task.pk)):
        asked = in_thread(threads, lambda: claim(ben, dataset))
        with pytest.raises(TimeoutError):
            asked.result(0.5)
    assert [lease.task_id for lease in asked.result(10)] == [task.pk]
    task.refresh_from_db()
    assert (task.overlap, task.slots.count()) == (2, 2)


def test_two_tabs_of_a_newcomer_make_room_once(threads: ThreadPoolExecutor) -> None:
    dataset = make_dataset(owner=make_user("Olga"), overlap="all")
    task = make_task(dataset)
    claim(annotator(dataset, "Ann"), dataset)
    ben = annotator(dataset, "Ben")
    with unfinished(threads, lambda: claim(ben, dataset)):
        asked = in_thread(threads, lambda: claim(ben, dataset))
    assert [lease.task_id for lease in asked.result(10)] == [task.pk]
    assert task.slots.count() == 2


def test_a_manager_who_looks_in_opens_nothing_that_is_finished() -> None:
    owner = make_user("Olga")
    dataset = make_dataset(owner=owner, overlap="all")
    task = make_task(dataset)
    claim(annotator(dataset, "Ann"), dataset)
    assert claim(owner, dataset) == []
    task.refresh_from_db()
    assert (task.overlap, task.version) == (1, 1)


def test_giving_back_and_freeing_what_ran_out_lock_in_the_same_order(
    threads: ThreadPoolExecutor,
) -> None:
    dataset = make_dataset(owner=make_user("Olga"), overlap=1)
    first, second = (make_task(dataset, name=f"{n}.jpg", order_key=n) for n in range(2))
    ann = annotator(dataset, "Ann")
    lease_tasks(user=ann, dataset=dataset, count=2)
    for hours, task in ((1, first), (2, second)):  # the second one ran out before
        lapsed = Now() - timedelta(hours=hours)
        Slot.objects.filter(task=task).update(lease_expires_at=lapsed)

    with transaction.atomic():
        Slot.objects.select_for_update().get(task=second)
        releasing = in_thread(threads, lambda: release_leases(user=ann, dataset=dataset))
        with pytest.raises(TimeoutError):
            releasing.result(0.5)
        # It waits for the one that ran out first, and holds nothing that others wait for.
        Slot.objects.select_for_update(nowait=True).get(task=first)
    assert releasing.result(10) == 2
