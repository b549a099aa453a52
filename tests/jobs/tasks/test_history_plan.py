"""Looking through one's own answers reads nobody else's, whatever is looked for."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet

from apps.annotators.models import User
from apps.datasets.models import Dataset
from apps.tasks.history import Wanted, my_answers
from apps.tasks.models import Answer, Revision, Task, Verdict
from concord.ids import uuid7
from tests.factories import make_dataset, make_user
from tests.jobs.tasks.many import fill
from tests.team import box

TASKS = 2000
MINE = 20
# As wide as an answer usually is: a table of nearly empty rows is read as a whole with good reason.
SPANS = [{**box(n, n, 10, 10, "stop"), "id": str(uuid7()), "label_id": "a"} for n in range(9)]


@pytest.fixture
def dataset(db: None) -> Dataset:
    """Somebody else has answered all, I the last few."""
    dataset = make_dataset(owner=make_user("Olga"), overlap=2)
    fill(dataset, tasks=TASKS)
    tasks = list(Task.objects.filter(dataset=dataset).order_by("order_key"))
    _answer(tasks, make_user("Other"))
    _answer(tasks[-MINE:], make_user("Me"))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return dataset


@pytest.mark.parametrize(
    "wanted",
    [Wanted(), Wanted(answer=Verdict.REJECT), Wanted(text="no such text"), Wanted(text="jpg")],
    ids=["all", "verdict", "rare", "common"],
)
def test_only_own_answers_are_read(dataset: Dataset, wanted: Wanted) -> None:
    me = User.objects.get(name="Me")
    nodes = _nodes(my_answers(user=me, dataset=dataset, wanted=wanted)[:31])
    for table in ("tasks_answer", "tasks_revision", "datasets_image"):
        assert _rows_read(nodes, table) <= MINE * 2, table


def _answer(tasks: list[Task], user: User) -> None:
    answers = Answer.objects.bulk_create(
        [Answer(task=task, dataset_id=task.dataset_id, user=user) for task in tasks]
    )
    revisions = Revision.objects.bulk_create(
        [
            Revision(
                answer_row=answer,
                task_id=answer.task_id,
                dataset_id=answer.dataset_id,
                user=user,
                seq=1,
                answer=Verdict.ACCEPT,
                spans=SPANS,
                client_key=str(answer.id),
                config_version=1,
            )
            for answer in answers
        ]
    )
    for answer, revision in zip(answers, revisions, strict=True):
        answer.head = revision
    Answer.objects.bulk_update(answers, ["head"], batch_size=500)


def _rows_read(nodes: list[dict[str, Any]], table: str) -> int:
    """How many rows of a table the statement reads, whether it keeps them or not."""
    return sum(
        int((node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * node["Actual Loops"])
        for node in nodes
        if node.get("Relation Name") == table
    )


def _nodes(answers: QuerySet[Answer]) -> list[dict[str, Any]]:
    (plan,) = json.loads(answers.explain(format="json", analyze=True))
    return _with_parts(plan["Plan"])


def _with_parts(node: dict[str, Any]) -> list[dict[str, Any]]:
    return [node, *(found for part in node.get("Plans", []) for found in _with_parts(part))]
