"""Judgements of many tasks, counted: what is confused, who was overturned, and where to look."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import sqrt
from typing import Any, Literal
from urllib.parse import quote

from apps.reviews.domain.judging import Edges, Judgement

EXAMPLES = 12
MOST_TASKS = 1000
"""So many tasks are kept behind a number; the count itself goes on."""
OWN_EXAMPLES = 3
OWN_CONFUSIONS = 8

Size = Literal["small", "medium", "large"]
SIZES: tuple[tuple[Size, float], ...] = (("small", 32), ("medium", 96), ("large", float("inf")))
"""By the side, in pixels, of a square of the same area; the bounds are those of COCO."""

IMPERSONAL = {"said", "differ", "reviewers"}
"""Kinds of numbers that tell of no person; the keys of all others end with people's ids."""

Pair = tuple[str, str | None, str | None]
"""Of which kind something is, what was said, and what holds."""


@dataclass(frozen=True, slots=True)
class Example:
    """One case to look at: a task and, for shapes, a place in its image."""

    task: str
    edges: Edges | None

    def as_dict(self) -> dict[str, Any]:
        """JSON for storage."""
        return {"task": self.task, "edges": None if self.edges is None else list(self.edges)}


@dataclass(slots=True)
class PersonTally:
    """What was said by one person; pairs count `[hits, of]`."""

    ruled: list[int] = field(default_factory=lambda: [0, 0])
    missed: list[int] = field(default_factory=lambda: [0, 0])
    extra: list[int] = field(default_factory=lambda: [0, 0])
    sizes: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    weeks: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    confused: Counter[Pair] = field(default_factory=Counter)
    examples: dict[Pair, list[Example]] = field(default_factory=lambda: defaultdict(list))

    def add(self, task: str, item: Judgement, week: str) -> None:
        """Count one judgement on an answer of that week."""
        if item.ruled:
            _count(self.ruled, not item.right)
        _count(self.weeks[week], item.right)
        if item.kind == "label" and item.final is not None:
            _count(self.missed, item.said is None)
            _count(self.sizes[size_of(item.edges)], item.said is None)
        if item.kind == "label" and item.said is not None:
            _count(self.extra, item.final is None)
        if not item.right:
            pair = (item.kind, item.said, item.final)
            self.confused[pair] += 1
            if len(self.examples[pair]) < OWN_EXAMPLES:
                self.examples[pair].append(Example(task, item.edges))

    def as_dict(self) -> dict[str, Any]:
        """JSON for storage."""
        return {
            "ruled": self.ruled,
            "missed": self.missed,
            "extra": self.extra,
            "sizes": dict(self.sizes),
            "weeks": dict(sorted(self.weeks.items())),
            "confusions": [
                _confusion(pair, n, self.examples[pair])
                for pair, n in _most_first(self.confused)[:OWN_CONFUSIONS]
            ],
        }


@dataclass(slots=True)
class Tally:
    """All of it. `held` counts what was judged by what holds, `said` by what was said."""

    people: dict[str, PersonTally] = field(default_factory=lambda: defaultdict(PersonTally))
    confused: Counter[Pair] = field(default_factory=Counter)
    held: Counter[tuple[str, str | None]] = field(default_factory=Counter)
    said: Counter[tuple[str, str | None]] = field(default_factory=Counter)
    examples: dict[Pair, list[Example]] = field(default_factory=lambda: defaultdict(list))
    behind: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, task: str, items: Iterable[Judgement], weeks: Mapping[str, str]) -> None:
        """Count a task's judgements; `weeks` says when each annotator answered it."""
        for item in items:
            self.people[item.annotator].add(task, item, weeks[item.annotator])
            self.held[item.kind, item.final] += 1
            self.said[item.kind, item.said] += 1
            if not item.right:
                self._add_fault(task, item)

    def _add_fault(self, task: str, item: Judgement) -> None:
        pair = (item.kind, item.said, item.final)
        self.confused[pair] += 1
        if len(self.examples[pair]) < EXAMPLES:
            self.examples[pair].append(Example(task, item.edges))
        self.note(task, "said", *pair)
        if item.ruled:
            self.note(task, "overturned", item.annotator)
        if item.said is None:
            self.note(task, "missed", item.annotator)
            if item.kind == "label":
                self.note(task, f"missed_{size_of(item.edges)}", item.annotator)
        if item.final is None:
            self.note(task, "extra", item.annotator)

    def note(self, task: str, *parts: str | None) -> None:
        """Remember a task behind the number that `parts` name."""
        tasks = self.behind[key_of(*parts)]
        if len(tasks) < MOST_TASKS and (not tasks or tasks[-1] != task):
            tasks.append(task)

    def confusions(self) -> list[dict[str, Any]]:
        """What was said in place of what, most first; JSON for storage.

        Each is a part of all that was judged where that holds; where nothing is there, of all that
        were said to be that.
        """
        return [
            {**_confusion(pair, n, self.examples[pair]), "of": self._whole(*pair)}
            for pair, n in _most_first(self.confused)
        ]

    def _whole(self, kind: str, said: str | None, final: str | None) -> int:
        return self.said[kind, said] if final is None else self.held[kind, final]


def key_of(*parts: str | None) -> str:
    """The name of a number, and with it of the tasks behind it."""
    return ":".join("*" if part is None else quote(part, safe="") for part in parts)


def people_of(key: str) -> set[str]:
    """The annotators whose number it is; none of one that is nobody's in particular."""
    kind, *parts = key.split(":")
    return set() if kind in IMPERSONAL else set(parts)


def size_of(edges: Edges | None) -> Size:
    """The class of a shape's size, by the rectangle around it."""
    assert edges is not None, "shapes have a place"
    left, top, right, bottom = edges
    side = sqrt(max(0.0, right - left) * max(0.0, bottom - top))
    return next(name for name, bound in SIZES if side < bound)


def _count(pair: list[int], hit: bool) -> None:
    pair[0] += hit
    pair[1] += 1


def _most_first(counts: Counter[Pair]) -> list[tuple[Pair, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))


def _confusion(pair: Pair, n: int, examples: list[Example]) -> dict[str, Any]:
    kind, said, final = pair
    return {
        "kind": kind,
        "said": said,
        "final": final,
        "count": n,
        "behind": key_of("said", *pair),
        "examples": [example.as_dict() for example in examples],
    }
