"""A filter as SQL conditions on the facts `f` of a task.

Each comes in two forms that say the same. One is asked row by row, where rows are gone through in
the order of the list: a question about another table is a subquery there that the planner cannot
turn into a join with all of that table. The other is for finding all rows at once by indexes.
"""

from __future__ import annotations

import math
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from apps.datasets.models import Dataset, Label
from apps.datasets.queries import merged_labels
from apps.desk.access import Reach
from apps.desk.queries.wanted import Filter, Range
from apps.imports.actions.contents import order_keys_of
from apps.imports.models import Import
from apps.reviews.live_counts import day_began
from apps.reviews.models import Behind
from apps.tasks.models import TaskState
from concord.errors import Invalid

SMALLEST = 0.01
LARGEST = 1e6
HAIR = 1e-9
"""Shapes have sizes between these, in pixels."""

ANSWER = "SELECT {} FROM tasks_answer a WHERE NOT a.probe AND a.head_id IS NOT NULL AND {}"
FLAG = "SELECT {} FROM tasks_flag g WHERE g.resolved_at IS NULL AND {}"
WORDS = "SELECT {} FROM tasks_words w WHERE {}"


@dataclass(frozen=True, slots=True)
class Condition:
    """`each` is asked of one row after the other, `among` of all at once; `values` are theirs."""

    each: str
    values: dict[str, Any] = field(default_factory=dict)
    among: str = ""

    @property
    def at_once(self) -> str:
        """The form for finding all rows by indexes."""
        return self.among or self.each


def conditions_of(*, dataset: Dataset, wanted: Filter, reach: Reach) -> list[Condition]:
    """Return what a task of `dataset` must fulfil; raises Invalid `unknown_label`."""
    return [
        *_states(wanted, reach),
        *_lists(dataset, wanted),
        *_results(wanted),
        *_people(dataset, wanted),
        *_times(dataset, wanted),
        *_words(wanted, reach),
        *_range("score", wanted.score),
        *_range("confidence", wanted.confidence),
        *_range("width", wanted.width),
        *_range("height", wanted.height),
        *_range("shapes", wanted.shapes),
        *_sizes(wanted.size),
    ]


def _states(wanted: Filter, reach: Reach) -> Iterator[Condition]:
    states = set(wanted.states or TaskState)
    if reach.finals_only:
        states &= {TaskState.FINAL}
    if states != set(TaskState):
        yield Condition("f.state = ANY(%(states)s::varchar[])", {"states": sorted(states)})


def _lists(dataset: Dataset, wanted: Filter) -> Iterator[Condition]:
    if wanted.labels:
        ids = [each for name in wanted.labels for each in _ids_of(dataset, name)]
        yield Condition("f.labels && %(labels)s::varchar[]", {"labels": ids})
    if wanted.tags:
        yield Condition("f.tags && %(tags)s::varchar[]", {"tags": list(wanted.tags)})
    if wanted.conflicts:
        kinds = [str(kind) for kind in wanted.conflicts]
        yield Condition("f.conflict_kinds && %(kinds)s::varchar[]", {"kinds": kinds})


def _results(wanted: Filter) -> Iterator[Condition]:
    if wanted.task is not None:
        yield Condition("f.task_id = %(task)s", {"task": wanted.task})
    if wanted.answers is not None:
        answers = {"answers": wanted.answers}
        yield Condition("f.state <> 'open' AND f.answers = %(answers)s", answers)
    if wanted.verdict is not None:
        yield Condition("f.verdict = %(verdict)s", {"verdict": str(wanted.verdict)})
    if wanted.flagged:
        each = FLAG.format("1", "g.task_id = f.task_id")
        among = FLAG.format("g.task_id", "g.dataset_id = %(dataset)s")
        yield Condition(f"({each} LIMIT 1) IS NOT NULL", among=f"f.task_id IN ({among})")


def _people(dataset: Dataset, wanted: Filter) -> Iterator[Condition]:
    if wanted.person is not None or wanted.day is not None:
        asked, values = "true", dict[str, Any]()
        if wanted.person is not None:
            asked, values = "a.user_id = %(person)s", {"person": wanted.person}
        if wanted.day is not None:
            # What was answered since then has changed since then: the index goes by that.
            asked += " AND a.updated_at >= %(dawn)s AND a.created_at >= %(dawn)s"
            asked += " AND a.created_at < %(dusk)s"
            values["dawn"] = day_began(dataset, wanted.day)
            values["dusk"] = day_began(dataset, wanted.day + timedelta(days=1))
        each = ANSWER.format("1", f"a.task_id = f.task_id AND {asked}")
        among = ANSWER.format("a.task_id", f"a.dataset_id = %(dataset)s AND {asked}")
        yield Condition(f"({each} LIMIT 1) IS NOT NULL", values, f"f.task_id IN ({among})")
    if wanted.behind is not None:
        tasks = {"behind": _tasks_behind(dataset, wanted.behind)}
        yield Condition("f.task_id = ANY(%(behind)s::uuid[])", tasks)


def _times(dataset: Dataset, wanted: Filter) -> Iterator[Condition]:
    if wanted.imported_from is not None:
        began = day_began(dataset, wanted.imported_from)
        yield Condition("f.made_at >= %(made_from)s", {"made_from": began})
    if wanted.imported_to is not None:
        ended = day_began(dataset, wanted.imported_to + timedelta(days=1))
        yield Condition("f.made_at < %(made_until)s", {"made_until": ended})
    if wanted.of_import is not None:
        found = Import.objects.filter(dataset=dataset, pk=wanted.of_import).first()
        if found is None:
            raise Invalid("unknown_import", "There is no such import here.")
        keys = order_keys_of(found)
        values = {"first_key": keys.start, "end_key": keys.stop}
        yield Condition("f.order_key >= %(first_key)s AND f.order_key < %(end_key)s", values)


def _words(wanted: Filter, reach: Reach) -> Iterator[Condition]:
    if wanted.text is None:
        return
    said = "w.told LIKE lower(%(text)s)"
    if reach.manages:
        said = f"({said} OR w.kept <> '' AND w.kept LIKE lower(%(text)s))"
    each = WORDS.format(said, "w.task_id = f.task_id")
    among = WORDS.format("w.task_id", f"w.dataset_id = %(dataset)s AND {said}")
    plain = wanted.text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    yield Condition(f"({each})", {"text": f"%{plain}%"}, f"f.task_id IN ({among})")


def _range(name: str, asked: Range) -> Iterator[Condition]:
    if asked.least is not None:
        yield Condition(f"f.{name} >= %(min_{name})s", {f"min_{name}": asked.least})
    if asked.most is not None:
        yield Condition(f"f.{name} <= %(max_{name})s", {f"max_{name}": asked.most})


def _sizes(asked: Range) -> Iterator[Condition]:
    if asked == Range():
        return
    values: dict[str, Any] = {"min_size": asked.least, "max_size": asked.most}
    if asked.most is None:
        each = "f.sizes[cardinality(f.sizes)] >= %(min_size)s"
    elif asked.least is None:
        each = "f.sizes[1] <= %(max_size)s"
    else:
        within = "size BETWEEN %(min_size)s AND %(max_size)s"
        each = f"EXISTS (SELECT FROM unnest(f.sizes) size WHERE {within})"
    values["scales"] = scales_of(asked)
    scaled = "reviews_scales(f.sizes) && %(scales)s::int[]"
    yield Condition(each, values, among=f"{scaled} AND {each}")


def scales_of(asked: Range) -> list[int]:
    """The eighths of an octave, as `reviews_scales` counts them, in which the sizes lie."""
    least, most = (
        min(max(bound, SMALLEST), LARGEST)
        for bound in (asked.least or 0, LARGEST if asked.most is None else asked.most)
    )
    # A hair wider on both sides: the database may round otherwise.
    first, last = math.log2(least * (1 - HAIR)), math.log2(most * (1 + HAIR))
    return [*range(math.floor(8 * first), math.floor(8 * last) + 1)]


def _tasks_behind(dataset: Dataset, key: str) -> list[uuid.UUID]:
    # PostgreSQL cannot even be asked about a NUL, which a URL may hold.
    found = None if "\0" in key else Behind.objects.filter(dataset=dataset, key=key).first()
    return [] if found is None else found.tasks


def _ids_of(dataset: Dataset, name: str) -> list[str]:
    """Return the ids under which shapes of this label are stored: its own and those merged in."""
    # PostgreSQL cannot even be asked about a NUL, which a URL may hold.
    label = None if "\0" in name else Label.objects.filter(dataset=dataset, name=name).first()
    if label is None:
        raise Invalid("unknown_label", f"There is no label {name!r} here.")
    merged = [each for each, end in merged_labels(dataset.pk).items() if end == str(label.id)]
    return [str(label.id), *merged]
