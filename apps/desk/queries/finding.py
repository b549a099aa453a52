"""Which tasks match, in order, a page at a time, as fast where few match as where most do.

Nothing tells beforehand how many match, and a planner that guesses wrong goes through a million
rows in order to find three. So a page is first looked for by going through the next rows in the
order of the list: where matches are common that is all. Where it does not fill the page, matches
are rare, and all of them are found by the indexes and sorted.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from apps.datasets.models import Dataset
from apps.desk.access import Reach
from apps.desk.queries.conditions import Condition, conditions_of
from apps.desk.queries.orders import ORDERS, Order, Place, Stretch
from apps.desk.queries.wanted import Filter
from apps.tasks.models import TaskState
from concord.rows import all_rows

STEPS = 10_000
"""Rows that are gone through in the order of the list before matches are taken for rare."""
MANY_STEPS = 200_000
"""Rows that are gone through to count matches that are common."""
FEW = 20_000
"""Matches whose tasks are looked up one by one, sooner than all tasks are read."""

IN_ORDER = ORDERS["order_key"]

ROWS_OF_FACTS = """
SELECT {columns} FROM reviews_taskfacts f
 WHERE f.dataset_id = %(dataset)s AND {where} ORDER BY {order}
"""
ROWS_OF_TASKS = """
SELECT {columns} FROM tasks_task t
 WHERE t.dataset_id = %(dataset)s AND {where} ORDER BY {order}
"""

# A subquery with a limit is a fence: its rows are read in its order, until enough of them match.
NEAR_FACTS = """
SELECT f.task_id, f.key FROM ({rows} LIMIT %(steps)s) f
 WHERE {matching} ORDER BY {order} LIMIT %(count)s
"""
# Row by row too: a join that is planned for all rows reads all the facts there are.
NEAR_TASKS = """
SELECT f.task_id, w.key
  FROM ({rows} LIMIT %(steps)s) w CROSS JOIN LATERAL
       (SELECT * FROM reviews_taskfacts WHERE task_id = w.id OFFSET 0) f
 WHERE {matching} ORDER BY {order} LIMIT %(count)s
"""
# What did not come to enough ends with a row of nulls, if more rows lie beyond.
NEAR = """
({near}) UNION ALL
(SELECT NULL, NULL WHERE EXISTS (SELECT FROM ({one} OFFSET %(steps)s LIMIT 1) beyond))
LIMIT %(count)s
"""

# Without a limit in it, so that it is planned for all rows.
ANYWHERE = """
WITH found AS MATERIALIZED (
    SELECT f.task_id, {key} AS key FROM reviews_taskfacts f
     WHERE f.dataset_id = %(dataset)s AND {matching} AND {where})
SELECT task_id, key FROM found ORDER BY {order} LIMIT %(count)s
"""
# The key of a task is looked up for each match where they are few, and joined where they are many.
# Which it is, is known once they are counted, and is nothing to be guessed: of the two ways the
# other one is not begun.
ANYWHERE_BY_TASKS = """
WITH found AS MATERIALIZED (
         SELECT f.task_id FROM reviews_taskfacts f
          WHERE f.dataset_id = %(dataset)s AND {matching}),
     counted AS MATERIALIZED (SELECT count(*) <= %(few)s AS few FROM found),
     keyed AS (
         SELECT t.id AS task_id, {key} AS key
           FROM found CROSS JOIN LATERAL
                (SELECT * FROM tasks_task WHERE id = found.task_id OFFSET 0) t
          WHERE (SELECT few FROM counted) AND {where}
          UNION ALL
         SELECT t.id, {key} FROM found JOIN tasks_task t ON t.id = found.task_id
          WHERE NOT (SELECT few FROM counted) AND {where})
SELECT task_id, key FROM keyed ORDER BY {order} LIMIT %(count)s
"""

# How many of the next rows match, up to a number, and whether there are rows beyond them.
COUNT_NEAR = """
SELECT (SELECT count(*) FROM (
            SELECT FROM ({rows} LIMIT %(steps)s) f WHERE {matching} LIMIT %(most)s) matched),
       EXISTS (SELECT FROM ({one} OFFSET %(steps)s LIMIT 1) beyond)
"""
COUNT_ANYWHERE = """
WITH found AS MATERIALIZED (
    SELECT 1 FROM reviews_taskfacts f WHERE f.dataset_id = %(dataset)s AND {matching})
SELECT count(*) FROM found
"""
ALL_TASKS = """
SELECT f.task_id FROM reviews_taskfacts f WHERE f.dataset_id = %(dataset)s AND {matching}
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """A task that matches, and its key in the order that was asked for."""

    task: uuid.UUID
    key: Any


END = Hit(uuid.UUID(int=0), None)
"""Stands after the hits of a stretch of which only a part was looked at."""


@dataclass(frozen=True)
class Search:
    """The tasks of a dataset that somebody looks for, as far as their reach goes."""

    dataset: Dataset
    wanted: Filter
    reach: Reach

    @cached_property
    def conditions(self) -> list[Condition]:
        """What must hold; raises Invalid for what is looked for and not there."""
        given = conditions_of(dataset=self.dataset, wanted=self.wanted, reach=self.reach)
        return [Condition("NOT f.withdrawn"), *given]

    @property
    def values(self) -> dict[str, Any]:
        """The parameters of all conditions."""
        merged: dict[str, Any] = {"dataset": self.dataset.pk}
        for condition in self.conditions:
            merged |= condition.values
        return merged

    def page(self, *, order: Order, place: Place | None, backwards: bool, count: int) -> list[Hit]:
        """Return up to `count` tasks from `place` on, in reading order."""
        values = self.values | {"count": count, "steps": STEPS}
        if place is not None:
            values |= {"key": place.key, "place": place.task}
        hits: list[Hit] = []
        for stretch in order.stretches(place, backwards=backwards):
            missing = {"count": count - len(hits)}
            near = self._near(order, stretch, values | missing, backwards=backwards)
            if near and near[-1] is END:
                return self._anywhere(order, place, values, backwards=backwards)
            hits += near
            if len(hits) == count:
                break
        return hits

    def count(self, *, most: int) -> int:
        """Count the tasks that match; `most` stands for so many and more."""
        for steps in (STEPS, MANY_STEPS):
            found, more = self._count_near(most=most, steps=steps)
            if found >= most or not more:
                return found
            if found * (MANY_STEPS / steps) < most:
                break  # too few of them match for `most` to be among many
        return min(self.count_all(), most)

    def count_all(self) -> int:
        """Count all tasks that match, however many these are."""
        matching = _all([each.at_once for each in self.conditions])
        ((found,),) = all_rows(COUNT_ANYWHERE.format(matching=matching), self.values)
        return int(found)

    @property
    def tasks(self) -> tuple[str, dict[str, Any]]:
        """A statement that selects the `task_id` of all that match, and its values."""
        matching = _all([each.at_once for each in self.conditions])
        return ALL_TASKS.format(matching=matching), self.values

    def _count_near(self, *, most: int, steps: int) -> tuple[int, bool]:
        stretch = next(iter(IN_ORDER.stretches(None, backwards=False)))
        statement = COUNT_NEAR.format(
            rows=self._rows(IN_ORDER, stretch, columns="f.*"),
            matching=_all([each.each for each in self.conditions]),
            one=self._rows(IN_ORDER, stretch, columns="1"),
        )
        ((found, more),) = all_rows(statement, self.values | {"most": most, "steps": steps})
        return found, more

    def _near(
        self, order: Order, stretch: Stretch, values: dict[str, Any], *, backwards: bool
    ) -> list[Hit]:
        """Look at the next rows of a stretch; the last hit is END if it has more."""
        own = f"t.id, t.{order.column} AS key" if order.of_task else f"f.*, f.{order.column} AS key"
        near = NEAR_TASKS if order.of_task else NEAR_FACTS
        key, task = ("w.key", "w.id") if order.of_task else ("f.key", "f.task_id")
        sorted_by = order.within(backwards=backwards, key=key, task=task)
        statement = NEAR.format(
            near=near.format(
                rows=self._rows(order, stretch, columns=own),
                matching=_all([each.each for each in self.conditions]),
                order=sorted_by,
            ),
            one=self._rows(order, stretch, columns="1"),
        )
        return [Hit(*row) if row[0] else END for row in all_rows(statement, values)]

    def _anywhere(
        self, order: Order, place: Place | None, values: dict[str, Any], *, backwards: bool
    ) -> list[Hit]:
        anywhere = ANYWHERE_BY_TASKS if order.of_task else ANYWHERE
        found = all_rows(
            anywhere.format(
                key=f"t.{order.column}" if order.of_task else f"f.{order.column}",
                matching=_all([each.at_once for each in self.conditions]),
                where=order.beyond(place, backwards=backwards),
                order=order.sorted(backwards=backwards, key="key", task="task_id"),
            ),
            values | {"few": FEW},
        )
        return [Hit(*row) for row in found]

    def _rows(self, order: Order, stretch: Stretch, *, columns: str) -> str:
        where = stretch.where
        if not order.of_task and order.column == "order_key" and self._state is not None:
            # There is an index for it, and tasks of one state often lie far from the beginning.
            where = f"f.state = '{self._state}' AND {where}"
        rows = ROWS_OF_TASKS if order.of_task else ROWS_OF_FACTS
        return rows.format(columns=columns, where=where, order=stretch.order)

    @property
    def _state(self) -> TaskState | None:
        """The one state that is looked for."""
        if len(set(self.wanted.states)) == 1:
            return self.wanted.states[0]
        return TaskState.FINAL if self.reach.finals_only else None


def _all(conditions: Sequence[str]) -> str:
    return " AND ".join(f"({condition})" for condition in conditions)
