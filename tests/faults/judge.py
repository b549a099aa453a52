"""What must hold when all is well again, whatever broke: questions to which the answer is nothing.

The numbers are those of the invariants in `deploy/OPERATIONS.md`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import psycopg

from concord.storage.contents import FileStore
from concord.storage.files import open_store
from tests.faults.people import Book

Database = psycopg.Connection[Any]

KEPT_OTHERWISE = """
SELECT said.key, count(r.id) FROM jsonb_to_recordset(%(said)s) AS said(key text, revision int)
  LEFT JOIN tasks_revision r ON r.client_key = said.key
 GROUP BY said.key, said.revision
HAVING count(r.id) <> 1 OR bool_or(r.seq <> said.revision)
"""

QUESTIONS: Mapping[str, str] = {
    "V1 a revision that nobody sent": """
        SELECT r.id FROM tasks_revision r WHERE NOT (%(keys)s ? r.client_key)""",
    "V3 a task with another number of slots than it needs": """
        SELECT t.id FROM tasks_task t JOIN (
            SELECT task_id, count(*) FILTER (WHERE NOT surplus) AS slots,
                   count(*) FILTER (WHERE state = 'submitted') AS submitted
              FROM tasks_slot WHERE purpose = 'work' GROUP BY task_id
        ) s ON s.task_id = t.id WHERE slots <> greatest(t.overlap, submitted)""",
    "V3 somebody with two slots of one task": """
        SELECT task_id, user_id FROM tasks_slot WHERE user_id IS NOT NULL
         GROUP BY task_id, user_id HAVING count(*) > 1""",
    "V3 a slot submitted without an answer, or an answer in time without its slot": """
        SELECT task_id, user_id FROM tasks_slot WHERE state = 'submitted'
        EXCEPT SELECT task_id, user_id FROM tasks_answer WHERE head_id IS NOT NULL
        UNION ALL (
        SELECT task_id, user_id FROM tasks_answer WHERE head_id IS NOT NULL
        EXCEPT SELECT task_id, user_id FROM tasks_slot WHERE state = 'submitted')""",
    "V3 a task that is open with all its answers, or closed without": """
        SELECT t.id FROM tasks_task t JOIN (
            SELECT task_id, count(*) FILTER (WHERE state = 'submitted') AS submitted
              FROM tasks_slot GROUP BY task_id
        ) s ON s.task_id = t.id WHERE (submitted >= t.overlap) <> (t.state <> 'open')""",
    "V3 a closed task that was merged from other answers than it has": """
        SELECT t.id FROM tasks_task t LEFT JOIN reviews_merge m ON m.task_id = t.id
         WHERE t.state <> 'open' AND coalesce(
            (SELECT array_agg(r ORDER BY r) FROM unnest(m.revisions) r), '{}') <>
            (SELECT array_agg(head_id ORDER BY head_id) FROM tasks_answer a
              WHERE a.task_id = t.id)""",
    "V3 a final without a final task, or the reverse": """
        SELECT t.id FROM tasks_task t LEFT JOIN reviews_final f ON f.task_id = t.id
         WHERE (t.state = 'final') <> (f.task_id IS NOT NULL)""",
    "V4 a row of an import that has not ended": """
        SELECT id, state FROM imports_importrow WHERE state IN ('queued', 'fetching')""",
    "V4 a row that is done without its image, or failed": """
        SELECT id, state, code, reason FROM imports_importrow
         WHERE (state = 'done' AND image_id IS NULL) OR state = 'failed'""",
    "V4 an import that has not ended": """
        SELECT id, state, error FROM imports_import WHERE state <> 'done'""",
    "V4 an image without a task, or with two": """
        SELECT i.id FROM datasets_image i LEFT JOIN tasks_taskimage t ON t.image_id = i.id
         GROUP BY i.id HAVING count(t.task_id) <> 1""",
    "V5 revisions with gaps, or a head that is not the last in time": """
        SELECT a.id FROM tasks_answer a JOIN tasks_revision r ON r.answer_row_id = a.id
         GROUP BY a.id HAVING min(r.seq) <> 1 OR max(r.seq) <> count(*)
            OR max(r.seq) FILTER (WHERE NOT r.late)
               IS DISTINCT FROM max(r.seq) FILTER (WHERE r.id = a.head_id)""",
    "V6 a job that failed": """
        SELECT kind, error_code, error_detail FROM concord_job WHERE state = 'failed'""",
    "V8 a revision of which nothing is on record, or something twice": """
        SELECT r.id FROM tasks_revision r LEFT JOIN concord_event e
            ON e.object_id = r.task_id::text AND e.kind IN ('answer.created', 'answer.updated')
           AND e.data ->> 'revision' = r.id::text
         GROUP BY r.id HAVING count(e.id) <> 1""",
    "V8 a task whose last move on record does not lead where it is": """
        SELECT t.id FROM tasks_task t LEFT JOIN (
            SELECT DISTINCT ON (object_id) object_id, data ->> 'to' AS state FROM concord_event
             WHERE kind = 'task.state' ORDER BY object_id, id DESC
        ) moved ON moved.object_id = t.id::text
         WHERE coalesce(moved.state, 'open') <> t.state""",
}


# Not among the questions: some are ordered by the clock, and one may have begun since.
UNDER_WAY = """
SELECT kind, state FROM concord_job
 WHERE state = 'running' OR (state = 'queued' AND run_after < now() - interval '5 s')
"""


def at_work(database: Database) -> list[Any]:
    """The jobs and rows that have not ended yet (V6): to be asked until there are none."""
    questions = (QUESTIONS["V4 a row of an import that has not ended"], UNDER_WAY)
    return [row for asked in questions for row in database.execute(asked.encode()).fetchall()]


def violations(
    database: Database, books: Iterable[Book], *, later: Iterable[Book] = ()
) -> dict[str, list[Any]]:
    """The questions that were answered with something, and with what; of what is in the books
    `later` nobody demands that it is there."""
    sent = [note for book in books for note in book.sent]
    said = [{"key": note.key, "revision": note.reply["revision"]} for note in sent if note.reply]
    maybe = [note for book in later for note in book.sent]
    known = {
        "keys": json.dumps({note.key: 1 for note in [*sent, *maybe]}),
        "said": json.dumps(said),
    }
    asked = {"V1, V2 an acknowledged answer that is not there once": KEPT_OTHERWISE, **QUESTIONS}
    found = {name: _ask(database, question, known) for name, question in asked.items()}
    found["V2 an answer of which nobody knows"] = [
        note.key for note in sent if note.reply is None and not maybe
    ]
    return {name: rows for name, rows in found.items() if rows}


def _ask(database: Database, question: str, known: Mapping[str, Any]) -> list[Any]:
    wanted = {name: value for name, value in known.items() if f"%({name})s" in question}
    text = question.replace("%(keys)s", "%(keys)s::jsonb").replace("%(said)s", "%(said)s::jsonb")
    if not wanted:
        return database.execute(text.encode()).fetchall()
    return database.execute(text.encode(), wanted).fetchall()


def missing_files(database: Database, address: str, slug: str) -> Sequence[str]:
    """V7: images of a dataset whose files are not in the store at `address`, or are not what they
    are named after."""
    store = open_store(address)
    rows = database.execute(
        "SELECT DISTINCT unnest(ARRAY[b.sha256, b.rendition_sha256, b.thumbnail_sha256])"
        " FROM datasets_image i JOIN datasets_blob b ON b.id = i.blob_id"
        " JOIN datasets_dataset d ON d.id = i.dataset_id WHERE d.slug = %s",
        [slug],
    ).fetchall()
    return [sha256 for (sha256,) in rows if not _is_whole(store, sha256)]


def _is_whole(store: FileStore, sha256: str) -> bool:
    if not store.exists(sha256):
        return False
    with store.open(sha256) as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == sha256
