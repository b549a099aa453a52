"""The audit log: who sees what of it, what can be looked for, and files of it."""

from __future__ import annotations

import csv
import io
import json
import uuid
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.annotators.models import User
from apps.datasets.actions.labels import change_label
from apps.datasets.actions.members import add_member, change_member, remove_member
from apps.datasets.models import Dataset, Label, Membership, Role
from concord.events.actions import record
from concord.events.models import Event
from tests.factories import browser_of, make_dataset, make_task, make_user

pytestmark = pytest.mark.django_db

NOBODY = "00000000-0000-7000-8000-000000000000"


def listed(client: Client, path: str, **query: Any) -> list[dict[str, Any]]:
    reply = client.get(f"/api/{path}", query)
    assert reply.status_code == 200, reply.content
    rows: list[dict[str, Any]] = reply.json()["results"]
    return rows


def told(row: dict[str, Any]) -> tuple[Any, ...]:
    """An event as a person reads it."""
    who, about, dataset = row["who"], row["object"], row["dataset"]
    return (
        who and who["name"],
        row["kind"],
        about and about["name"],
        dataset and dataset["name"],
    )


@pytest.fixture
def story(signs: Dataset, owner: User, annotator: User) -> Membership:
    """Olga makes Anna a reviewer and renames a label; somewhere else Sam has a member of his own;
    somebody tries to come in as Anna."""
    member = Membership.objects.get(dataset=signs, user=annotator)
    change_member(member=member, actor=owner, role=Role.REVIEWER)
    label = Label.objects.get(dataset=signs, name="stop")
    change_label(label=label, actor=owner, changes={"name": "halt"})
    sam = make_user("Sam")
    elsewhere = make_dataset(owner=sam, name="Elsewhere")
    add_member(dataset=elsewhere, actor=sam, email=annotator.email, role=Role.VIEWER)
    record(kind="user.sign_in_failed", actor=None, subject=annotator, data={"step": "password"})
    record(kind="task.state", actor=None, dataset_id=signs.pk, subject=make_task(signs))
    return member


SIGNS = "datasets/street-signs/events/"
HERE = [
    (None, "task.state", "a.jpg", "Street signs"),
    ("Olga", "label.changed", "halt", "Street signs"),
    ("Olga", "member.changed", "Anna", "Street signs"),
]
ALL = [
    HERE[0],
    (None, "user.sign_in_failed", "Anna", None),
    ("Sam", "member.added", "Anna", "Elsewhere"),
    *HERE[1:],
]


def test_an_admin_sees_all_of_it_and_a_manager_what_happened_in_their_dataset(
    story: Membership, admin: User, owner: User
) -> None:
    assert [told(row) for row in listed(browser_of(admin), "events/")] == ALL
    assert [told(row) for row in listed(browser_of(owner), SIGNS)] == HERE
    theirs = browser_of(owner).get("/api/datasets/elsewhere/events/")
    never = browser_of(owner).get("/api/datasets/never/events/")
    assert (theirs.status_code, theirs.content) == (404, never.content)


def test_an_event_says_what_it_was_and_where_it_leads(
    story: Membership, admin: User, owner: User, annotator: User, signs: Dataset
) -> None:
    (row,) = listed(browser_of(admin), "events/", kind="member.changed")
    assert row["who"] == {
        "id": str(owner.pk),
        "name": "Olga",
        "email": "olga@example.org",
        "active": True,
    }
    assert row["object"] == {
        "type": "membership",
        "id": str(story.pk),
        "name": "Anna",
        "exists": True,
    }
    assert row["dataset"] == {"id": str(signs.pk), "name": "Street signs", "slug": "street-signs"}
    assert row["data"] == {"user": str(annotator.pk), "role": "reviewer", "was": "annotator"}
    assert row["group"] == "member"


def test_managers_see_no_addresses_of_people(story: Membership, owner: User) -> None:
    reply = browser_of(owner).get(f"/api/{SIGNS}")
    assert b"@" not in reply.content


def test_what_is_gone_keeps_its_name_and_leads_nowhere(
    story: Membership, admin: User, owner: User, signs: Dataset
) -> None:
    remove_member(member=story, actor=owner)
    owner.is_active = False
    owner.save()
    gone = uuid.uuid4()
    data = {"name": "Old"}
    for kind in ("dataset.deleted", "dataset.purged"):
        event = Event(kind=kind, dataset_id=gone, object_type="dataset", object_id=str(gone))
        event.data = data
        event.save()
    rows = listed(browser_of(admin), "events/")
    assert [told(row)[1:] for row in rows[:3]] == [
        ("dataset.purged", "Old", "Old"),
        ("dataset.deleted", "Old", "Old"),
        ("member.removed", "Anna", "Street signs"),
    ]
    assert not rows[0]["object"]["exists"]
    assert rows[0]["dataset"]["slug"] == ""
    assert not rows[2]["who"]["active"]


def test_each_filter_finds_its_own(
    story: Membership, admin: User, owner: User, annotator: User, signs: Dataset
) -> None:
    client = browser_of(admin)
    label = str(Label.objects.get(name="halt").pk)
    searches: list[tuple[dict[str, Any], list[int]]] = [
        ({"actor": str(owner.pk)}, [3, 4]),
        ({"kind": "task.state"}, [0]),
        ({"kind": ["task.state", "member.added"]}, [0, 2]),
        ({"group": "member"}, [2, 4]),
        ({"group": ["member", "label"], "kind": "task.state"}, [0, 2, 3, 4]),
        ({"group": "member", "actor": str(owner.pk)}, [4]),
        ({"dataset": str(signs.pk)}, [0, 3, 4]),
        ({"dataset": str(signs.pk), "group": "member"}, [4]),
        ({"object_type": "label", "object": label}, [3]),
        ({"object_type": "user", "object": str(annotator.pk)}, [1]),
        ({"from": "2020-01-01"}, [0, 1, 2, 3, 4]),
        ({"to": "2020-01-01"}, []),
        ({"from": "2020-01-01T00:00:00Z", "to": "2200-01-01", "group": "sign_in"}, [1]),
        ({"from": "2200-01-01"}, []),
        ({"actor": NOBODY}, []),
    ]
    for query, places in searches:
        found = [told(row) for row in listed(client, "events/", **query)]
        assert found == [ALL[place] for place in places], query


HOSTILE = [
    *({"actor": text} for text in ("\0", "1", "9" * 20, "' OR 1=1", "ａ")),
    *({"kind": text} for text in ("\0", "member", "member.%", "")),
    *({"group": text} for text in ("\0", "other", "")),
    *({"from": text} for text in ("\0", "0001-01-01", "9999-12-31", "2026-01-01T00:00:00", "x")),
    *({"to": text} for text in ("9999-12-31", "9999-12-31T23:59:59-23:59", "2026-13-01")),
    {"object": "1"},
    {"object_type": "label"},
    {"object_type": "password", "object": "1"},
    {"object_type": "label", "object": "\0"},
    {"object_type": "label", "object": "9" * 65},
    {"actor": [NOBODY] * 2},
    {"actor__password__startswith": "p"},
    {"ordering": "actor__password"},
    {"format": "csv"},
    {"limit": "501"},
    {"cursor": "x"},
    {"cursor": "WyJuZXh0IiwxMDAwMDAwMDAwMDAwMDAwMDAwMDBd"},  # ["next",10^20]
    {"cursor": "WyJuZXh0IiwiMSJd"},  # ["next","1"]
]


@pytest.mark.parametrize("query", HOSTILE, ids=repr)
def test_what_is_no_value_of_a_filter_is_refused(query: dict[str, Any], admin: User) -> None:
    reply = browser_of(admin).get("/api/events/", query)
    assert reply.status_code == 400, reply.content


def test_a_manager_looks_in_no_other_dataset(owner: User, signs: Dataset) -> None:
    other = make_dataset(owner=make_user("Sam"), name="Elsewhere")
    reply = browser_of(owner).get(f"/api/{SIGNS}", {"dataset": str(other.pk)})
    assert (reply.status_code, reply.json()["code"]) == (400, "unknown_parameter")


def test_pages_go_back_and_forth_without_losing_what_comes_meanwhile(
    admin: User, owner: User
) -> None:
    for number in range(5):
        record(kind="label.added", actor=owner, data={"n": number})
    client = browser_of(admin)
    first = client.get("/api/events/", {"limit": 2, "group": "label"}).json()
    record(kind="label.added", actor=owner, data={"n": 5})
    second = client.get(first["next"]).json()
    last = client.get(second["next"]).json()
    pages = [[row["data"]["n"] for row in page["results"]] for page in (first, second, last)]
    assert pages == [[4, 3], [2, 1], [0]]
    assert last["next"] is None
    assert client.get(last["previous"]).json()["results"] == second["results"]
    end = client.get(first["last"]).json()["results"]
    assert [row["data"]["n"] for row in end] == [1, 0]


def test_more_events_ask_the_database_no_more_often(
    story: Membership, admin: User, owner: User, signs: Dataset
) -> None:
    client, counts = browser_of(admin), []
    client.get("/api/events/")
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            listed(client, "events/")
        counts.append(len(asked))
        for number in range(len(counts) * 5, len(counts) * 5 + 5):
            person = make_user(f"P{number}")
            added = add_member(dataset=signs, actor=owner, email=person.email, role=Role.VIEWER)
            assert isinstance(added, Membership)
            task = make_task(signs, name=f"{number}.jpg", order_key=number)
            record(kind="task.state", actor=person, dataset_id=signs.pk, subject=task)
    assert counts[0] == counts[1] <= 10


PLANS = [
    ({}, "concord_event_pkey"),
    ({"kind": "label.merged"}, "event_by_kind"),
    ({"actor": True}, "event_by_actor"),
    ({"dataset": True}, "event_by_dataset"),
    ({"dataset": True, "group": "member"}, "event_by_dataset"),
    ({"object_type": "label", "object": "x"}, "event_by_object"),
    ({"to": "2020-01-01"}, "event_by_time"),
]


def test_whatever_is_looked_for_is_found_by_an_index(admin: User, owner: User) -> None:
    """With so many rows that going through all of them would be the worse plan."""
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO concord_event
                      (kind, dataset_id, data, object_type, object_id, request_id)
               SELECT kind, gen_random_uuid(), '{}', 'task', gen_random_uuid()::text, ''
                 FROM generate_series(1, 20000),
                      unnest(ARRAY['answer.created', 'member.added']) kind
            """
        )
        cursor.execute("ANALYZE concord_event")
    client = browser_of(admin)
    for query, index in PLANS:
        values = {name: str(owner.pk) if v is True else v for name, v in query.items()}
        with CaptureQueriesContext(connection) as asked:
            listed(client, "events/", **values)
        (statement,) = (
            one["sql"]
            for one in asked
            if "concord_event WHERE" in one["sql"] and "LIMIT" in one["sql"]
        )
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN " + statement)
            plan = "\n".join(row[0] for row in cursor.fetchall())
        assert index in plan, f"{query}\n{plan}"
        assert "Seq Scan" not in plan, f"{query}\n{plan}"


def test_events_are_never_changed_or_deleted(owner: User) -> None:
    record(kind="label.added", actor=owner)
    for statement in ("UPDATE concord_event SET kind = ''", "DELETE FROM concord_event"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def file_of(client: Client, path: str, **query: Any) -> bytes:
    reply = client.get(f"/api/{path}export/", query)
    assert reply.status_code == 200, reply.content
    return b"".join(reply.streaming_content)


@pytest.mark.django_db(transaction=True)
def test_a_file_has_what_was_looked_for_and_is_an_event_itself(
    story: Membership, admin: User, owner: User, signs: Dataset
) -> None:
    signs.name = "=1+1"
    signs.save()
    content = file_of(browser_of(owner), SIGNS, group="member").decode()
    (row,) = csv.DictReader(io.StringIO(content.removeprefix("\ufeff")))
    assert (row["who"], row["kind"], row["object"]) == ("Olga", "member.changed", "Anna")
    assert (row["dataset"], row["who_email"]) == ("'=1+1", "")
    assert json.loads(row["data"])["was"] == "annotator"
    (event,) = Event.objects.filter(kind="events.exported")
    assert (event.actor, event.dataset_id) == (owner, signs.pk)
    assert event.data == {"format": "csv", "filter": {"group": ["member"]}}

    lines = file_of(browser_of(admin), "events/", format="jsonl").splitlines()
    rows = [json.loads(line) for line in lines]
    assert [row["kind"] for row in rows[:2]] == ["events.exported", "events.exported"]
    assert [told(row)[1] for row in rows[2:]] == [row[1] for row in ALL]
    page = listed(browser_of(admin), "events/")
    assert rows == page
    assert browser_of(admin).head("/api/events/export/").status_code == 200
    assert browser_of(admin).get("/api/events/export/?format=xlsx").status_code == 400
    assert Event.objects.filter(kind="events.exported").count() == 2
