"""A dataset in everybody's hands, one step at a time, in any order that Hypothesis finds.

After each step the books must balance; what a single request must answer is known exactly here,
since nobody else is at work at the same time.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, TypeVar

from django.db.models.functions import Now
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from apps.datasets.models import Role
from apps.tasks.models import Draft, Slot, SlotState, Task
from concord.jobs.models import Job
from concord.jobs.runner import run_job
from tests.factories import add_member, make_dataset, make_task, make_user
from tests.jobs.tasks.books import check_acknowledged, check_task
from tests.jobs.tasks.person import Person, held_by, is_open_to
from tests.team import box

T = TypeVar("T")
NUMBERS = itertools.count()
MOST_PEOPLE = 4
MOST_TASKS = 4

nth = st.integers(0, 11)  # which of several, counted around
offsets = st.sampled_from([10, 12, 60])  # px: the first two agree
# All of the share: which tasks fall in half of it hangs on ids that no second run has.
overlaps = st.sampled_from([1, 2, 3, "all", {"base": 1, "share": 1, "to": 2}])
spreads = st.sampled_from(["finish_first", "spread_first"])
with_work = precondition(lambda self: any(person.leases for person in self.people))
with_answers = precondition(lambda self: any(person.acknowledged for person in self.people))


def at(items: Sequence[T], n: int) -> T:
    """Return one of `items`."""
    return items[n % len(items)]


class WorkMachine(RuleBasedStateMachine):
    """Annotators, a reviewer and a manager around one dataset."""

    @initialize(overlap=overlaps, spread=spreads, people=st.integers(2, 3))
    def open_dataset(self, overlap: Any, spread: str, people: int) -> None:
        """Start with a few people who have all there is to do."""
        number = next(NUMBERS)
        owner = make_user(f"Olga{number}")
        self.dataset = make_dataset(
            owner=owner, name=f"machine {number}", overlap=overlap, spread=spread
        )
        self.path = f"datasets/{self.dataset.slug}"
        self.checked: dict[Any, Any] = {}
        self.manager = Person(owner)
        self.reviewer = Person(make_user(f"Rita{number}"))
        add_member(self.dataset, self.reviewer.user, Role.REVIEWER)
        self.people = [Person(make_user(f"Ann{next(NUMBERS)}")) for _ in range(people)]
        for person in self.people:
            add_member(self.dataset, person.user, Role.ANNOTATOR)
        for _ in range(2):
            self.land_image()
        self.everybody_claims()

    # --- what annotators do --------------------------------------------------------------------

    @rule(who=nth, count=st.integers(1, MOST_TASKS))
    def claim(self, who: int, count: int) -> None:
        """Work comes whenever there is some, and the same again until it is answered."""
        person = at(self.people, who)
        held = held_by(person.user, self.dataset)
        reply = person.send("POST", f"{self.path}/next/", {"count": count})
        if not person.member:
            assert reply.status_code == 404
            return
        tasks = reply.json()["tasks"]
        got = [task["id"] for task in tasks]
        assert set(held) <= set(got)
        assert len(got) == len(set(got))
        assert got or not is_open_to(person.user, self.dataset), reply.json()["reason"]
        assert bool(got) == (reply.json()["reason"] is None)
        for task in tasks:
            person.leases[task["id"]] = task["lease"]
            if task["id"] in person.drafts:
                assert task["draft"] == person.drafts[task["id"]]

    @rule()
    def everybody_claims(self) -> None:
        """All ask for all there is."""
        for who in range(len(self.people)):
            self.claim(who, MOST_TASKS)

    @with_work
    @rule(who=nth, what=nth, shapes=st.integers(0, 2))
    def draft(self, who: int, what: int, shapes: int) -> None:
        """What was begun is kept."""
        person, task = self.lease(who, what)
        spans = [box(10, 10, 20 + n, 20, "stop") for n in range(shapes)]
        body = {"answer": "accept", "spans": spans}
        if person.send("PUT", f"tasks/{task}/draft/", {"body": body}).status_code < 300:
            person.drafts[task] = body

    @with_work
    @rule(shapes=st.integers(0, 2))
    def everybody_begins(self, shapes: int) -> None:
        """All have begun all that they were given."""
        for who, person in enumerate(self.with_leases):
            for what in range(len(person.leases)):
                self.draft(who, what, shapes)

    def lease(self, who: int, what: int) -> tuple[Person, str]:
        """Return somebody who was given work at some time, and one task of it."""
        person = at(self.with_leases, who)
        return person, at(sorted(person.leases), what)

    @property
    def with_leases(self) -> list[Person]:
        """Those who were given work at some time and have not answered it."""
        return [person for person in self.people if person.leases]

    @with_work
    @rule(who=nth, what=nth, x=offsets, verdict=st.sampled_from(["accept", "accept", "reject"]))
    def submit(self, who: int, what: int, x: int, verdict: str) -> None:
        """An answer under a lease is taken, late if need be, unless a reviewer was first."""
        person, task = self.lease(who, what)
        live = task in held_by(person.user, self.dataset)
        spans = [box(x, 10, 40, 20, "stop")] if verdict == "accept" else []
        body = {"answer": verdict, "spans": spans, "lease": person.leases.pop(task)}
        reply = person.answer(task, body)
        if live and person.member:
            assert reply.status_code == 200
            assert not reply.json()["late"]
        elif person.member:
            assert reply.status_code in (200, 409)

    @with_work
    @rule(who=nth, x=offsets)
    def finish(self, who: int, x: int) -> None:
        """Somebody answers all that they were given."""
        person, _ = self.lease(who, 0)
        while person.leases:
            self.submit(self.with_leases.index(person), 0, x, "accept")

    @with_answers
    @rule(who=nth, what=nth, same=st.booleans())
    def replay(self, who: int, what: int, same: bool) -> None:
        """The same request gets the first reply, another one under its key is refused."""
        person, key = self.answered(who, what)
        task, body = person.bodies[key]
        sent = body if same else {**body, "seconds": 12.5}
        reply = person.send("POST", f"tasks/{task}/answer/", sent, **{"Idempotency-Key": key})
        if person.member:
            assert reply.status_code == (200 if same else 422)
            assert not same or reply.json() == person.acknowledged[key]

    def answered(self, who: int, what: int) -> tuple[Person, str]:
        """Return somebody who answered something, and the key of one of these answers."""
        person = at([person for person in self.people if person.acknowledged], who)
        return person, at([*person.acknowledged], what)

    @with_answers
    @rule(who=nth, what=nth, x=offsets)
    def reopen(self, who: int, what: int, x: int) -> None:
        """An own answer can be given anew until a reviewer has locked it."""
        person, key = self.answered(who, what)
        task, _ = person.bodies[key]
        mine = Slot.objects.filter(task=task, user=person.user, state=SlotState.SUBMITTED)
        locked = Task.objects.get(pk=task).locked_at is not None
        body = {"answer": "accept", "spans": [box(x, 10, 40, 20, "yield")], "lease": None}
        counted = mine.exists()
        reply = person.answer(task, body)
        if person.member and counted:
            assert reply.status_code == (409 if locked else 200)

    @with_work
    @rule(who=nth, what=nth, reason=st.sampled_from(["unclear", "broken_image"]))
    def skip(self, who: int, what: int, reason: str) -> None:
        """Who holds a task may give it back with a reason."""
        person, task = self.lease(who, what)
        held = task in held_by(person.user, self.dataset)
        reply = person.send("POST", f"tasks/{task}/skip/", {"reason": reason})
        if held and person.member:
            assert reply.status_code == 204
        if reply.status_code == 204:
            person.drafts.pop(task, None)
            person.leases.pop(task)

    @with_work
    @rule(who=nth, what=nth)
    def release(self, who: int, what: int) -> None:
        """Work can be given back without a word; its draft stays."""
        person, task = self.lease(who, what)
        person.send("DELETE", f"tasks/{task}/lease/")

    @with_work
    @rule(who=nth)
    def dawdle(self, who: int) -> None:
        """Somebody's leases run out, and others come for the work."""
        person, _ = self.lease(who, 0)
        Slot.objects.filter(dataset=self.dataset, user=person.user, state=SlotState.LEASED).update(
            lease_expires_at=Now() - timedelta(hours=1)
        )
        self.claim(self.people.index(person) + 1, MOST_TASKS)

    @with_work
    @rule(who=nth, x=offsets)
    def come_too_late(self, who: int, x: int) -> None:
        """Somebody's leases run out, the next one answers it all, and then their answer comes."""
        person, task = self.lease(who, 0)
        self.dawdle(who)
        following = at(self.people, self.people.index(person) + 1)
        while following.leases:
            self.submit(self.with_leases.index(following), 0, 60, "accept")
        if task in person.leases:
            self.submit(
                self.with_leases.index(person), sorted(person.leases).index(task), x, "accept"
            )

    # --- what the others do --------------------------------------------------------------------

    @with_answers
    @rule(how=st.sampled_from(["decide", "finish", "send back"]), which=nth)
    def review(self, how: str, which: int) -> None:
        """A reviewer settles what is in conflict, or sends it back."""
        path = f"{self.path}/review/next/"
        for task in self.reviewer.send("POST", path, {"count": 1}).json()["tasks"]:
            decisions = [self.verdict(conflict, which) for conflict in task["conflicts"]]
            if how == "send back":
                decisions = [{"conflict": None, "action": "send_back", "reason": "loose"}]
            body = {"lease": task["lease"], "decisions": decisions, "final": how == "finish"}
            version = {"If-Match": f'"{task["version"]}"'}
            reply = self.reviewer.send("POST", f"tasks/{task['id']}/decisions/", body, **version)
            assert reply.status_code < 500

    @staticmethod
    def verdict(conflict: dict[str, Any], which: int) -> dict[str, Any]:
        """Choose one of what the page offers."""
        choice = at(conflict["choices"], which)
        told = {name: choice[name] for name in ("version", "label", "option") if name in choice}
        action = "version" if choice["kind"] == "version" else "label"
        return {"conflict": conflict["id"], "action": action, **told}

    @rule(overlap=overlaps, at_once=st.booleans())
    def change_overlap(self, overlap: Any, at_once: bool) -> None:
        """The manager asks for more or fewer answers; the workers may take their time."""
        self.dataset.refresh_from_db()
        version = {"If-Match": f'"{self.dataset.config_version}"'}
        reply = self.manager.send("PATCH", f"{self.path}/", {"overlap": overlap}, **version)
        assert reply.status_code == 200, reply.content
        if at_once:
            self.work_off_jobs()

    @rule()
    def work_off_jobs(self) -> None:
        """The workers catch up."""
        waiting = Job.objects.filter(dataset_id=self.dataset.id, state=Job.State.QUEUED)
        while job := waiting.filter(run_after__lte=Now()).first():
            run_job(job.id)

    @rule(who=nth, what=st.sampled_from(["add", "remove", "restore", "import", "unlock"]))
    def manage(self, who: int, what: str) -> None:
        """The manager changes who is there and what there is to do."""
        if what == "add" and len(self.people) < MOST_PEOPLE:
            self.add_person()
        elif what in ("remove", "restore"):
            self.remove_or_restore(at(self.people, who), remove=what == "remove")
        elif what == "import" and Task.objects.of(self.dataset).count() < MOST_TASKS:
            self.land_image()
        elif what == "unlock":
            self.unlock()

    def unlock(self) -> None:
        """Open a task that a reviewer decided."""
        final = self.manager.send("GET", f"{self.path}/tasks/?state=final").json()["results"]
        for task in [task for task in final if task["locked"]][:1]:
            path = f"tasks/{task['id']}/unlock/"
            assert self.manager.send("POST", path, {"reason": "again"}).status_code == 200

    def add_person(self) -> None:
        """One more annotator, who finds work at once."""
        person = Person(make_user(f"Ben{next(NUMBERS)}"))
        body = {"email": person.user.email, "role": "annotator"}
        assert self.manager.send("POST", f"{self.path}/members/", body).status_code == 201
        self.people.append(person)
        self.claim(len(self.people) - 1, 1)

    def remove_or_restore(self, person: Person, *, remove: bool) -> None:
        """An annotator leaves, whose answers stay, or comes back."""
        if remove and person.member:
            path = f"{self.path}/members/{person.user.pk}/"
            assert self.manager.send("DELETE", path).status_code == 204
        elif not remove and not person.member:
            add_member(self.dataset, person.user, Role.ANNOTATOR)
        person.member = not remove

    def land_image(self) -> None:
        """One more image lands, every other one before all that are there."""
        self.dataset.refresh_from_db()
        number = Task.objects.of(self.dataset).count()
        place = 1000 + (number if number % 2 else -number)
        make_task(self.dataset, name=f"{number}.jpg", order_key=place)

    # --- what holds after each step ------------------------------------------------------------

    @invariant()
    def books_balance(self) -> None:
        """No task has more slots than asked for, nobody two of them, no answer is lost."""
        if not hasattr(self, "checked"):
            return
        for task in Task.objects.of(self.dataset).prefetch_related("slots"):
            what_counts = [(slot.n, slot.state, slot.user_id) for slot in task.slots.all()]
            seen = (task.version, task.state, task.overlap, what_counts)
            if self.checked.get(task.pk) != seen:
                check_task(task)
                self.checked[task.pk] = seen

    @invariant()
    def nothing_is_lost(self) -> None:
        """Every answer that was taken is there once, and whatever was begun and not sent."""
        for person in getattr(self, "people", []):
            check_acknowledged(person.user, person.acknowledged)
            kept = Draft.objects.filter(user=person.user, dataset=self.dataset)
            bodies = {str(row.task_id): row.body for row in kept}
            assert person.drafts.items() <= bodies.items()
