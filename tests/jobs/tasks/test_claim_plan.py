"""Handing out work costs the same however much a person has answered before."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection

from apps.annotators.models import User
from apps.datasets.models import Dataset
from apps.tasks.actions.claiming import CLAIM, lease_tasks
from apps.tasks.actions.counting import COUNT_FREE
from apps.tasks.actions.leasing import FREE_EXPIRED
from apps.tasks.domain.stretches import END, FIRST_TASK
from apps.tasks.eligible import PLANNED_ONCE
from apps.tasks.no_work import LEFT_OVER, NEXT_RETURN
from tests.factories import make_dataset, make_user
from tests.jobs.tasks.many import fill

TASKS = 3000
ANSWERED = 1000
LEFT = 10

CLAIM_FREE = CLAIM.format(skip="SKIP LOCKED")


@pytest.fixture
def dataset(db: None) -> Dataset:
    """Many tasks of two slots each; what happens to them later, the planner does not know yet."""
    dataset = make_dataset(owner=make_user("Olga"), overlap=2)
    fill(dataset, tasks=TASKS)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE tasks_slot")
    return dataset


def answer(dataset: Dataset, person: User, *, below: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE tasks_slot SET state = 'submitted', user_id = %s, submitted_at = now()"
            " WHERE dataset_id = %s AND n = 0 AND order_key < %s",
            [person.id, dataset.id, below],
        )


def values_of(dataset: Dataset, person: User, *, turn: int) -> dict[str, Any]:
    """What the statements need to look from `turn` on."""
    place = {"turn": turn, "task": FIRST_TASK, "end": END, "start": None, "version": 0}
    wanted = {"count": 1, "again": 8, "ahead": 8, "seconds": 900, "most": 500}
    return {"user": person.id, "dataset": dataset.id, **place, **wanted}


@pytest.fixture(autouse=True)
def checked_by_index(db: None) -> Iterator[None]:
    """At the end of a test foreign keys are checked, row by row: neither planned anew for each of
    them nor by a plan that was made when the tables were empty, which reads all of a table."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL plan_cache_mode = auto")
        cursor.execute("DISCARD PLANS")


@pytest.fixture(params=["force_custom_plan", "force_generic_plan"])
def plans(request: pytest.FixtureRequest, db: None) -> None:
    """Planned for the values at hand, and once for any."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {PLANNED_ONCE}")
        cursor.execute(f"SET LOCAL plan_cache_mode = {request.param}")


@pytest.mark.usefixtures("plans")
@pytest.mark.parametrize("statement", [CLAIM_FREE, COUNT_FREE], ids=["claim", "count"])
def test_no_free_slot_costs_a_look_at_everything_the_person_did(
    dataset: Dataset, statement: str
) -> None:
    person = make_user("Diligent")
    answer(dataset, person, below=ANSWERED)
    probes = looks("m", statement, values_of(dataset, person, turn=0))
    assert probes
    # A task has two slots, and both may be looked at.
    assert all(node.get("Rows Removed by Filter", 0) <= 2 for node in probes)


@pytest.mark.usefixtures("plans")
@pytest.mark.parametrize(
    "statement", [CLAIM_FREE, COUNT_FREE, LEFT_OVER], ids=["claim", "count", "left over"]
)
def test_who_has_done_all_but_a_few_is_not_led_past_what_they_did(
    dataset: Dataset, statement: str
) -> None:
    person = make_user("Diligent")
    answer(dataset, person, below=TASKS - LEFT)
    assert rows_read(statement, values_of(dataset, person, turn=TASKS - LEFT)) <= 2 * LEFT


@pytest.mark.usefixtures("plans")
def test_a_claim_reads_the_first_of_the_slots_that_lie_ahead(dataset: Dataset) -> None:
    values = values_of(dataset, make_user("Diligent"), turn=TASKS // 2)
    assert rows_read(CLAIM_FREE, values) <= 2 * LEFT


@pytest.mark.usefixtures("plans")
def test_the_next_lease_to_end_is_found_without_reading_the_queue(dataset: Dataset) -> None:
    person, other = make_user("Diligent"), make_user("Other")
    lease_tasks(user=other, dataset=dataset, count=2)
    answer(dataset, person, below=TASKS)
    assert rows_read(NEXT_RETURN, values_of(dataset, person, turn=0)) <= 2 * LEFT


@pytest.mark.parametrize(
    "statement",
    [CLAIM_FREE, COUNT_FREE, FREE_EXPIRED.format(skip="")],
    ids=["claim", "count", "free"],
)
def test_a_plan_for_an_empty_queue_reads_a_long_one_but_once(db: None, statement: str) -> None:
    """It is kept until the tables are analysed again, and an import fills them faster."""
    dataset = make_dataset(owner=make_user("Olga"), overlap=2)
    values = values_of(dataset, make_user("Diligent"), turn=0)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE tasks_slot, tasks_pass, tasks_task")
        cursor.execute(f"SELECT {PLANNED_ONCE}")
    with prepared(statement, values):
        carried_out(values_in(statement, values))
        fill(dataset, tasks=TASKS)
        parts = carried_out(values_in(statement, values))
    assert sum(read(part) for part in parts if "Index Name" in part) <= 3 * 2 * TASKS
    assert all(part["Node Type"] != "Seq Scan" for part in parts)


def test_the_queue_is_analysed_before_a_share_of_it_has_changed(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT reloptions FROM pg_class WHERE relname = 'tasks_slot'")
        ((options,),) = cursor.fetchall()
    assert "autovacuum_analyze_scale_factor=0" in options


def test_no_statement_is_compiled_before_it_runs(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",)


def rows_read(statement: str, values: dict[str, Any]) -> int:
    """How many slots of the queue a statement reads, whether it keeps them or not."""
    found = looks("s", statement, values)
    assert found
    return sum(map(read, found))


def read(part: dict[str, Any]) -> int:
    return int((part["Actual Rows"] + part.get("Rows Removed by Filter", 0)) * part["Actual Loops"])


def looks(alias: str, statement: str, values: dict[str, Any]) -> list[dict[str, Any]]:
    """The parts of the plan that read a table by this name; the planner numbers several."""
    parts = nodes(statement, values)
    return [part for part in parts if re.fullmatch(rf"{alias}(_\d+)?", part.get("Alias", ""))]


def nodes(statement: str, values: dict[str, Any]) -> list[dict[str, Any]]:
    """The parts of the plan by which a prepared statement was carried out."""
    with prepared(statement, values):
        return carried_out(values_in(statement, values))


@contextmanager
def prepared(statement: str, values: dict[str, Any]) -> Iterator[None]:
    used = values_in(statement, values)
    types = ["uuid" if isinstance(value, uuid.UUID) else "bigint" for value in used.values()]
    numbered = statement % {name: f"${place}" for place, name in enumerate(used, start=1)}
    with connection.cursor() as cursor:
        cursor.execute(f"PREPARE asked ({', '.join(types)}) AS {numbered}")
        yield
        cursor.execute("DEALLOCATE asked")


def carried_out(used: dict[str, Any]) -> list[dict[str, Any]]:
    given = ", ".join("NULL" if value is None else f"'{value}'" for value in used.values())
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE asked ({given})")
        ((plan,),) = cursor.fetchall()
    return _with_parts(plan[0]["Plan"])


def values_in(statement: str, values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if f"%({name})s" in statement}


def _with_parts(node: dict[str, Any]) -> list[dict[str, Any]]:
    return [node, *(found for part in node.get("Plans", []) for found in _with_parts(part))]
