"""The rows of which entries are made: one for each task, by one statement and a server-side cursor.

Objects of the ORM would take most of an export's time. Ids and JSON come as text.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple, Self

from django.db import connections
from django.db.models.expressions import RawSQL
from msgspec.json import decode

from apps.exchange.domain.addresses import without_secrets
from apps.exchange.domain.records import Source
from apps.reviews.models import Decision, Final, SecondLook
from apps.tasks.models import Return, TaskImage

CHUNK = 200

# JSON becomes text when the rows are in order already: that of all of them is much to sort.
TASKS = """
SELECT id::text, order_key, label, options::text, meta::text, extra::text, input_hash,
       asked_spans::text, image_id::text, name, source_url, sha256, width, height,
       CASE WHEN kept THEN rendition_sha256 ELSE '' END, rendition_media_type,
       answer, spans::text, accept::text, attributes::text {told}
  FROM (SELECT t.id, t.order_key, t.label, t.options, t.meta, t.extra, t.input_hash,
               t.spans AS asked_spans, i.id AS image_id, i.name, i.source_url, b.sha256, b.width,
               b.height, b.kept, b.rendition_sha256, b.rendition_media_type,
               f.answer, f.spans, f.accept, f.attributes {told_of}
          FROM tasks_task t
          JOIN tasks_taskimage first ON first.task_id = t.id AND first.n = 0
          JOIN datasets_image i ON i.id = first.image_id
          JOIN datasets_blob b ON b.id = i.blob_id
          LEFT JOIN reviews_final f ON f.task_id = t.id AND t.state = 'final' {joined}
         WHERE t.dataset_id = %(dataset)s AND t.probe_of_id IS NULL AND t.withdrawn_at IS NULL
               {only}
         ORDER BY t.order_key, t.id) found
 ORDER BY found.order_key, found.id
"""
BARE = {"told": "", "told_of": "", "joined": ""}
# Of a merge only who said what of the whole: all of it would double what is read.
FULL = {
    "told": ", origin, decided_by_id, created_at, provenance::text, votes::text, people,"
    " confidence",
    "told_of": ", f.origin, f.decided_by_id, f.created_at, f.provenance,"
    " m.result->'answer_votes' AS votes, facts.annotators::text[] AS people, facts.confidence",
    "joined": "LEFT JOIN reviews_merge m ON m.task_id = t.id"
    " LEFT JOIN reviews_taskfacts facts ON facts.task_id = t.id",
}
SAID, TOLD = 16, 20
"""The places in a row where that begins."""

ANSWERS = """
SELECT a.task_id::text, r.id::text, r.user_id, r.created_at, r.answer, r.spans::text,
       r.accept::text, r.attributes::text
  FROM tasks_answer a JOIN tasks_revision r ON r.id = a.head_id
 WHERE a.task_id = ANY(%(tasks)s::uuid[])
 ORDER BY a.created_at, a.id
"""


class Said(NamedTuple):
    """What somebody said, or what came of it in the end."""

    answer: str
    spans: str
    accept: str
    attributes: str

    def final(self) -> Final:
        """It as a final answer, of which nothing else is known."""
        spans, accept, attributes = map(decode, self[1:])
        return Final(answer=self.answer, spans=spans, accept=accept, attributes=attributes)


class Told(NamedTuple):
    """How a final answer came about."""

    origin: str
    decided_by: uuid.UUID | None
    at: datetime
    provenance: str
    votes: str
    people: list[str]
    confidence: float | None


class TaskRow(NamedTuple):
    """A task, its first image and its final answer, None where none is in force."""

    id: str
    order_key: int
    label: str
    options: str | None
    meta: str
    extra: str
    input_hash: str
    spans: str
    image: str
    name: str
    source_url: str
    sha256: str
    width: int
    height: int
    rendition: str
    media_type: str
    said: Said | None
    told: Told | None

    @classmethod
    def of(cls, row: tuple[Any, ...]) -> Self:
        """Read what `TASKS` selects."""
        said = None if row[SAID] is None else Said(*row[SAID:TOLD])
        told = None if said is None or len(row) == TOLD else Told(*row[TOLD:])
        return cls._make((*row[:SAID], said, told))

    @property
    def source(self) -> Source:
        """The first image."""
        return source_of(
            *(self.name, self.source_url, self.sha256, self.width, self.height),
            *(self.rendition, self.media_type),
        )


class AnswerRow(NamedTuple):
    """What one person said last of a task."""

    task: str
    revision: str
    user: uuid.UUID
    at: datetime
    said: Said


@dataclass(slots=True)
class Beside:
    """What other tables have of a task: the images to pick from, what people said last, and what
    reviewers said, in order."""

    tiles: list[TaskImage] = field(default_factory=list)
    answers: list[AnswerRow] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    returns: list[Return] = field(default_factory=list)
    look: SecondLook | None = None


def source_of(
    name: str, url: str, sha256: str, width: int, height: int, rendition: str, media_type: str
) -> Source:
    """An image as files tell of it; `rendition` is empty where the bytes are not kept."""
    address = without_secrets(url) or name
    return Source(address, name, sha256, width, height, rendition, media_type)


def task_rows(
    *, using: str, told: bool, only: str, values: Mapping[str, Any]
) -> Iterator[list[TaskRow]]:
    """Yield the tasks of `dataset`, one of the `values`, in the order of the list, a chunk at a
    time; `only` narrows them down further. What is `told` of finals is None unless asked for."""
    statement = TASKS.format(**(FULL if told else BARE), only=only)
    with connections[using].chunked_cursor() as cursor:
        cursor.execute(statement, values)
        while rows := cursor.fetchmany(CHUNK):
            yield [TaskRow.of(row) for row in rows]


def beside(*, using: str, tasks: list[str], tiles: bool, told: bool) -> Mapping[str, Beside]:
    """Return by task what is asked for: the `tiles`, what was `told` of tasks."""
    found: defaultdict[str, Beside] = defaultdict(Beside)
    if tiles:
        images = TaskImage.objects.using(using).select_related("image__blob")
        for row in images.filter(task__in=tasks).order_by("n"):
            found[str(row.task_id)].tiles.append(row)
    if told:
        with connections[using].cursor() as cursor:
            cursor.execute(ANSWERS, {"tasks": tasks})
            for task, revision, user, at, *said in cursor:
                found[task].answers.append(AnswerRow(task, revision, user, at, Said(*said)))
        _add_reviews(found, using=using, tasks=tasks)
    return found


def _add_reviews(found: Mapping[str, Beside], *, using: str, tasks: list[str]) -> None:
    # One value; as hundreds they would cost more than what is found.
    these = RawSQL("SELECT unnest(%s::uuid[])", [tasks])
    said = Decision.objects.using(using).select_related("conflict")
    for decision in said.filter(task__in=these).order_by("created_at", "id"):
        found[str(decision.task_id)].decisions.append(decision)
    sent_back = Return.objects.using(using).select_related("revision")
    for remark in sent_back.filter(task__in=these).order_by("created_at", "id"):
        found[str(remark.task_id)].returns.append(remark)
    for look in SecondLook.objects.using(using).filter(task__in=these):
        found[str(look.task_id)].look = look
