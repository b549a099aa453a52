"""A manager acts on many tasks while people claim, answer, give back and walk away."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import pytest
from django.db.models.functions import Now

from apps.datasets.models import Role
from apps.desk.actions import acting, going_on
from apps.desk.actions.acting import Asked, act_on_many
from apps.desk.models import Act, Acted
from apps.reviews.models import TaskFacts
from apps.tasks.models import Revision, Slot, SlotState, Task
from concord.ids import uuid7
from concord.jobs.models import Job
from concord.jobs.runner import run_job
from tests.factories import add_member, make_dataset, make_task, make_user
from tests.jobs.tasks.test_fitting_at_work import Person, tasks_that_are_off
from tests.jobs.tasks.test_nothing_left import in_thread

PEOPLE, TASKS = 4, 24

pytestmark = pytest.mark.django_db(transaction=True)


def test_acts_and_people_do_not_lose_one_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(acting, "AT_ONCE", 3)
    monkeypatch.setattr(going_on, "CHUNK", 5)
    owner = make_user("Olga")
    dataset = make_dataset(owner=owner, overlap=2)
    for n in range(TASKS):
        make_task(dataset, name=f"{n}.jpg", order_key=n)
    people = [Person(make_user(f"Ann{n}"), dataset) for n in range(PEOPLE)]
    for person in people:
        add_member(dataset, person.user, Role.ANNOTATOR)
    pairs = [[str(person.user.pk) for person in people[n : n + 2]] for n in (0, 2)]
    sayings: list[tuple[str, dict[str, Any]]] = [
        ("assign", {"people": pairs[0]}),
        ("tag", {"add": ["odd"], "remove": []}),
        ("priority", {"priority": 5}),
        ("assign", {"people": pairs[1]}),
        ("delete", {}),
        ("assign", {"people": []}),
    ]

    def do(deed: str, saying: dict[str, Any]) -> Act:
        # What is deleted is only a part; all else is done to all that is there.
        part = {"text": ["1.jpg"]} if deed == "delete" else {}
        asked = Asked(deed, saying, None, part, None, key=str(uuid7()), request_hash=b"x")
        act = act_on_many(user=owner, dataset=dataset, asked=asked)
        due = Job.objects.filter(state=Job.State.QUEUED, run_after__lte=Now())
        for job in due.filter(kind=acting.KIND):
            assert run_job(job.pk)
        act.refresh_from_db()
        return act

    stop = threading.Event()
    with ThreadPoolExecutor(PEOPLE) as threads:
        working = [threads.submit(person.work, stop) for person in people]
        try:
            acts = [do(deed, saying) for deed, saying in sayings]
        finally:
            stop.set()
        for one in working:
            one.result(60)

    assert [act.state for act in acts] == [Act.State.DONE] * len(acts)
    assert not Acted.objects.filter(state=Acted.State.WAITING).exists()
    there = set(Task.objects.values_list("pk", flat=True))
    assert not [row for row in tasks_that_are_off() if row[0] in there]
    taken = {key: late for person in people for key, late in person.taken.items()}
    assert dict(Revision.objects.values_list("client_key", "late")) == taken
    answered = Slot.objects.filter(state=SlotState.SUBMITTED).values_list("task", "user")
    assert len(set(answered)) == len(answered)
    # The last act gave what is still open back to everybody.
    assert not Slot.objects.filter(task__state="open", only__isnull=False).exists()


def test_two_that_go_on_with_one_act_leave_the_way_back_true(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(going_on, "CHUNK", 2)
    owner = make_user("Olga")
    dataset = make_dataset(owner=owner)
    for n in range(TASKS):
        make_task(dataset, name=f"{n}.jpg", order_key=n)
    TaskFacts.objects.update(tags=["old"])
    start = threading.Barrier(2)
    waiting = going_on._waiting

    def wait_first(act: Act) -> list[Any]:
        chunk = waiting(act)
        with suppress(threading.BrokenBarrierError):
            start.wait(2)
        return chunk

    monkeypatch.setattr(going_on, "_waiting", wait_first)
    saying = {"add": ["new"], "remove": ["old"]}
    asked = Asked("tag", saying, None, {}, None, key="k", request_hash=b"x")
    monkeypatch.setattr(acting, "AT_ONCE", 0)
    act = act_on_many(user=owner, dataset=dataset, asked=asked)
    with ThreadPoolExecutor(2) as threads:

        def run() -> None:
            going_on.go_on(act=Act.objects.get(pk=act.pk), beat=lambda **_: None)

        for one in [in_thread(threads, run) for _ in range(2)]:
            one.result(60)
    assert [*TaskFacts.objects.values_list("tags", flat=True)] == [["new"]] * TASKS
    act.refresh_from_db()
    going_on.undo(user=owner, act=act)
    assert [*TaskFacts.objects.values_list("tags", flat=True)] == [["old"]] * TASKS
