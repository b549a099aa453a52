"""A late answer comes at the moment at which its task is claimed again."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, transaction

from apps.annotators.models import User
from apps.datasets.models import Dataset, Role
from apps.tasks.actions.answering import Response, Submission, submit_answer
from apps.tasks.actions.claiming import lease_tasks
from apps.tasks.actions.leasing import Lease, release_leases
from apps.tasks.models import Revision, Slot, SlotState, Task
from concord.ids import uuid7
from tests.factories import add_member, make_dataset, make_task, make_user
from tests.forms import rounds

pytestmark = pytest.mark.django_db(transaction=True)


def annotator(dataset: Dataset, name: str) -> User:
    user = make_user(name)
    add_member(dataset, user, Role.ANNOTATOR)
    return user


def lapsed(user: User, dataset: Dataset) -> Lease:
    """A lease that ran out, and whose slot went back to the pool."""
    (lease,) = lease_tasks(user=user, dataset=dataset, count=1)
    release_leases(user=user, dataset=dataset)
    return lease


def submit(user: User, lease: Lease) -> dict[str, Any]:
    key = str(uuid7())
    return submit_answer(
        user=user,
        task=Task.objects.select_related("dataset").get(pk=lease.task_id),
        response=Response("accept", [], [], {}, 1.0),
        submission=Submission(key=key, request_hash=key, lease=lease.token, base=None),
    )


def closing(work: Any, *arguments: Any) -> Any:
    try:
        return work(*arguments)
    finally:
        connection.close()


def waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database()"
            " AND wait_event_type = 'Lock')"
        )
        return bool(cursor.fetchone()[0])


@pytest.mark.parametrize("overlap", [1, 2])
def test_the_person_claims_it_on_another_page(overlap: int) -> None:
    dataset = make_dataset(owner=make_user("Olga"), overlap=overlap)
    task = make_task(dataset)
    ann = annotator(dataset, "Ann")
    lease = lapsed(ann, dataset)
    pause = threading.Event()
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            assert lease_tasks(user=ann, dataset=dataset, count=1)
            late = pool.submit(closing, submit, ann, lease)
            while not late.done() and not waits_for_a_lock():
                pause.wait(0.01)
            assert not late.done()
        assert late.result(20)["late"] is False
    states = Slot.objects.filter(task=task).order_by("state").values_list("state", "user")
    others = [(SlotState.FREE, None)] * (overlap - 1)
    assert list(states) == [*others, (SlotState.SUBMITTED, ann.pk)]
    assert Revision.objects.count() == 1


@pytest.mark.parametrize("_round", rounds(long=50))
def test_others_claim_the_last_slot_at_the_same_instant(_round: int) -> None:
    dataset = make_dataset(owner=make_user("Olga"), overlap=1)
    task = make_task(dataset)
    ann, *others = [annotator(dataset, name) for name in ("Ann", "Ben", "Cem", "Dan")]
    lease = lapsed(ann, dataset)
    barrier = threading.Barrier(len(others) + 2)

    def at_once(work: Any) -> Any:
        connection.ensure_connection()
        barrier.wait(20)
        return work()

    with ThreadPoolExecutor(len(others) + 2) as pool:
        late = pool.submit(closing, at_once, lambda: submit(ann, lease))
        claims = [
            pool.submit(
                closing, at_once, lambda who=who: lease_tasks(user=who, dataset=dataset, count=1)
            )
            for who in (ann, *others)
        ]
        is_late = late.result(30)["late"]
        held = [
            user for user, claim in zip((ann, *others), claims, strict=True) if claim.result(30)
        ]
    slot = Slot.objects.get(task=task)
    assert Revision.objects.get().late is is_late
    if is_late:
        assert (slot.state, [slot.user]) == (SlotState.LEASED, held)
        assert slot.user != ann
    else:
        assert (slot.state, slot.user) == (SlotState.SUBMITTED, ann)
        assert held in ([], [ann])
