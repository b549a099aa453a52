"""What people have answered stays as it was, whoever writes to the database."""

from __future__ import annotations

import json

import pytest
from django.db import IntegrityError, connection, transaction

from apps.tasks.models import Revision
from tests.factories import make_task
from tests.team import Team, box

pytestmark = pytest.mark.django_db


@pytest.fixture
def revision() -> Revision:
    team = Team()
    make_task(team.dataset)
    (task,) = team.next("Ann")["tasks"]
    team.answer("Ann", task, box(10, 10, 40, 20, "stop"))
    return Revision.objects.get()


def run(sql: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.mark.parametrize(
    "change",
    [
        "answer = 'reject'",
        "spans = '[]'",
        "seconds = 1",
        "late = true",
        "response = NULL",
        "response = '{}'",
        "created_at = now()",
        "seq = seq",
    ],
)
@pytest.mark.usefixtures("revision")
def test_no_column_of_a_revision_changes(change: str) -> None:
    (before,) = Revision.objects.values()
    with pytest.raises(IntegrityError, match="insert-only"):
        run(f"UPDATE tasks_revision SET {change}")
    assert list(Revision.objects.values()) == [before]


@pytest.mark.usefixtures("revision")
def test_a_reply_that_is_not_there_is_not_filled_in_later() -> None:
    columns = [field.column for field in Revision._meta.concrete_fields]
    other = {
        "id": "gen_random_uuid()",
        "seq": "2",
        "client_key": "'another'",
        "response": "NULL",
    }
    values = ", ".join(other.get(column, column) for column in columns)
    run(f"INSERT INTO tasks_revision ({', '.join(columns)}) SELECT {values} FROM tasks_revision")
    with pytest.raises(IntegrityError, match="insert-only"):
        run("UPDATE tasks_revision SET response = %s WHERE seq = 2", json.dumps({"revision": 2}))
    assert Revision.objects.get(seq=2).response is None


def test_a_revision_goes_with_its_whole_dataset_only(revision: Revision) -> None:
    with pytest.raises(IntegrityError, match="insert-only"):
        run("DELETE FROM tasks_revision")
    with pytest.raises(IntegrityError, match="insert-only"), transaction.atomic():
        run("SET LOCAL concord.purging = '00000000-0000-0000-0000-000000000000'")
        run("DELETE FROM tasks_revision")
    assert Revision.objects.filter(pk=revision.pk).exists()
    with transaction.atomic():
        run("UPDATE tasks_answer SET head_id = NULL")
        run(f"SET LOCAL concord.purging = '{revision.dataset_id}'")
        run("DELETE FROM tasks_revision")
    assert not Revision.objects.exists()
