"""Snapshots: made, found again by their hash, compared, and let go."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from apps.exchange.models import Diff, Export, Snapshot
from concord.events.models import Event
from concord.jobs.models import Job
from concord.jobs.runner import run_job
from concord.storage.files import store
from tests.api.exchange.files import export, order, unzip
from tests.factories import make_task
from tests.jobs_of import work_off
from tests.team import Team, both_answer, box

pytestmark = pytest.mark.django_db(transaction=True)

STOP = box(10, 10, 40, 20, "stop")
HERE = "datasets/street-signs"


@pytest.fixture
def team() -> Team:
    """a and b are final, c waits for answers."""
    team = Team()
    for place, name in enumerate("abc"):
        make_task(team.dataset, name=f"{name}.jpg", order_key=place)
    both_answer(team, [STOP], [STOP])
    both_answer(team, [], [])
    return team


def freeze(team: Team, name: str) -> dict[str, Any]:
    reply = team.post("Olga", f"{HERE}/snapshots/", {"name": name})
    assert reply.status_code == 202, reply.content
    assert work_off("exchange.snapshot") == 1
    found: dict[str, Any] = team.browsers["Olga"].get(reply["Location"]).json()
    assert (found["state"], found["error"]) == ("done", "")
    return found


def compare(team: Team, before: dict[str, Any], after: dict[str, Any] | None) -> dict[str, Any]:
    sides = {"before": before["id"], "after": after and after["id"]}
    reply = team.post("Olga", f"{HERE}/diffs/", sides)
    assert reply.status_code == 202, reply.content
    work_off("exchange.diff")
    found: dict[str, Any] = team.browsers["Olga"].get(reply["Location"]).json()
    assert found["state"] == "done"
    return found


def changes(team: Team, diff: dict[str, Any], query: str = "") -> dict[str, Any]:
    reply = team.get("Olga", f"diffs/{diff['id']}/changes/{query}")
    assert reply.status_code == 200, reply.content
    found: dict[str, Any] = reply.json()
    return found


def answer_first_anew(team: Team, *boxes: dict[str, Any]) -> None:
    """Both say otherwise of the first task, whose final nobody had to decide."""
    task = {"id": str(team.dataset.tasks.get(order_key=0).pk), "lease": None}
    for who in ("Ann", "Ben"):
        assert team.answer(who, task, *boxes).status_code == 200


def test_a_snapshot_counts_and_names_what_is_final(team: Team) -> None:
    found = freeze(team, "first")
    assert (found["finals"], found["done"], found["total"]) == (2, 3, 3)
    again = freeze(team, "second")
    assert again["content_sha256"] == found["content_sha256"] != ""
    both_answer(team, [STOP], [STOP])
    assert freeze(team, "third")["content_sha256"] != found["content_sha256"]
    listed = team.get("Olga", f"{HERE}/snapshots/").json()["results"]
    assert [row["name"] for row in listed] == ["third", "second", "first"]


def test_a_name_is_given_once(team: Team) -> None:
    freeze(team, "first")
    reply = team.post("Olga", f"{HERE}/snapshots/", {"name": "first"})
    assert (reply.status_code, reply.json()["code"]) == (409, "name_taken")
    assert team.post("Olga", f"{HERE}/snapshots/", {"name": " "}).status_code == 400


def test_what_is_frozen_stays_so_in_the_database_too(team: Team) -> None:
    row = Snapshot.objects.get(pk=freeze(team, "first")["id"])
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        Snapshot.objects.filter(pk=row.pk).update(name="other")
    with pytest.raises((IntegrityError, ProtectedError), match="frozen"), transaction.atomic():
        row.delete()


def test_deleting_is_told_and_takes_the_files_and_comparisons_along(team: Team) -> None:
    first = freeze(team, "first")
    both_answer(team, [STOP], [STOP])
    second = freeze(team, "second")
    diff = compare(team, first, second)
    files = [Snapshot.objects.get(pk=first["id"]).file_sha256]
    files += [Diff.objects.get(pk=diff["id"]).file_sha256]
    assert all(map(store().exists, files))
    assert team.browsers["Rita"].delete(f"/api/snapshots/{first['id']}/").status_code == 403
    assert team.browsers["Olga"].delete(f"/api/snapshots/{first['id']}/").status_code == 204
    assert team.get("Olga", f"snapshots/{first['id']}/").status_code == 404
    assert team.get("Olga", f"diffs/{diff['id']}/").status_code == 404
    work_off("exchange.drop_files")
    assert not any(map(store().exists, files))
    told = Event.objects.filter(kind__startswith="snapshot.").order_by("id")
    assert [(row.kind, row.data["name"]) for row in told] == [
        ("snapshot.made", "first"),
        ("snapshot.made", "second"),
        ("snapshot.deleted", "first"),
    ]
    assert {row.actor_id for row in told} == {team.people["Olga"].pk}


def test_one_that_is_being_made_is_neither_deleted_nor_compared(team: Team) -> None:
    reply = team.post("Olga", f"{HERE}/snapshots/", {"name": "first"})
    path = f"/api/snapshots/{reply.json()['id']}/"
    assert team.browsers["Olga"].delete(path).json()["code"] == "not_ready"
    sides = {"before": reply.json()["id"]}
    assert team.post("Olga", f"{HERE}/diffs/", sides).json()["code"] == "not_ready"


def test_two_snapshots_are_compared_and_the_list_is_read_in_pages(team: Team) -> None:
    first = freeze(team, "first")
    both_answer(team, [STOP], [STOP])
    answer_first_anew(team, box(20, 10, 40, 20, "yield"))
    second = freeze(team, "second")
    diff = compare(team, first, second)
    assert diff["counts"] == {"changed": 1, "relabelled": 1, "moved": 1, "added": 1}
    assert diff["after"]["content_sha256"] == second["content_sha256"]
    rows = changes(team, diff)["results"]
    assert [row["kind"] for row in rows] == ["changed", "added"]
    details = {each["kind"]: each for each in rows[0]["details"]}
    assert details["moved"]["iou"] == 0.6
    assert rows[0]["before"]["spans"][0]["label"] == "stop"
    assert rows[0]["after"]["spans"][0]["label"] == "yield"
    assert rows[1]["before"] is None
    assert rows[0]["image"]["thumbnail"].startswith("/api/images/")
    page = changes(team, diff, "?limit=1")
    assert [row["kind"] for row in page["results"]] == ["changed"]
    further = team.browsers["Olga"].get(page["next"]).json()
    assert [row["kind"] for row in further["results"]] == ["added"]
    back = team.browsers["Olga"].get(further["previous"]).json()
    assert [row["kind"] for row in back["results"]] == ["changed"]
    assert [row["kind"] for row in changes(team, diff, "?kind=added")["results"]] == ["added"]
    assert changes(team, diff, "?kind=answer")["results"] == []
    assert team.get("Olga", f"diffs/{diff['id']}/changes/?kind=odd").status_code == 400
    back_in_time = compare(team, second, first)
    assert back_in_time["counts"]["removed"] == 1
    assert compare(team, first, second)["id"] == diff["id"]


def test_a_snapshot_is_compared_with_now_anew_each_time(team: Team) -> None:
    first = freeze(team, "first")
    before = compare(team, first, None)
    assert (before["counts"], before["after"]) == ({}, None)
    both_answer(team, [STOP], [STOP])
    now = compare(team, first, None)
    assert now["counts"] == {"added": 1}
    assert team.get("Olga", f"diffs/{before['id']}/").status_code == 404  # that now is over


def test_a_snapshot_of_another_dataset_is_not_compared(team: Team) -> None:
    first = freeze(team, "first")
    body = {"before": first["id"], "after": "0190b7b0-c0de-7000-8000-00000000cafe"}
    reply = team.post("Olga", f"{HERE}/diffs/", body)
    assert (reply.status_code, reply.json()["code"]) == (400, "unknown_snapshot")
    assert list(reply.json()["errors"]) == ["after"]


def test_an_export_cites_the_hash_of_the_snapshot_that_holds_the_same(team: Team) -> None:
    first = freeze(team, "first")
    reply = team.post("Olga", f"{HERE}/exports/", {"format": "coco"})
    assert reply.status_code == 202, reply.content
    work_off("exchange.export")
    made = team.browsers["Olga"].get(reply["Location"]).json()
    assert made["content_sha256"] == first["content_sha256"]


@pytest.mark.parametrize("form", ["jsonl", "coco", "yolo", "voc", "cvat", "label_studio"])
def test_a_file_of_a_snapshot_stays_the_same_whatever_happens(team: Team, form: str) -> None:
    of_now = export(team, format=form)
    first = freeze(team, "first")
    before = export(team, format=form, snapshot="first")
    assert before == of_now
    answer_first_anew(team, box(60, 10, 20, 20, "yield"))
    team.dataset.labels.filter(name="stop").update(name="halt")
    assert export(team, format=form) != before
    assert export(team, format=form, snapshot=first["id"]) == before
    newest = Export.objects.latest("created_at")
    assert (newest.snapshot_name, newest.content_sha256) == ("first", first["content_sha256"])


def test_a_file_tells_the_hash_of_what_it_holds(team: Team) -> None:
    told = freeze(team, "first")["content_sha256"]
    for of in ({}, {"snapshot": "first"}):
        assert json.loads(export(team, format="coco", **of))["info"]["content_sha256"] == told
        assert unzip(export(team, format="yolo", **of))["content_sha256"] == f"{told}\n".encode()
        assert told.encode() in export(team, format="cvat", **of)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"which": "both"}, "snapshot_holds_finals"),
        ({"names": True}, "snapshot_holds_pseudonyms"),
        ({"snapshot": "second"}, "unknown_snapshot"),
        ({"snapshot": "0190b7b0-c0de-7000-8000-00000000cafe"}, "unknown_snapshot"),
    ],
)
def test_what_a_snapshot_does_not_hold_is_refused(
    team: Team, body: dict[str, Any], code: str
) -> None:
    freeze(team, "first")
    reply = order(team, **{"format": "jsonl", "snapshot": "first", **body})
    assert (reply.status_code, reply.json()["code"]) == (400, code)


def test_a_snapshot_must_be_made_and_still_be_there(team: Team) -> None:
    team.post("Olga", f"{HERE}/snapshots/", {"name": "first"})
    assert order(team, format="coco", snapshot="first").json()["code"] == "not_ready"
    assert work_off("exchange.snapshot") == 1
    reply = order(team, format="coco", snapshot="first")
    first = Snapshot.objects.get()
    assert team.browsers["Olga"].delete(f"/api/snapshots/{first.pk}/").status_code == 204
    run_job(Job.objects.get(kind="exchange.export").id)
    made = team.browsers["Olga"].get(reply["Location"]).json()
    assert (made["state"], made["snapshot"]) == ("failed", "first")
    assert "was deleted" in made["error"]
