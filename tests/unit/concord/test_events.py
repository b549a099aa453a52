import uuid

import pytest
import structlog
from django.db import DatabaseError, connection, transaction
from django.test import Client

from concord.events.actions import record
from concord.events.models import Event
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_an_event_says_who_did_what_to_which_object_in_which_request() -> None:
    user, dataset_id = make_user("ann"), uuid.uuid4()
    with structlog.contextvars.bound_contextvars(request_id="request-1"):
        record(kind="user.renamed", actor=user, dataset_id=dataset_id, subject=user, data={"a": 1})
    kept = Event.objects.get()
    assert (kept.kind, kept.actor, kept.dataset_id) == ("user.renamed", user, dataset_id)
    assert (kept.object_type, kept.object_id) == ("user", str(user.pk))
    assert (kept.data, kept.request_id) == ({"a": 1}, "request-1")


@pytest.mark.parametrize(
    "sql", ["UPDATE concord_event SET kind = 'x'", "DELETE FROM concord_event"]
)
def test_the_database_lets_nobody_rewrite_history(sql: str) -> None:
    record(kind="dataset.created", actor=None)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(sql)
    assert Event.objects.get().kind == "dataset.created"


def test_every_answer_names_its_request() -> None:
    client = Client()
    assert len(client.get("/healthz")["X-Request-ID"]) == 36
    given = client.get("/healthz", headers={"X-Request-ID": "from-the-proxy"})
    assert given["X-Request-ID"] == "from-the-proxy"
    for strange in ("short", "x" * 65, "new\nline----", "<script>"):
        answer = client.get("/healthz", headers={"X-Request-ID": strange})
        assert answer["X-Request-ID"] != strange
