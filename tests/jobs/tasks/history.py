"""A judge of what a crowd wrote down: who asked the server for what, when, and what it said.

Every process of a machine reads the same monotonic clock, so the times of different people compare.
An answer that came in between `sent` and `done` was given at an unknown moment of that time, and
the judge assumes whatever speaks for the server: what it finds is certainly wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf
from typing import Literal


@dataclass(frozen=True, slots=True)
class Deed:
    """One request of one person, in seconds; a claim may bring several tasks, or none."""

    person: str
    kind: Literal["claim", "submit", "release"]
    sent: float
    done: float
    tasks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hold:
    """The time for which one person had a slot of one task; an answer keeps it for good."""

    person: str
    task: str
    claim: Deed
    end: Deed | None

    @property
    def surely(self) -> tuple[float, float]:
        """From when to when they had it, whatever the server did when."""
        return self.claim.done, self.end.sent if self.end else inf

    @property
    def possibly(self) -> tuple[float, float]:
        """From when to when they may have had it."""
        return self.claim.sent, self.end.done if self.end else inf


def holds(history: Sequence[Deed]) -> list[Hold]:
    """Pair every claim with the release that ended it."""
    found: list[Hold] = []
    held: dict[tuple[str, str], Deed] = {}
    for deed in sorted(history, key=lambda deed: deed.sent):
        for task in deed.tasks:
            if deed.kind == "claim":
                held[deed.person, task] = deed
            elif deed.kind == "release":
                found.append(Hold(deed.person, task, held.pop((deed.person, task)), deed))
    return found + [Hold(person, task, deed, None) for (person, task), deed in held.items()]


def over_claims(history: Sequence[Deed], *, overlap: int) -> list[str]:
    """Return the tasks that more people had at one moment than may answer them."""
    by_task: dict[str, list[tuple[float, int]]] = {}
    for hold in holds(history):
        start, end = hold.surely
        if start < end:
            by_task.setdefault(hold.task, []).extend([(start, 1), (end, -1)])
    return [task for task, steps in by_task.items() if max(_levels(steps)) > overlap]


def _levels(steps: list[tuple[float, int]]) -> Iterator[int]:
    level = 0
    for _, step in sorted(steps):
        level += step
        yield level


def answered_twice(history: Sequence[Deed]) -> list[tuple[str, str]]:
    """Return who answered which task more than once."""
    answers = Counter(
        (deed.person, task) for deed in history if deed.kind == "submit" for task in deed.tasks
    )
    return [whose for whose, times in answers.items() if times > 1]


def false_nothing_left(
    history: Sequence[Deed], *, tasks: Sequence[str], overlap: int
) -> list[tuple[Deed, str]]:
    """Return the empty replies given while a task had a slot that nobody touched, and that task.

    If fewer people than `overlap` may have had a task at some moment of the request, one of its
    slots was free all the time.
    """
    all_holds = holds(history)
    empty = [deed for deed in history if deed.kind == "claim" and not deed.tasks]
    return [
        (deed, task)
        for deed in empty
        for task in tasks
        if _was_open(task, to=deed, holds=all_holds, overlap=overlap)
    ]


def _was_open(task: str, *, to: Deed, holds: Sequence[Hold], overlap: int) -> bool:
    touching = [
        hold.person
        for hold in holds
        if hold.task == task and hold.possibly[0] <= to.done and hold.possibly[1] >= to.sent
    ]
    return to.person not in touching and len(touching) < overlap
