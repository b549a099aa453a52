"""How the work on a dataset goes on: day by day, and person by person."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from apps.annotators.models import User
from apps.datasets.models import Dataset, Membership, Role
from apps.datasets.policy import Capability, allows
from apps.desk.domain.pace import TimeLeft, steps, time_left
from apps.desk.models import DayCount
from apps.desk.queries.home import STATES
from apps.reviews.live_counts import SHOWN_DAYS, people_days, shown_days
from apps.reviews.models import Insights
from apps.tasks.models import TaskState
from apps.tasks.no_work import (
    ARCHIVED,
    COMPOSING,
    DONE,
    FOR_OTHERS,
    IMPORTING,
    WITHHELD,
    NoWork,
)
from apps.tasks.workless import without_work
from concord.rows import all_rows

IDLE_AFTER = 3
"""Who has work and did nothing for so many days is idle."""

REASONS = {
    ARCHIVED: "archived",
    IMPORTING: "importing",
    COMPOSING: "importing",
    WITHHELD: "withheld",
    FOR_OTHERS: "routed",
    DONE: "done",
}
"""What a manager can do about it depends on this; what is left is `lent` to others, or skipped."""

SEEN = """
SELECT m.id, greatest(
         (SELECT max(a.updated_at) FROM tasks_answer a
           WHERE a.user_id = m.id AND a.dataset_id = %(dataset)s),
         (SELECT p.asked_at FROM tasks_place p
           WHERE p.user_id = m.id AND p.dataset_id = %(dataset)s))
  FROM unnest(%(users)s::uuid[]) m (id)
"""


@dataclass(frozen=True, slots=True)
class DayEnd:
    """How tasks stood at the end of a day; the last one is as they stand now."""

    day: date
    states: dict[TaskState, int]
    rebuilt: bool


@dataclass(frozen=True, slots=True)
class Idle:
    """Why somebody would get nothing now, as a code, and until when if that is known."""

    why: str
    until: datetime | None

    @classmethod
    def of(cls, reason: NoWork) -> Idle:
        """Tell apart what the person alone is told in one word."""
        return cls(REASONS.get(reason, "lent"), reason.until)


@dataclass(frozen=True, slots=True)
class TeamMember:
    """One person's part. `role` is None of who left; times and what came back are None where they
    are not the reader's to see, or not measured yet. `no_work` says why they would get nothing,
    `idle_days` for how many days they have left work lying."""

    user: User
    role: Role | None
    answers: list[int]
    seen_at: datetime | None
    idle_days: int | None
    no_work: Idle | None
    seconds_median: float | None
    returned: list[int] | None


@dataclass(frozen=True, slots=True)
class TeamProgress:
    """The whole page; `people` is the reader alone where they may not see others' answers, and
    `left` None then or where nobody can tell."""

    time_zone: str
    days: list[date]
    states: dict[TaskState, int]
    ends: list[DayEnd]
    people: list[TeamMember]
    left: TimeLeft | None
    measured_at: datetime | None


def team_progress(*, user: User, role: Role, dataset: Dataset, now: datetime) -> TeamProgress:
    """Return how `dataset` gets on, as far as `user` may know, in a fixed number of queries."""
    today = now.astimezone(ZoneInfo(dataset.time_zone)).date()
    days = shown_days(today)
    states = STATES.of(dataset.pk)
    ends = _ends(dataset, days, states)
    all_of_them = allows(role, Capability.SEE_ANSWERS)
    done = steps([(end.day, sum(end.states.values()) - end.states[TaskState.OPEN]) for end in ends])
    measured = Insights.objects.filter(dataset=dataset).first()
    return TeamProgress(
        time_zone=dataset.time_zone,
        days=days,
        states=states,
        ends=ends,
        people=_People(user, role, dataset, measured).rows(days, now),
        left=time_left(left=states[TaskState.OPEN], done=done, today=today)
        if all_of_them
        else None,
        measured_at=measured.measured_at if measured else None,
    )


def _ends(dataset: Dataset, days: Sequence[date], now: dict[TaskState, int]) -> list[DayEnd]:
    """The days from the first that was counted on; one that was not is as the one before."""
    rows = DayCount.objects.filter(dataset=dataset, day__lt=days[-1]).order_by("-day")
    counted = {row.day: row for row in rows[: SHOWN_DAYS + 1]}
    last = next((row for day, row in counted.items() if day < days[0]), None)
    ends = []
    for day in days[:-1]:
        last = counted.get(day, last)
        if last is not None:
            states = {state: getattr(last, state.value) for state in TaskState}
            ends.append(DayEnd(day, states, last.rebuilt))
    return [*ends, DayEnd(days[-1], now, rebuilt=False)]


class _People:
    """Who works, or worked lately, on a dataset, as far as one person may know."""

    def __init__(self, user: User, role: Role, dataset: Dataset, measured: Insights | None) -> None:
        self.user, self.dataset, self.measured = user, dataset, measured
        self.sees_all = allows(role, Capability.SEE_ANSWERS)
        self.manages = allows(role, Capability.MANAGE)

    def rows(self, days: list[date], now: datetime) -> list[TeamMember]:
        """Return them, those who answered most first."""
        answered = {row.user.pk: row for row in people_days(self.dataset, days, self.measured)}
        people = {pk: row.user for pk, row in answered.items()}
        roles: dict[uuid.UUID, Role] = {}
        for member in self._members():
            people[member.user_id] = member.user
            roles[member.user_id] = Role(member.role)
        if not self.sees_all:
            people = {pk: user for pk, user in people.items() if pk == self.user.pk}
        seen = self._seen(list(people))
        workless = without_work(
            users=[pk for pk, user in people.items() if pk in roles and user.is_active],
            dataset=self.dataset,
        )
        rows = [
            TeamMember(
                user=person,
                role=roles.get(pk),
                answers=answered[pk].days if pk in answered else [0] * len(days),
                seen_at=seen[pk],
                idle_days=self._idle(seen[pk], now) if pk in roles and pk not in workless else None,
                no_work=Idle.of(workless[pk]) if pk in workless else None,
                seconds_median=self._work_of(pk).get("seconds", {}).get("median"),
                returned=self._work_of(pk).get("returned"),
            )
            for pk, person in people.items()
        ]
        return sorted(rows, key=lambda row: (-sum(row.answers), row.user.display_name, row.user.pk))

    def _members(self) -> list[Membership]:
        labelling = [role for role in Role if allows(role, Capability.LABEL)]
        rows = Membership.objects.filter(dataset=self.dataset, role__in=labelling)
        return list(rows.select_related("user"))

    def _seen(self, people: list[uuid.UUID]) -> dict[uuid.UUID, datetime | None]:
        return dict(all_rows(SEEN, {"users": people, "dataset": self.dataset.pk}))

    def _idle(self, seen: datetime | None, now: datetime) -> int | None:
        if seen is None:
            return None
        zone = ZoneInfo(self.dataset.time_zone)
        days = (now.astimezone(zone).date() - seen.astimezone(zone).date()) // timedelta(days=1)
        return days if days >= IDLE_AFTER else None

    def _work_of(self, person: uuid.UUID) -> dict[str, Any]:
        """How fast somebody works, and how often it came back, is for them and for managers."""
        if self.measured is None or not (self.manages or person == self.user.pk):
            return {}
        work: dict[str, Any] = self.measured.figures["work"].get(str(person), {})
        return work
