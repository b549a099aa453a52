"""What one person does while another is in the middle of it: each test is about one lock or one
comparison, which `tests/faults/test_mutations.py` takes out."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db.models.functions import Now

from apps.annotators.models import User
from apps.datasets.actions.changing import change_dataset
from apps.datasets.models import Dataset
from apps.tasks.actions import claiming
from apps.tasks.actions.answering import Response, Submission, submit_answer
from apps.tasks.actions.claiming import lease_tasks
from apps.tasks.actions.leasing import Lease, extend_lease, release_leases
from apps.tasks.models import Revision, Slot, SlotState, Task, TaskState
from concord.errors import Conflict, Unprocessable
from concord.events.models import Event
from concord.ids import uuid7
from tests.factories import make_task
from tests.jobs.tasks.test_nothing_left import annotator, claim, in_thread, threads, unfinished
from tests.jobs.tasks.test_places import answer, queue_of

__all__ = ["threads"]

pytestmark = pytest.mark.django_db(transaction=True)


def submit(user: User, lease: Lease, *, key: str | None = None, said: str = "accept") -> Any:
    key = key or str(uuid7())
    return submit_answer(
        user=user,
        task=Task.objects.select_related("dataset").get(pk=lease.task_id),
        response=Response(said, [], [], {}, 1.0),
        submission=Submission(key=key, request_hash=said, lease=lease.token, base=None),
    )


def run_out(user: User) -> None:
    Slot.objects.filter(user=user).update(lease_expires_at=Now() - timedelta(hours=1))


def waiting(threads: ThreadPoolExecutor, work: Callable[[], Any]) -> Future[Any]:
    """What is done in a thread, and cannot come to its end yet."""
    asked = in_thread(threads, work)
    with pytest.raises(TimeoutError):
        asked.result(0.3)
    return asked


@pytest.mark.parametrize("came_back", [False, True])
def test_what_somebody_is_just_being_given_is_passed_over(
    came_back: bool, threads: ThreadPoolExecutor
) -> None:
    # A claim for one task looks at eight.
    dataset, _ = queue_of(10, overlap=1)
    ann, ben = annotator(dataset, "Ann"), annotator(dataset, "Ben")
    if came_back:
        lease_tasks(user=ann, dataset=dataset, count=10)
        release_leases(user=ann, dataset=dataset)
    given: list[Lease] = []
    with unfinished(threads, lambda: given.extend(claim(ann, dataset))):
        given += in_thread(threads, lambda: claim(ben, dataset)).result(10)
    assert len({lease.task_id for lease in given}) == len(given) == 2


def test_two_pages_of_one_person_are_given_the_same(threads: ThreadPoolExecutor) -> None:
    dataset, _ = queue_of(20, overlap=1)
    ann = annotator(dataset, "Ann")
    given: list[Lease] = []
    with unfinished(threads, lambda: given.extend(claim(ann, dataset))):
        second = waiting(threads, lambda: claim(ann, dataset))
    assert second.result(10) == given


def test_a_lease_that_ran_out_is_freed_once(threads: ThreadPoolExecutor) -> None:
    dataset, _ = queue_of(1, overlap=1)
    ann, ben, cem = (annotator(dataset, name) for name in ("Ann", "Ben", "Cem"))
    claim(cem, dataset)
    run_out(cem)
    with unfinished(threads, lambda: claim(ann, dataset)):
        asked = waiting(threads, lambda: claim(ben, dataset))
    assert asked.result(10) == []
    assert Slot.objects.get().user == ann


def meanwhile(
    monkeypatch: pytest.MonkeyPatch, name: str, work: Callable[[], object], *, before: bool
) -> None:
    """Somebody does this while a claim is about to call a function, or has just called it."""
    original = getattr(claiming, name)

    def call(**named: Any) -> Any:
        monkeypatch.setattr(claiming, name, original)
        if before:
            others()
        result = original(**named)
        if not before:
            others()
        return result

    def others() -> None:
        with ThreadPoolExecutor(1) as one:
            in_thread(one, work).result(10)

    monkeypatch.setattr(claiming, name, call)


def test_work_that_appears_behind_a_claim_comes_next(monkeypatch: pytest.MonkeyPatch) -> None:
    dataset, _ = queue_of(4, overlap=1)
    ann = annotator(dataset, "Ann")
    answer(ann, dataset)

    def appear() -> None:
        make_task(dataset, name="earlier.jpg", order_key=5)

    meanwhile(monkeypatch, "find_position", appear, before=False)
    answer(ann, dataset)
    assert answer(ann, dataset) == [Task.objects.get(order_key=5).pk]


def test_work_that_appears_after_a_search_is_not_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    dataset, _ = queue_of(1, overlap=1)
    ann = annotator(dataset, "Ann")
    answer(ann, dataset)

    def appear() -> None:
        for n in range(2):
            make_task(dataset, name=f"new {n}.jpg", order_key=5 + n)

    meanwhile(monkeypatch, "mark_empty", appear, before=True)
    assert claim(ann, dataset) == []
    assert len(lease_tasks(user=ann, dataset=dataset, count=2)) == 2


def test_no_slot_is_added_while_the_manager_says_how_many_there_are(
    threads: ThreadPoolExecutor,
) -> None:
    dataset, _ = queue_of(1, overlap="all")
    claim(annotator(dataset, "Ann"), dataset)
    ben = annotator(dataset, "Ben")

    def one_is_enough() -> None:
        change_dataset(
            dataset=dataset, actor=dataset.created_by, version=dataset.config_version,
            config={"overlap": 1},
        )  # fmt: skip

    with unfinished(threads, one_is_enough):
        asked = waiting(threads, lambda: claim(ben, Dataset.objects.get(pk=dataset.pk)))
    assert asked.result(10) == []


def test_a_lease_that_was_given_back_extends_no_later_one() -> None:
    dataset, _ = queue_of(1, overlap=1)
    ann = annotator(dataset, "Ann")
    (old,) = claim(ann, dataset)
    release_leases(user=ann, dataset=dataset)
    claim(ann, dataset)
    with pytest.raises(Conflict, match="went back to the pool"):
        extend_lease(user=ann, task=Task.objects.get(), token=old.token)


def test_the_last_two_answers_settle_a_task_whoever_is_first(threads: ThreadPoolExecutor) -> None:
    dataset, _ = queue_of(1, overlap=2)
    ann, ben = annotator(dataset, "Ann"), annotator(dataset, "Ben")
    (anns,), (bens,) = claim(ann, dataset), claim(ben, dataset)
    with unfinished(threads, lambda: submit(ann, anns)):
        second = waiting(threads, lambda: submit(ben, bens))
    assert second.result(10)["task"]["state"] == TaskState.FINAL
    assert Task.objects.get().state == TaskState.FINAL


def test_room_for_one_more_is_made_in_the_task_as_it_is(threads: ThreadPoolExecutor) -> None:
    dataset, _ = queue_of(1, overlap="all")
    ann = annotator(dataset, "Ann")
    (lease,) = claim(ann, dataset)
    ben = annotator(dataset, "Ben")
    with unfinished(threads, lambda: submit(ann, lease)):
        asked = waiting(threads, lambda: claim(ben, dataset))
    assert len(asked.result(10)) == 1
    moves = Event.objects.filter(kind="task.state").order_by("id")
    assert [move.data["to"] for move in moves] == ["final", "open"]
    task = Task.objects.get()
    assert (task.state, task.overlap) == (TaskState.OPEN, 2)


@pytest.mark.parametrize("given_back", [False, True])
def test_a_late_answer_takes_no_slot_from_who_is_just_being_given_it(
    given_back: bool, threads: ThreadPoolExecutor
) -> None:
    dataset, _ = queue_of(1, overlap=1)
    ann, ben = annotator(dataset, "Ann"), annotator(dataset, "Ben")
    (lease,) = claim(ann, dataset)
    if given_back:
        release_leases(user=ann, dataset=dataset)
    else:
        run_out(ann)
    with unfinished(threads, lambda: claim(ben, dataset)):
        late = waiting(threads, lambda: submit(ann, lease))
    assert late.result(10)["late"] is True
    slot = Slot.objects.get()
    assert (slot.state, slot.user) == (SlotState.LEASED, ben)


def test_the_same_request_at_the_same_instant_gets_the_same_reply(
    threads: ThreadPoolExecutor,
) -> None:
    dataset, _ = queue_of(1, overlap=1)
    ann = annotator(dataset, "Ann")
    (lease,) = claim(ann, dataset)
    replies: list[Any] = []
    with unfinished(threads, lambda: replies.append(submit(ann, lease, key="once"))):
        second = waiting(threads, lambda: submit(ann, lease, key="once"))
    assert [second.result(10)] == replies
    assert Revision.objects.count() == 1


def test_another_answer_under_the_same_key_is_refused() -> None:
    dataset, _ = queue_of(1, overlap=1)
    ann = annotator(dataset, "Ann")
    (lease,) = claim(ann, dataset)
    submit(ann, lease, key="once")
    with pytest.raises(Unprocessable, match="was used for another answer"):
        submit(ann, lease, key="once", said="reject")
