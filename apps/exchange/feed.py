"""Answers since a cursor, for those who follow a dataset: none is missed, the last word comes last.

A page is in the order of transactions and ends before the oldest that is still at work
(`concord.stamping`). An answer that changes is written anew, and so comes once more.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, Self

from django.db import DEFAULT_DB_ALIAS

from apps.datasets.models import Dataset
from apps.exchange.domain.prodigy import answer_line, final_line
from apps.exchange.domain.records import Entry
from apps.exchange.reading import DatasetReader
from apps.tasks.models import TaskImage
from concord.errors import Invalid
from concord.rows import all_rows, run
from concord.stamping import OLDEST_AT_WORK, numbered_by

Which = Literal["final", "answers"]
Json = dict[str, Any]

WORK = "t.withdrawn_at IS NULL AND t.probe_of_id IS NULL"
NEWS: dict[Which, str] = {
    "final": f"""
SELECT c.changed_in, c.task_id, c.task_id, NULL
  FROM reviews_final c JOIN tasks_task t ON t.id = c.task_id AND t.state = 'final' AND {WORK}
 WHERE c.dataset_id = %(dataset)s AND (c.changed_in, c.task_id) > (%(after)s, %(key)s)
   AND c.changed_in < {OLDEST_AT_WORK}
 ORDER BY c.changed_in, c.task_id LIMIT %(count)s
""",  # noqa: S608 (of constants)
    "answers": f"""
SELECT c.changed_in, c.id, c.task_id, c.head_id
  FROM tasks_answer c JOIN tasks_task t ON t.id = c.task_id AND {WORK}
 WHERE c.dataset_id = %(dataset)s AND (c.changed_in, c.id) > (%(after)s, %(key)s)
   AND c.changed_in < {OLDEST_AT_WORK} AND c.head_id IS NOT NULL
 ORDER BY c.changed_in, c.id LIMIT %(count)s
""",  # noqa: S608 (of constants)
}
# Rows of a restored database have numbers that are yet to come; written, they get one of now.
ANEW = "SET dataset_id = dataset_id WHERE dataset_id = %(dataset)s AND changed_in >= %(next)s"
RENUMBER: dict[Which, str] = {
    "final": f"UPDATE reviews_final {ANEW}",
    "answers": f"UPDATE tasks_answer {ANEW}",
}
CURSOR = re.compile(r"([0-9a-f]{1,16}\.\d{1,10})-(\d{1,19})-([0-9a-f]{32})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Cursor:
    """A row that somebody has been given: who numbers transactions, its number and its key."""

    server: str
    after: int
    key: uuid.UUID

    @classmethod
    def read(cls, text: str) -> Self:
        """Raises Invalid `bad_cursor`."""
        found = CURSOR.fullmatch(text)
        if found is None or int(found[2]) >= 2**63:
            raise Invalid("bad_cursor", "The cursor is not one that this feed gave out.")
        return cls(found[1], int(found[2]), uuid.UUID(found[3]))

    def __str__(self) -> str:
        return f"{self.server}-{self.after}-{self.key.hex}"


@dataclass(frozen=True, slots=True)
class Page:
    """Lines as files have them, in order; the cursor to go on with, None while there is nothing to
    begin with; and whether there is more already."""

    lines: list[Json]
    cursor: Cursor | None
    more: bool


def answers_since(*, dataset: Dataset, which: Which, since: Cursor | None, count: int) -> Page:
    """Return what changed after `since`, at most `count` lines, oldest first.

    A cursor from before the database was restored begins anew: then all comes once more.
    """
    server, upcoming = numbered_by()
    begun = since if since is not None and since.server == server else None
    if begun is None:
        run(RENUMBER[which], {"dataset": dataset.pk, "next": upcoming})
    after, key = (begun.after, begun.key) if begun else (-1, uuid.UUID(int=0))
    values = {"dataset": dataset.pk, "after": after, "key": key, "count": count + 1}
    rows = all_rows(NEWS[which], values)
    given = rows[:count]
    last = Cursor(server, given[-1][0], given[-1][1]) if given else begun
    return Page([*_lines(dataset, given)], last, more=len(rows) > count)


def _lines(dataset: Dataset, rows: Iterable[tuple[Any, ...]]) -> Iterator[Json]:
    """The lines of what is in force by now; what has changed since comes again, as it is then."""
    found = [(task, head) for _, _, task, head in rows]
    tasks = {task for task, _ in found}
    reader = DatasetReader(dataset_id=dataset.pk, using=DEFAULT_DB_ALIAS)
    entries, images = reader.entries_of(tasks), _images_of(tasks)
    for task, head in found:
        line = _line(entries[task], head) if task in entries else None
        if line is not None:
            yield {**line, "_image_url": images[task]} if "image" in line else line


def _line(entry: Entry, head: uuid.UUID | None) -> Json | None:
    if head is None:
        return None if entry.settled is None else final_line(entry.asked, entry.settled)
    given = next((each for each in entry.given if each.revision == str(head)), None)
    return None if given is None else answer_line(entry.asked, given)


def _images_of(tasks: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    rows = TaskImage.objects.filter(task__in=tasks, n=0).values_list("task", "image")
    return {task: f"/api/images/{image}/file/" for task, image in rows}
