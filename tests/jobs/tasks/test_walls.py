"""The database's own walls behind claim, submit and decide, each removed in turn.

A row is a statement that a faulty program could send. It is refused, and by the wall that is named;
with that wall gone it passes, so nothing else stands there.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from apps.reviews.models import Bulk, SecondLook
from apps.tasks.models import Task
from tests.factories import make_dataset, make_task
from tests.team import Team, both_answer, box

pytestmark = pytest.mark.django_db

TABLES = (
    *("tasks_task", "tasks_taskimage", "tasks_slot", "tasks_place", "tasks_queue"),
    *("tasks_answer", "tasks_revision", "tasks_draft", "reviews_merge", "reviews_conflict"),
    *("reviews_reviewlease", "reviews_decision", "reviews_final", "reviews_secondlook"),
    *("reviews_bulk", "concord_idempotencyrecord", "concord_event"),
)
NEW, OTHER = str(uuid.uuid4()), str(uuid.uuid4())  # of a row, of another dataset
KEY = {"Idempotency-Key": "walls"}


def copy(table: str, where: str = "true", **changes: object) -> str:
    """One more row like one that is there, but for these columns."""
    return (
        f"INSERT INTO {table} SELECT (jsonb_populate_record(x, '{json.dumps(changes)}')).*"
        f" FROM {table} x WHERE {where} LIMIT 1"
    )


def change(table: str, to: str, where: str = "true") -> str:
    return f"UPDATE {table} SET {to} WHERE {where}"


def of_other_dataset(table: str) -> str:
    if table in ("tasks_revision", "reviews_decision"):
        return copy(table, id=NEW, dataset_id=OTHER, client_key="other", seq=99)
    return change(table, f"dataset_id = '{OTHER}'")


WALLS: dict[str, str] = {
    # What there is to do, and who has it.
    "task_state_known": change("tasks_task", "state = 'lost'"),
    "task_overlap_positive": change("tasks_task", "overlap = 0"),
    "task_priority_in_range": change("tasks_task", "priority = 40000"),
    "task_score_finite": change("tasks_task", "score = 'NaN'"),
    "tasks_task_probe_of_id_same_dataset": copy(
        "tasks_task", id=NEW, dataset_id=OTHER, probe_of_id="{task}"
    ),
    "tasks_taskimage_pkey": copy("tasks_taskimage"),
    "task_image_tile_once": change("tasks_taskimage", f"tile = '{NEW}'"),
    "tasks_slot_pkey": copy("tasks_slot", "state = 'free'"),
    "slot_task_user_once": copy("tasks_slot", "state = 'submitted'", n=9),
    "slot_state_whole": change("tasks_slot", "user_id = NULL", "state = 'leased'"),
    "slot_surplus_in_use": change("tasks_slot", "surplus = true", "state = 'free'"),
    "tasks_place_pkey": copy("tasks_place"),
    "tasks_queue_pkey": copy("tasks_queue"),
    # What was said.
    "answer_once": copy("tasks_answer", id=NEW),
    "draft_once": copy("tasks_draft", id=1 << 40),
    "revision_key_once": copy("tasks_revision", id=NEW, seq=99),
    "revision_seq_once": copy("tasks_revision", id=NEW, client_key="other"),
    "revision_answer_known": copy(
        "tasks_revision", id=NEW, seq=99, client_key="other", answer="maybe"
    ),
    "revision_seconds_sane": copy("tasks_revision", id=NEW, seq=99, client_key="other", seconds=-1),
    "tasks_revision_insert_only": change("tasks_revision", "spans = '[]'"),
    "idempotency_key_per_user": copy("concord_idempotencyrecord", id=1 << 40),
    "idempotency_only_success": change("concord_idempotencyrecord", "status = 503"),
    "concord_event_append_only": "DELETE FROM concord_event",
    # What came of it.
    "reviews_merge_pkey": copy("reviews_merge"),
    "merge_confidence_is_share": change("reviews_merge", "confidence = 'NaN'"),
    "conflict_kind_known": change("reviews_conflict", "kind = 'mood'"),
    "reviews_reviewlease_pkey": copy("reviews_reviewlease"),
    "decision_action_known": copy("reviews_decision", id=NEW, action="shrug"),
    "reviews_decision_insert_only": "DELETE FROM reviews_decision",
    "decided_once_in_bulk": copy("reviews_decision", "bulk_id IS NOT NULL", id=NEW),
    "bulk_asked_once": copy("reviews_bulk", id=NEW),
    "reviews_final_pkey": copy("reviews_final"),
    "final_answer_known": change("reviews_final", "answer = 'maybe'"),
    "reviews_secondlook_pkey": copy("reviews_secondlook"),
    **{
        f"{table}_task_id_same_dataset": of_other_dataset(table)
        for table in TABLES[1:]
        if table not in ("tasks_place", "tasks_queue", "reviews_bulk") and "concord" not in table
    },
    "tasks_taskimage_task_id_same_dataset": change(
        "tasks_taskimage",
        "n = 9, task_id = (SELECT id FROM tasks_task WHERE dataset_id = '{other}')",
        "task_id = '{task}'",
    ),
    "tasks_taskimage_image_id_same_dataset": change(
        "tasks_taskimage", "image_id = (SELECT id FROM datasets_image WHERE dataset_id = '{other}')"
    ),
}
NOT_TRIED = {
    "task_of_dataset": "is what those of one dataset refer to; an id is unique by itself",
    "tasks_answer_changed": "refuses nothing: see tests/api/exchange/test_answer_feed.py",
    "reviews_final_changed": "refuses nothing: see tests/api/exchange/test_answer_feed.py",
    "reviews_follow_task": "refuses nothing: see tests/api/desk/test_data.py",
    "reviews_make_facts": "refuses nothing: see tests/api/desk/test_data.py",
    "tasks_words_of_new": "refuses nothing: see tests/api/desk/test_searching.py",
    "tasks_words_of_task": "refuses nothing: see tests/api/desk/test_searching.py",
}

# But for the keys of single ids, and the lower bounds that Django gives numbers.
ALL = """
SELECT conrelid::regclass::text, conname, 'CONSTRAINT' FROM pg_constraint
 WHERE conrelid::regclass::text = ANY(%(tables)s)
   AND contype IN ('c', 'p', 'u', 'f') AND (contype <> 'f' OR cardinality(conkey) > 1)
   AND conname NOT LIKE '%%_check' AND pg_get_constraintdef(oid) <> 'PRIMARY KEY (id)'
 UNION ALL
SELECT indrelid::regclass::text, indexrelid::regclass::text, 'INDEX' FROM pg_index
 WHERE indrelid::regclass::text = ANY(%(tables)s) AND indisunique AND indpred IS NOT NULL
 UNION ALL
SELECT tgrelid::regclass::text, tgname, 'TRIGGER' FROM pg_trigger
 WHERE tgrelid::regclass::text = ANY(%(tables)s) AND NOT tgisinternal
"""


def walls() -> dict[str, tuple[str, str]]:
    """Table and kind of each wall, by its name."""
    with connection.cursor() as cursor:
        cursor.execute(ALL, {"tables": list(TABLES)})
        return {name: (table, kind) for table, name, kind in cursor.fetchall()}


@contextmanager
def without(name: str) -> Iterator[None]:
    table, kind = walls()[name]
    with transaction.atomic():
        run({
            "CONSTRAINT": f"ALTER TABLE {table} DROP CONSTRAINT {name} CASCADE",
            "INDEX": f"DROP INDEX {name}",
            "TRIGGER": f"ALTER TABLE {table} DISABLE TRIGGER {name}",
        }[kind])  # fmt: skip
        yield
        transaction.set_rollback(True)


def run(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def refusal(statement: str) -> str:
    """The name of the wall, what a trigger says, or nothing."""
    try:
        with transaction.atomic():
            run(statement)
            transaction.set_rollback(True)
    except IntegrityError as error:
        said = error.__cause__
        return getattr(getattr(said, "diag", None), "constraint_name", "") or str(error)
    except DatabaseError as error:
        return f"another error: {error}"
    return ""


@pytest.fixture
def at_work() -> dict[str, str]:
    """A dataset with something of everything: tasks that are free, begun, disputed and decided."""
    team = Team(second_look=1)
    for n in range(3):
        make_task(team.dataset, name=f"{n}.jpg", order_key=n)
    for _ in range(2):
        both_answer(team, [box(10, 10, 40, 20, "stop")], [])
    first, _ = (team.review("Rita")["tasks"][0] for _ in range(2))
    ruling = {"conflict": first["conflicts"][0]["id"], "action": "accept"}
    assert team.decide(first, ruling, final=True).status_code == 200
    assert team.review("Rita")["tasks"], "the other one stays in her hands"
    (task,) = team.next("Ann")["tasks"]
    draft = {"body": {"answer": "accept", "spans": []}}
    put = team.browsers["Ann"].put
    assert put(f"/api/tasks/{task['id']}/draft/", draft, content_type="application/json").json()
    path = f"datasets/{team.dataset.slug}/imports/"
    assert team.post("Olga", path, {"urls": ["https://a.example/1"]}, **KEY).status_code == 202
    decided = Task.objects.get(pk=first["id"])
    bulk = Bulk.objects.create(
        dataset=team.dataset, user=team.people["Rita"], key="all", request_hash=b""
    )
    decided.decisions.create(
        dataset=team.dataset, user=team.people["Rita"], conflict=decided.conflicts.get(),
        action="accept", task_version=1, bulk=bulk,
    )  # fmt: skip
    SecondLook.objects.get_or_create(
        task=decided, defaults={"dataset": team.dataset, "merge_version": 1}
    )
    other = make_dataset(owner=team.people["Zoe"], name="Other")
    make_task(other)
    run("SET CONSTRAINTS ALL IMMEDIATE")
    return {OTHER: str(other.pk), "{task}": str(decided.pk), "{other}": str(other.pk)}


def test_each_refuses_what_nothing_else_would(at_work: dict[str, str]) -> None:
    wrong = {}
    for name, meant in WALLS.items():
        statement = re.sub("|".join(at_work), lambda found: at_work[found[0]], meant)
        said = refusal(statement)
        if re.sub("_(insert|append)_only", "", name) not in said:
            wrong[name] = said or "passes"
            continue
        with without(name):
            if said := refusal(statement):
                wrong[name] = f"without it: {said}"
    assert wrong == {}


def test_none_was_forgotten() -> None:
    assert walls().keys() == WALLS.keys() | NOT_TRIED.keys()
