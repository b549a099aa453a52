"""What people are told on the page, and what they may no longer know."""

from __future__ import annotations

import json
from typing import Any

import pytest

from apps.annotators.models import Notification
from apps.datasets.models import Membership, Role
from apps.desk.actions.telling import tell_people
from apps.exchange.models import Export
from apps.imports.models import Import, ImportState
from concord.events.actions import record
from concord.events.models import Event
from tests.api.tasks.talking import answered_team, say, thread_by
from tests.factories import add_member, browser_of, make_task, make_user
from tests.team import Team, both_answer, box

pytestmark = pytest.mark.django_db

QUERIES_OF_NOTICES = 6
STOP = box(10, 10, 40, 20, "stop")


@pytest.fixture
def talk() -> tuple[Team, str]:
    return answered_team()


def told(team: Team, who: str) -> list[dict[str, Any]]:
    tell_people()
    reply = team.get(who, "notifications/")
    assert reply.status_code == 200, reply.content
    rows: list[dict[str, Any]] = reply.json()["results"]
    return rows


def kinds(team: Team, who: str) -> list[str]:
    return [row["kind"] for row in told(team, who)]


def send_back(team: Team) -> None:
    (task,) = team.review()["tasks"]
    version = next(row["key"] for row in task["versions"] if row["spans"])
    back = {"conflict": None, "action": "send_back", "version": version, "reason": "loose"}
    assert team.decide(task, back).status_code == 200


def test_who_is_made_a_member_learns_their_role_and_not_by_whom() -> None:
    team = Team()
    body = {"email": team.people["Zoe"].email, "role": "reviewer"}
    assert team.post("Olga", f"datasets/{team.dataset.slug}/members/", body).status_code == 201
    (row,) = told(team, "Zoe")
    assert (row["kind"], row["data"]) == ("invited", {"role": "reviewer"})
    assert row["dataset"]["name"] == "Street signs"
    assert (row["link"], row["seen_at"]) == ("/datasets/street-signs", None)
    assert "Olga" not in json.dumps(row)
    assert kinds(team, "Olga") == []


def test_a_sent_back_answer_is_told_to_its_author_and_names_no_reviewer() -> None:
    team = Team()
    make_task(team.dataset)
    both_answer(team, [STOP], [])
    send_back(team)
    (row,) = told(team, "Ann")
    assert (row["kind"], row["data"], row["link"]) == ("sent_back", {}, "/label/street-signs")
    assert "Rita" not in json.dumps(row)
    assert (kinds(team, "Ben"), kinds(team, "Rita")) == ([], [])


def test_what_is_taken_back_is_told_no_more() -> None:
    team = Team()
    task = make_task(team.dataset)
    both_answer(team, [STOP], [])
    send_back(team)
    assert kinds(team, "Ann") == ["sent_back"]
    assert team.post("Rita", f"tasks/{task.id}/take-back/", {}).status_code == 200
    assert kinds(team, "Ann") == []
    assert team.get("Ann", "notifications/").json()["unseen"] == 0


def test_who_is_called_into_a_thread_is_told_once_however_often_it_is_changed(
    talk: tuple[Team, str],
) -> None:
    team, task = talk
    thread = thread_by(team, "Rita", task, "@A is it one?", mentions=["A"])
    comment = thread["comments"][0]["id"]
    body = {"text": "@A @B is it one?", "mentions": ["A", "B"]}
    edited = team.browsers["Rita"].patch(
        f"/api/comments/{comment}/", body, content_type="application/json"
    )
    assert edited.status_code == 200, edited.content
    (row,) = told(team, "Ann")
    assert (row["kind"], row["link"]) == ("mentioned", f"/threads/{thread['id']}")
    assert kinds(team, "Ben") == ["mentioned"]
    assert "Rita" not in json.dumps(row)
    assert team.browsers["Rita"].delete(f"/api/comments/{comment}/").status_code == 200
    assert kinds(team, "Ann") == [], "nobody is called by what was taken back"


def test_who_asked_learns_that_it_was_resolved_and_who_resolved_does_not(
    talk: tuple[Team, str],
) -> None:
    team, task = talk
    mine = thread_by(team, "Ann", task, "Is it one?")
    assert team.post("Rita", f"threads/{mine['id']}/resolve/", {}).status_code == 200
    (row,) = told(team, "Ann")
    assert (row["kind"], row["data"]["what"]) == ("resolved", "thread")
    own = thread_by(team, "Rita", task, "Note to myself.")
    assert team.post("Rita", f"threads/{own['id']}/resolve/", {}).status_code == 200
    assert kinds(team, "Rita") == []


def test_a_flag_that_is_resolved_is_told_once_with_its_thread(talk: tuple[Team, str]) -> None:
    team, task = talk
    flag = team.post("Ann", f"tasks/{task}/flag/", {"comment": "Upside down?"}).json()["id"]
    assert team.post("Olga", f"flags/{flag}/resolve/", {}).status_code == 200
    (row,) = told(team, "Ann")
    assert (row["kind"], row["data"]["what"]) == ("resolved", "flag")
    assert row["link"].startswith("/threads/")
    assert task not in json.dumps(row)


@pytest.mark.parametrize(
    ("event", "kind"),
    [
        ("import.done", "import_done"),
        ("import.failed", "import_stopped"),
        ("import.storage_full", "import_stopped"),
        ("export.finished", "export_done"),
    ],
)
def test_who_ordered_it_learns_how_it_ended(event: str, kind: str) -> None:
    team = Team()
    made = {"dataset": team.dataset, "created_by": team.people["Olga"]}
    subject = (
        Export.objects.create(format="coco", **made)
        if event.startswith("export")
        else Import.objects.create(name="list.txt", state=ImportState.DONE, **made)
    )
    record(kind=event, actor=None, dataset_id=team.dataset.pk, subject=subject)
    (row,) = told(team, "Olga")
    assert row["kind"] == kind
    assert kinds(team, "Rita") == []
    if kind == "import_done":
        assert row["data"] == {"name": "list.txt", "done": 0, "duplicate": 0, "failed": 0}
        assert row["link"] == f"/datasets/street-signs/import?run={subject.pk}"


def test_one_does_not_hear_what_one_did_oneself() -> None:
    team = Team()
    olga = team.people["Olga"]
    found = Import.objects.create(name="l", dataset=team.dataset, created_by=olga)
    for actor in (olga, team.people["Rita"]):
        record(kind="import.paused", actor=actor, dataset_id=team.dataset.pk, subject=found)
    assert kinds(team, "Olga") == ["import_stopped"]


def test_who_is_removed_sees_nothing_more_of_a_dataset_and_who_comes_back_does() -> None:
    team = Team()
    make_task(team.dataset)
    both_answer(team, [STOP], [])
    send_back(team)
    assert kinds(team, "Ann") == ["sent_back"]
    Membership.objects.filter(user=team.people["Ann"]).delete()
    reply = team.get("Ann", "notifications/").json()
    assert (reply["results"], reply["unseen"]) == ([], 0)
    assert "Street signs" not in json.dumps(reply)
    (kept,) = Notification.objects.all()
    assert team.post("Ann", "notifications/seen/", {"ids": [str(kept.pk)]}).json()["unseen"] == 0
    kept.refresh_from_db()
    assert kept.seen_at is None, "who may not see it cannot mark it"
    add_member(team.dataset, team.people["Ann"], Role.ANNOTATOR)
    assert kinds(team, "Ann") == ["sent_back"]


def test_a_lower_role_hides_what_was_for_the_higher_one() -> None:
    team = Team()
    made = Export.objects.create(
        dataset=team.dataset, created_by=team.people["Olga"], format="coco"
    )
    record(kind="export.finished", actor=None, dataset_id=team.dataset.pk, subject=made)
    assert kinds(team, "Olga") == ["export_done"]
    Membership.objects.filter(user=team.people["Olga"]).update(role=Role.REVIEWER)
    assert kinds(team, "Olga") == []


def test_nobody_reaches_the_notifications_of_somebody_else(talk: tuple[Team, str]) -> None:
    team, task = talk
    thread_by(team, "Rita", task, "@A?", mentions=["A"])
    (row,) = told(team, "Ann")
    assert team.post("Ben", "notifications/seen/", {"ids": [row["id"]]}).status_code == 200
    assert told(team, "Ann")[0]["seen_at"] is None


def test_marking_some_and_all_as_seen(talk: tuple[Team, str]) -> None:
    team, task = talk
    thread = thread_by(team, "Rita", task, "@A one?", mentions=["A"])
    for text in ("@A two?", "@A three?"):
        assert say(team, "Rita", thread, text, mentions=["A"]).status_code == 201
    newest, middle, oldest = told(team, "Ann")
    assert team.get("Ann", "notifications/").json()["unseen"] == 3
    assert team.post("Ann", "notifications/seen/", {"ids": [newest["id"]]}).json() == {"unseen": 2}
    assert team.post("Ann", "notifications/seen/", {"until": oldest["id"]}).json() == {"unseen": 1}
    assert [bool(row["seen_at"]) for row in told(team, "Ann")] == [True, False, True]
    assert team.post("Ann", "notifications/seen/", {"until": middle["id"]}).json() == {"unseen": 0}
    for bad in ({}, {"ids": [], "until": oldest["id"]}):
        assert team.post("Ann", "notifications/seen/", bad).status_code == 400


def test_polling_costs_304_until_something_happens(talk: tuple[Team, str]) -> None:
    team, task = talk
    first = team.get("Ann", "notifications/")
    tag = {"If-None-Match": first.headers["ETag"]}
    again = team.browsers["Ann"].get("/api/notifications/", headers=tag)
    assert (again.status_code, again.content) == (304, b"")
    thread_by(team, "Rita", task, "@A?", mentions=["A"])
    tell_people()
    assert team.browsers["Ann"].get("/api/notifications/", headers=tag).status_code == 200


def test_pages_by_key_and_a_fixed_number_of_queries(
    talk: tuple[Team, str], django_assert_num_queries: Any
) -> None:
    team, task = talk
    thread = thread_by(team, "Rita", task, "@A 0?", mentions=["A"])
    for n in range(4):
        say(team, "Rita", thread, f"@A {n}?", mentions=["A"])
    tell_people()
    seen: list[str] = []
    address: str | None = "/api/notifications/?limit=2"
    while address:
        page = team.browsers["Ann"].get(address).json()
        seen += [row["id"] for row in page["results"]]
        address = page["next"]
    assert len(seen) == len(set(seen)) == 5
    with django_assert_num_queries(QUERIES_OF_NOTICES):
        team.get("Ann", "notifications/")


def test_what_is_not_wanted_is_not_told_from_then_on(talk: tuple[Team, str]) -> None:
    team, task = talk
    wishes = team.get("Ann", "notifications/settings/").json()
    assert wishes["page"] == wishes["mail"] == wishes["kinds"]
    assert "mail_failed" not in wishes["kinds"]
    wishes = {"page": ["invited"], "mail": [], "daily": True, "time_zone": "Europe/Berlin"}
    changed = team.browsers["Ann"].put(
        "/api/notifications/settings/", wishes, content_type="application/json"
    )
    assert changed.status_code == 200, changed.content
    assert team.get("Ann", "notifications/settings/").json()["time_zone"] == "Europe/Berlin"
    thread_by(team, "Rita", task, "@A?", mentions=["A"])
    assert kinds(team, "Ann") == []
    bad = team.browsers["Ann"].put(
        "/api/notifications/settings/",
        {**wishes, "time_zone": "Mars/Olympus"},
        content_type="application/json",
    )
    assert bad.status_code == 400


def test_mail_that_cannot_be_sent_is_told_to_admins_alone() -> None:
    team = Team()
    admin = browser_of(make_user("Ada", is_admin=True))
    record(kind="mail.failed", actor=None, subject=team.people["Ann"])
    assert Event.objects.filter(kind="mail.failed").count() == 1
    assert kinds(team, "Ann") == []
    (row,) = admin.get("/api/notifications/").json()["results"]
    assert (row["person"]["name"], row["link"]) == ("Ann", "/people")
