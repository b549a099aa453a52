"""Handing out work costs the same however much a person has answered before."""

from typing import Any

import pytest
from django.db import connection

from apps.annotators.models import User
from apps.datasets.models import Dataset
from apps.tasks.actions.claiming import CLAIM
from apps.tasks.actions.counting import COUNT_FREE
from tests.jobs.tasks.test_claims import make_tasks

TASKS = 3000
ANSWERED = 1000


@pytest.fixture
def values(db: None) -> dict[str, Any]:
    """A person with many answers whom the planner's statistics do not know yet."""
    dataset = make_tasks(count=TASKS, overlap=2)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE tasks_slot")
    person = User.objects.create(email="diligent@example.org")
    _answer(dataset, person)
    wanted = {"rows": 8, "count": 1, "seconds": 900, "most": 500}
    return {"user": person.id, "dataset": dataset.id, **wanted}


def _answer(dataset: Dataset, person: User) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE tasks_slot SET state = 'submitted', user_id = %s, submitted_at = now()"
            " WHERE dataset_id = %s AND n = 0 AND order_key < %s",
            [person.id, dataset.id, ANSWERED],
        )


@pytest.mark.parametrize("statement", [CLAIM.format(skip="SKIP LOCKED"), COUNT_FREE])
def test_no_free_slot_costs_a_look_at_everything_the_person_did(
    values: dict[str, Any], statement: str
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (ANALYZE, FORMAT JSON) " + statement, values)
        ((plan,),) = cursor.fetchall()
    probes = [node for node in _nodes(plan[0]["Plan"]) if node.get("Alias") == "m"]
    assert probes
    # A task has two slots, and both may be looked at.
    assert all(node.get("Rows Removed by Filter", 0) <= 2 for node in probes)


def _nodes(node: dict[str, Any]) -> list[dict[str, Any]]:
    return [node, *(found for part in node.get("Plans", []) for found in _nodes(part))]
