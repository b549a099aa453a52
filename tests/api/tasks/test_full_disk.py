"""The database has no room left (X5): what cannot be kept is not acknowledged, and comes later."""

from __future__ import annotations

import pytest
from django.db import connection

from apps.tasks.models import Answer, Revision, Slot, SlotState
from concord.events.models import Event
from tests.factories import make_task
from tests.team import Team, box

pytestmark = pytest.mark.django_db(transaction=True)

KEY = {"Idempotency-Key": "0192f0c1-2b3c-7d4e-8f5a-6b7c8d9e0f1a"}
FULL = """
CREATE OR REPLACE FUNCTION pg_temp.no_room() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full';
END $$;
CREATE TRIGGER no_room BEFORE INSERT ON {table}
    FOR EACH ROW EXECUTE FUNCTION pg_temp.no_room();
"""


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("table", ["tasks_answer", "tasks_revision", "concord_event"])
def test_an_answer_is_kept_whole_or_not_at_all(table: str) -> None:
    team = Team(overlap=1)
    make_task(team.dataset)
    (task,) = team.next("Ann")["tasks"]
    path = f"tasks/{task['id']}/answer/"
    body = {"answer": "accept", "spans": [box(1, 2, 30, 40, "stop")], "lease": task["lease"]}
    run(FULL.format(table=table))
    try:
        refused = team.post("Ann", path, body, **KEY)
    finally:
        run(f"DROP TRIGGER no_room ON {table}")
    assert (refused.status_code, refused.json()["code"]) == (503, "database_unavailable")
    assert int(refused["Retry-After"]) > 0
    assert not Answer.objects.exists()
    assert not Revision.objects.exists()
    assert Slot.objects.get().state == SlotState.LEASED

    replies = [team.post("Ann", path, body, **KEY) for _ in range(2)]
    assert [reply.status_code for reply in replies] == [200, 200]
    assert replies[0].json() == replies[1].json()
    assert Revision.objects.get().seq == 1
    assert Event.objects.filter(kind="answer.created").count() == 1
