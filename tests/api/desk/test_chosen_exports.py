"""A file of what was selected."""

from __future__ import annotations

import json
from typing import Any

import pytest

from apps.datasets.models import Interface
from apps.desk.actions import acting
from apps.exchange.models import Export
from tests.api.desk.test_acts import act, ids, undo
from tests.factories import make_dataset, make_task
from tests.jobs_of import work_off
from tests.team import Team, both_answer, box

# An export reads through a connection of its own, which sees what is committed.
pytestmark = pytest.mark.django_db(transaction=True)

STOP = box(10, 10, 40, 10, "stop")
ACT = {"act": "export", "format": "jsonl", "which": "final"}


@pytest.fixture
def team() -> Team:
    """a, b and c are final."""
    team = Team()
    for place, name in enumerate("abc"):
        make_task(team.dataset, name=f"{name}.jpg", order_key=place)
        both_answer(team, [STOP], [STOP])
    return team


def newest_file(team: Team) -> bytes:
    work_off("exchange.export")
    made = Export.objects.latest("created_at")
    reply = team.get("Olga", f"exports/{made.pk}/file/")
    return b"".join(reply.streaming_content)


def names(content: bytes) -> list[str]:
    return [json.loads(line)["image"] for line in content.splitlines()]


def test_a_file_holds_what_was_chosen_and_nothing_else(team: Team) -> None:
    other = str(
        make_task(make_dataset(owner=team.people["Zoe"], name="Elsewhere"), name="z.jpg").pk
    )
    told = act(team, "Olga", **ACT, tasks=[*ids("c", "a"), other])
    assert (told["done"], told["left_out"]) == (2, [{"task": other, "code": "gone"}])
    assert names(newest_file(team)) == ["a.jpg", "c.jpg"]
    (listed,) = team.get("Olga", "datasets/street-signs/exports/").json()["results"]
    assert (listed["chosen"], listed["total"]) == (True, 2)
    assert undo(team, "Olga", told).json()["code"] == "not_undoable"


def test_a_filter_chooses_too(team: Team) -> None:
    act(team, "Olga", **ACT, filter={"text": "b.jpg"}, expected=1)
    assert names(newest_file(team)) == ["b.jpg"]


def test_an_image_keeps_its_number(team: Team) -> None:
    act(team, "Olga", **{**ACT, "format": "coco"}, tasks=ids("c"))
    few = json.loads(newest_file(team))
    team.post("Olga", "datasets/street-signs/exports/", {"format": "coco"})
    every: dict[str, Any] = json.loads(newest_file(team))
    assert few["images"] == [every["images"][2]]


def test_the_same_key_makes_one_file(team: Team) -> None:
    for _ in range(2):
        act(team, "Olga", key="once", **ACT, tasks=ids("a"))
    assert Export.objects.count() == 1


def test_a_task_knows_the_files_that_hold_it(team: Team) -> None:
    act(team, "Olga", **ACT, tasks=ids("a"))
    newest_file(team)
    told = [len(team.get("Olga", f"tasks/{pk}/").json()["exports"]) for pk in ids("a", "b")]
    assert told == [1, 0]


def test_what_a_format_cannot_hold_is_refused_before_anything_is_made() -> None:
    team = Team(interface=Interface.CLASSIFICATION)
    make_task(team.dataset, name="a.jpg")
    body = {**ACT, "format": "coco", "tasks": ids("a")}
    assert act(team, "Olga", **body, status=400)["code"] == "format_not_for_interface"
    assert not Export.objects.exists()


def test_an_export_that_was_cancelled_is_not_made(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(acting, "AT_ONCE", 2)
    told = act(team, "Olga", **ACT, filter={}, status=202)
    path = f"/api/datasets/street-signs/tasks/acts/{told['id']}/"
    assert team.browsers["Olga"].delete(path).json()["state"] == "cancelled"
    work_off(acting.KIND)
    assert not Export.objects.exists()
