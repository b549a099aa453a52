"""Answers since a cursor: each once for each time that it changed, and none missed."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client as Browser

from apps.exchange.feed import Cursor, answers_since
from apps.reviews.models import Final
from apps.tasks.models import Task, TaskImage
from concord import stamping
from tests.factories import make_task
from tests.team import Team, both_answer, box

# What is told has been committed, and its transaction must be over.
pytestmark = pytest.mark.django_db(transaction=True)

STOP = box(10, 10, 40, 20, "stop")
YIELD = box(10, 10, 40, 20, "yield")


@pytest.fixture
def team() -> Team:
    team = Team()
    for place, name in enumerate("abc"):
        make_task(team.dataset, name=f"{name}.jpg", order_key=place)
    return team


def feed(team: Team, since: str | None = None, who: str = "Olga", **query: Any) -> dict[str, Any]:
    asked = query | ({"since": since} if since else {})
    browser: Browser = team.browsers[who]
    reply = browser.get("/api/datasets/street-signs/answers/", asked)
    assert reply.status_code == 200, reply.content
    found: dict[str, Any] = reply.json()
    return found


def names(page: dict[str, Any]) -> list[str]:
    return [line["image"] for line in page["results"]]


@contextmanager
def another_transaction(sql: str, values: list[Any], *, database: str = "") -> Iterator[None]:
    """Somebody else's statement, which is committed when the block ends; in another `database` of
    the same server, if one is named."""
    other = connection.copy()
    other.settings_dict["OPTIONS"].pop("pool", None)
    if database:
        other.settings_dict["NAME"] = database
    try:
        with transaction_of(other), other.cursor() as cursor:
            cursor.execute(sql, values)
            yield
    finally:
        other.close()


@contextmanager
def transaction_of(other: Any) -> Iterator[None]:
    other.ensure_connection()
    other.set_autocommit(False)
    yield
    other.commit()


TOUCH = "UPDATE reviews_final SET origin = origin WHERE task_id = %s"


def test_finals_come_once_and_again_when_they_change(team: Team) -> None:
    nothing = feed(team)
    assert nothing == {"results": [], "cursor": None, "more": False}
    both_answer(team, [STOP], [STOP])
    both_answer(team, [STOP], [YIELD])
    first = feed(team)
    assert names(first) == ["a.jpg"], "the second is disputed, the third not answered"
    (line,) = first["results"]
    assert line["answer"] == "accept"
    assert [span["label"] for span in line["spans"]] == ["stop"]
    assert line["_review"]["origin"] == "agreed"
    image = TaskImage.objects.get(task=line["_task_id"]).image_id
    assert line["_image_url"] == f"/api/images/{image}/file/"
    assert feed(team, first["cursor"]) == {**first, "results": []}
    (task,) = team.review()["tasks"]
    ruling = {"conflict": task["conflicts"][0]["id"], "action": "label", "label": "yield"}
    assert team.decide(task, ruling, final=True).status_code == 200
    both_answer(team, [], [])
    second = feed(team, first["cursor"])
    assert names(second) == ["b.jpg", "c.jpg"]
    assert second["results"][0]["spans"][0]["label"] == "yield"
    mine = Task.objects.get(pk=line["_task_id"])
    for who in ("Ann", "Ben"):
        edit = {"id": str(mine.pk), "lease": None}
        assert team.answer(who, edit, YIELD).status_code == 200
    third = feed(team, second["cursor"])
    assert [(each["image"], each["spans"][0]["label"]) for each in third["results"]] == [
        ("a.jpg", "yield")
    ]
    assert names(feed(team)) == ["b.jpg", "c.jpg", "a.jpg"], "from the start all, as it is now"


def test_what_each_person_said_comes_under_a_pseudonym(team: Team) -> None:
    both_answer(team, [STOP], [YIELD])
    page = feed(team, which="answers")
    assert [line["spans"][0]["label"] for line in page["results"]] == ["stop", "yield"]
    assert len({line["_annotator_id"] for line in page["results"]}) == 2
    task = {"id": str(Task.objects.get(order_key=0).pk), "lease": None}
    assert team.answer("Ann", task, YIELD).status_code == 200
    again = feed(team, page["cursor"], which="answers")
    (line,) = again["results"]
    assert line["_annotator_id"] == page["results"][0]["_annotator_id"]
    assert line["spans"][0]["label"] == "yield"


def test_pages_have_a_limit_and_say_that_there_is_more(team: Team) -> None:
    for _ in range(3):
        both_answer(team, [STOP], [STOP])
    seen, cursor, more = [], None, True
    while more:
        page = feed(team, cursor, limit=2)
        seen += names(page)
        cursor, more = page["cursor"], page["more"]
        assert len(page["results"]) <= 2
    assert seen == ["a.jpg", "b.jpg", "c.jpg"]


def test_what_is_no_cursor_is_refused(team: Team) -> None:
    for text in ("x", "1.1-5", f"1.1-{2**63}-{'0' * 32}", f"1.1-5-{'0' * 32}\n"):
        reply = team.browsers["Olga"].get("/api/datasets/street-signs/answers/", {"since": text})
        assert (reply.status_code, reply.json()["code"]) == (400, "bad_cursor"), text
    reply = team.browsers["Olga"].get("/api/datasets/street-signs/answers/?which=both")
    assert (reply.status_code, reply.json()["code"]) == (400, "bad_which")


def test_who_commits_later_is_not_missed(team: Team) -> None:
    """Ann's transaction is the older one and ends last."""
    for _ in range(2):
        both_answer(team, [STOP], [STOP])
    cursor = feed(team)["cursor"]
    first, second = Task.objects.order_by("order_key")[:2]
    with another_transaction(TOUCH, [first.pk]):
        Final.objects.filter(task=second).update(origin="agreed")
        held = feed(team, cursor)
        assert names(held) == [], "the older transaction might still bring something"
    after = feed(team, held["cursor"])
    assert names(after) == ["a.jpg", "b.jpg"]


def test_a_younger_transaction_holds_up_nobody(team: Team) -> None:
    for _ in range(2):
        both_answer(team, [STOP], [STOP])
    cursor = feed(team)["cursor"]
    first, second = Task.objects.order_by("order_key")[:2]
    Final.objects.filter(task=second).update(origin="agreed")
    with another_transaction(TOUCH, [first.pk]):
        page = feed(team, cursor)
        assert names(page) == ["b.jpg"]
    assert names(feed(team, page["cursor"])) == ["a.jpg"]


def test_a_transaction_in_another_database_holds_up_nobody(team: Team) -> None:
    with another_transaction("SELECT pg_current_xact_id()", [], database="postgres"):
        both_answer(team, [STOP], [STOP])
        assert names(feed(team)) == ["a.jpg"]


def touch_each(
    tasks: list[uuid.UUID], written: threading.Barrier, read: threading.Semaphore
) -> None:
    """Write each row once, at work together with the others, and commit after a page was read."""
    try:
        for task in tasks:
            with transaction.atomic():
                Final.objects.filter(task=task).update(attributes={"n": 1})
                written.wait(20)
                assert read.acquire(timeout=20)
    finally:
        connection.close()


def test_nothing_is_missed_while_many_write(team: Team) -> None:
    """Of transactions that are at work together the reader comes between one end and the next, in
    whatever order they end. No row is written twice, so one that is missed is missed for good."""
    for n in range(8):
        make_task(team.dataset, name=f"{n}.jpg", order_key=10 + n)
    for _ in range(11):
        both_answer(team, [STOP], [STOP])
    tasks = list(Task.objects.order_by("order_key").values_list("pk", flat=True))[:8]
    together = threading.Barrier(4), threading.Semaphore(0)
    writers = [threading.Thread(target=touch_each, args=(tasks[n::4], *together)) for n in range(4)]
    for writer in writers:
        writer.start()
    told: dict[uuid.UUID, int] = {}
    cursor, over = None, False
    while not over:
        over = not any(writer.is_alive() for writer in writers)
        more = True
        while more:
            page = answers_since(dataset=team.dataset, which="final", since=cursor, count=5)
            for line in page.lines:
                told[uuid.UUID(line["_task_id"])] = line.get("attributes", {}).get("n", -1)
            cursor, more = page.cursor, page.more
        together[1].release()
    assert {task: told[task] for task in tasks} == dict.fromkeys(tasks, 1)


def test_a_restored_database_is_told_anew(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its rows carry the numbers of the server from which it came, which are yet to come here."""
    for _ in range(2):
        both_answer(team, [STOP], [STOP])
    cursor = feed(team)["cursor"]
    far = 2**40
    with connection.cursor() as database:
        database.execute("ALTER TABLE reviews_final DISABLE TRIGGER reviews_final_changed")
        database.execute("UPDATE reviews_final SET changed_in = %s", [far])
        database.execute("ALTER TABLE reviews_final ENABLE TRIGGER reviews_final_changed")
    server, upcoming = stamping.numbered_by()
    assert cursor.startswith(server)
    elsewhere = str(Cursor("0.1", far, uuid.UUID(int=2**128 - 1)))
    page = feed(team, elsewhere)
    assert names(page) == ["a.jpg", "b.jpg"]
    assert Cursor.read(page["cursor"]).after >= upcoming
    both_answer(team, [STOP], [STOP])
    assert names(feed(team, page["cursor"])) == ["c.jpg"]
