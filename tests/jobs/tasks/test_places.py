"""People go through the queue from where they are, and miss nothing that lies behind them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.models.functions import Now

from apps.annotators.models import User
from apps.datasets.models import Dataset
from apps.tasks.actions.claiming import lease_tasks
from apps.tasks.actions.drafting import skip_task
from apps.tasks.actions.leasing import release_leases
from apps.tasks.models import Pass, Place, Queue, Slot, SlotState, Task
from tests.factories import make_dataset, make_task, make_user
from tests.jobs.tasks.test_nothing_left import annotator, claim, in_thread, threads, unfinished

__all__ = ["threads"]

pytestmark = pytest.mark.django_db(transaction=True)


def queue_of(count: int, **config: Any) -> tuple[Dataset, list[Task]]:
    """A dataset with some tasks, whose turns leave room between them."""
    dataset = make_dataset(owner=make_user("Olga"), **config)
    return dataset, [
        make_task(dataset, name=f"{n}.jpg", order_key=10 * n + 10) for n in range(count)
    ]


def answer(user: User, dataset: Dataset, count: int = 1) -> list[Any]:
    """Claim and answer tasks one after another; returns them in the order in which they came."""
    met = []
    for _ in range(count):
        (lease,) = claim(user, dataset)
        Slot.objects.filter(task=lease.task_id, user=user).update(
            state=SlotState.SUBMITTED, lease_token=None, lease_expires_at=None, submitted_at=Now()
        )
        met.append(lease.task_id)
    return met


def test_a_task_that_is_made_behind_a_place_comes_next() -> None:
    dataset, tasks = queue_of(3, overlap=1)
    ann = annotator(dataset, "Ann")
    answer(ann, dataset, 2)
    earlier = make_task(dataset, name="earlier.jpg", order_key=5)
    assert answer(ann, dataset, 2) == [earlier.pk, tasks[2].pk]


def test_what_came_back_comes_next_though_the_place_is_behind_it() -> None:
    dataset, tasks = queue_of(3, overlap=1)
    ann, ben = annotator(dataset, "Ann"), annotator(dataset, "Ben")
    claim(ann, dataset)
    answer(ben, dataset)
    release_leases(user=ann, dataset=dataset)
    assert answer(ben, dataset, 2) == [tasks[0].pk, tasks[2].pk]
    assert not Slot.objects.filter(returned=True).exists()


def test_a_lease_that_ran_out_comes_next() -> None:
    dataset, tasks = queue_of(3, overlap=1)
    ann, ben = annotator(dataset, "Ann"), annotator(dataset, "Ben")
    claim(ann, dataset)
    answer(ben, dataset)
    Slot.objects.filter(user=ann).update(lease_expires_at=Now() - timedelta(hours=1))
    assert answer(ben, dataset) == [tasks[0].pk]


def test_a_slot_that_was_locked_and_given_up_is_met_before_nothing_is_left(
    threads: ThreadPoolExecutor,
) -> None:
    dataset, tasks = queue_of(2, overlap=1)
    ben = annotator(dataset, "Ben")
    with transaction.atomic():
        Slot.objects.select_for_update().get(task=tasks[0])
        passed = in_thread(threads, lambda: answer(ben, dataset)).result(10)
    assert passed == [tasks[1].pk]
    assert answer(ben, dataset) == [tasks[0].pk]


def test_what_was_being_made_during_a_search_is_found_afterwards(
    threads: ThreadPoolExecutor,
) -> None:
    dataset, _ = queue_of(1, overlap=1)
    ann = annotator(dataset, "Ann")
    answer(ann, dataset)
    with unfinished(threads, lambda: make_task(dataset, name="late.jpg", order_key=1)):
        # Nothing can be noted before that work has come or not.
        asked = in_thread(threads, lambda: claim(ann, dataset))
    asked.result(10)
    assert [lease.task_id for lease in claim(ann, dataset)] == [Task.objects.get(order_key=1).pk]


def test_what_came_back_and_is_just_being_claimed_is_waited_for(
    threads: ThreadPoolExecutor,
) -> None:
    dataset, tasks = queue_of(1, overlap=1)
    ann, ben = annotator(dataset, "Ann"), annotator(dataset, "Ben")
    claim(ann, dataset)
    assert claim(ben, dataset) == []
    assert Place.objects.get(user=ben).empty_epoch == Queue.objects.get().epoch
    release_leases(user=ann, dataset=dataset)
    with transaction.atomic():
        Slot.objects.select_for_update().get()
        asked = in_thread(threads, lambda: claim(ben, dataset))
        with pytest.raises(TimeoutError):
            asked.result(0.5)
    assert [lease.task_id for lease in asked.result(10)] == [tasks[0].pk]


def test_what_was_skipped_comes_again_when_its_time_has_come() -> None:
    """The slot that was given back is with somebody else; another one of the task lies behind."""
    dataset, tasks = queue_of(1, overlap=2)
    ann, ben = annotator(dataset, "Ann"), annotator(dataset, "Ben")
    claim(ann, dataset)
    skip_task(user=ann, task=tasks[0], reason="unclear", comment="")
    answer(ben, dataset)
    assert claim(ann, dataset) == []
    Pass.objects.update(until=Now() - timedelta(seconds=1))
    Place.objects.filter(user=ann).update(empty_until=Now() - timedelta(seconds=1))
    assert [lease.task_id for lease in claim(ann, dataset)] == [tasks[0].pk]


def test_the_end_of_a_skip_is_noted_with_the_search_that_found_nothing() -> None:
    dataset, tasks = queue_of(1, overlap=1)
    ann = annotator(dataset, "Ann")
    claim(ann, dataset)
    skip_task(user=ann, task=tasks[0], reason="unclear", comment="")
    assert claim(ann, dataset) == []
    assert Place.objects.get(user=ann).empty_until == Pass.objects.get().until


@pytest.mark.parametrize("spread", ["finish_first", "spread_first"])
def test_one_batch_never_holds_two_slots_of_a_task(spread: str) -> None:
    dataset, tasks = queue_of(2, overlap=3, spread=spread)
    ann = annotator(dataset, "Ann")
    leases = lease_tasks(user=ann, dataset=dataset, count=6)
    assert [lease.task_id for lease in leases] == [task.pk for task in tasks]


def test_a_batch_comes_in_order_what_came_back_first() -> None:
    dataset, tasks = queue_of(24, overlap=1)
    ann, ben = annotator(dataset, "Ann"), annotator(dataset, "Ben")
    lease_tasks(user=ann, dataset=dataset, count=2)
    answer(ben, dataset)
    release_leases(user=ann, dataset=dataset)
    Place.objects.filter(user=ann).delete()
    leases = lease_tasks(user=ben, dataset=dataset, count=20)
    assert [lease.task_id for lease in leases] == [task.pk for task in tasks[:2] + tasks[3:21]]


def test_a_shuffle_that_spreads_answers_starts_elsewhere_for_everybody() -> None:
    dataset, tasks = queue_of(8, overlap=2, order="random", spread="spread_first")
    people = [annotator(dataset, name) for name in ("Ann", "Ben")]
    met = [answer(user, dataset, 8) for user in people]
    assert {frozenset(each) for each in met} == {frozenset(task.pk for task in tasks)}
    firsts = Slot.objects.filter(n=0).order_by("order_key").values_list("task", "order_key")
    shuffled = [task for task, _ in firsts]
    for user, each in zip(people, met, strict=True):
        start = Place.objects.get(user=user).start
        assert start is not None
        begin = sum(turn < start for _, turn in firsts)
        if user == people[0]:  # nobody has taken anything yet
            assert each == shuffled[begin:] + shuffled[:begin]
    assert len(set(Place.objects.values_list("start"))) == 2
    assert claim(people[0], dataset) == []


def test_little_is_shared_out_one_by_one() -> None:
    dataset, _ = queue_of(8, overlap=1)
    ann, ben = annotator(dataset, "Ann"), annotator(dataset, "Ben")
    assert len(lease_tasks(user=ann, dataset=dataset, count=2)) == 2
    # Six are left for two people: one each at a time.
    assert len(lease_tasks(user=ben, dataset=dataset, count=6)) == 1
    assert len(lease_tasks(user=ann, dataset=dataset, count=6)) == 2
    Place.objects.filter(user=ann).update(asked_at=Now() - timedelta(hours=1))
    assert len(lease_tasks(user=ben, dataset=dataset, count=6)) == 6
