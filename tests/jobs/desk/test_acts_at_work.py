"""A manager acts on many tasks while people claim, answer, give back and walk away."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from apps.datasets.models import Role
from apps.desk.actions import acting
from apps.desk.actions.acting import Asked, act_on_many
from apps.desk.models import Act, Acted
from apps.tasks.models import Revision, Slot, SlotState, Task
from concord.ids import uuid7
from concord.jobs.models import Job
from concord.jobs.runner import run_job
from tests.factories import add_member, make_dataset, make_task, make_user
from tests.jobs.tasks.test_fitting_at_work import Person, tasks_that_are_off

PEOPLE, TASKS = 4, 24

pytestmark = pytest.mark.django_db(transaction=True)


def test_acts_and_people_do_not_lose_one_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(acting, "AT_ONCE", 3)
    monkeypatch.setattr(acting, "CHUNK", 5)
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
        for job in Job.objects.filter(kind=acting.KIND, state=Job.State.QUEUED):
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
