"""Picking among images, from the task to the reviewer's decision."""

from __future__ import annotations

from typing import Any

import pytest

from apps.datasets.models import Blob, Interface
from apps.reviews.models import Final
from apps.tasks.models import Answer, TaskImage, TaskState
from concord.storage.files import store
from tests.factories import make_group, make_task
from tests.team import Team

pytestmark = pytest.mark.django_db

NAMES = ("cat.jpg", "dog.jpg", "known-no.jpg", "fox.jpg")


@pytest.fixture
def team() -> Team:
    team = Team(interface=Interface.IMAGE_CHOICE, labels=(), question="Which show a cat?")
    make_group(team.dataset, *NAMES)
    return team


def tiles(task: dict[str, Any]) -> list[str]:
    return [image["tile"] for image in task["images"]]


def pick(team: Team, who: str, *places: int, answer: str = "accept") -> Any:
    (task,) = team.next(who)["tasks"]
    chosen = [tiles(task)[place] for place in places]
    return team.answer(who, task, accept=chosen, answer=answer)


def test_images_to_pick_from_are_known_by_their_tiles_alone(team: Team) -> None:
    reply = team.next("Ann")
    (task,) = reply["tasks"]
    assert task["question"] == "Which show a cat?"
    assert [option["id"] for option in task["options"]] == tiles(task)
    assert [option["text"] for option in task["options"]] == [f"image {n}" for n in (1, 2, 3, 4)]
    for row, image in zip(TaskImage.objects.order_by("n"), task["images"], strict=True):
        address = f"/api/tiles/{row.tile}"
        assert image == {
            "id": str(row.tile), "tile": str(row.tile), "name": "", "width": 200, "height": 100,
            "url": f"{address}/file/", "level": None, "thumbnail": f"{address}/thumbnail/",
        }  # fmt: skip
        told = str(reply)
        assert str(row.image_id) not in told
        assert row.image.name not in told
        assert row.tile is not None
        assert row.tile.version == 4, "nothing but chance"


def test_bytes_come_by_tile_for_members_and_say_nothing_of_the_image(team: Team) -> None:
    kept = store().put_bytes(b"the bytes of an image")
    ours = dict.fromkeys(("rendition_sha256", "level_sha256", "thumbnail_sha256"), kept.sha256)
    Blob.objects.update(**ours, level_media_type="image/jpeg")
    tags = set()
    for row in TaskImage.objects.all():
        for kind in ("file", "level", "thumbnail"):
            path = f"tiles/{row.tile}/{kind}/"
            reply = team.get("Ann", path)
            assert b"".join(reply.streaming_content) == b"the bytes of an image"
            assert kept.sha256 not in str(reply.headers)
            tags.add(reply["ETag"])
            assert team.get("Zoe", path).status_code == 404
    assert len(tags) == 12, "the same bytes are another tile each time"


def test_answers_are_checked_against_the_tiles(team: Team) -> None:
    other = make_group(team.dataset, "x.jpg", "y.jpg", order_key=1)
    (task,) = team.next("Ann")["tasks"]
    foreign = str(other.task_images.all()[0].tile)
    refused = team.answer("Ann", task, accept=[foreign])
    assert (refused.status_code, refused.json()["code"]) == (400, "unknown_option")
    twice = team.answer("Ann", task, accept=[tiles(task)[0]] * 2)
    assert (twice.status_code, twice.json()["code"]) == (400, "option_twice")
    backwards = list(reversed(tiles(task)))
    assert team.answer("Ann", task, accept=backwards).status_code == 200
    answer = Answer.objects.select_related("head").get()
    assert answer.head is not None
    assert answer.head.accept == tiles(task)


def test_none_of_them_is_an_answer_and_unsure_is_another(team: Team) -> None:
    assert pick(team, "Ann").status_code == 200
    assert pick(team, "Ben").json()["task"]["state"] == "final"
    final = Final.objects.get()
    assert (final.answer, final.accept) == ("accept", [])
    make_group(team.dataset, "x.jpg", "y.jpg", order_key=1)
    pick(team, "Ann", answer="ignore")
    assert pick(team, "Ben").json()["task"]["state"] == "conflicted"


def test_every_tile_is_a_question_and_the_reviewer_sees_those_in_dispute(team: Team) -> None:
    assert pick(team, "Ann", 0, 1).status_code == 200
    assert pick(team, "Ben", 0, 3).json()["task"]["state"] == "conflicted"
    (task,) = team.review()["tasks"]
    shown = tiles(task)
    assert NAMES[2] not in str(task)
    assert [row["option"] for row in task["conflicts"]] == [shown[1], shown[3]]
    assert [row["text"] for row in task["conflicts"]] == [
        "1 of 2 picks image 2", "1 of 2 picks image 4",
    ]  # fmt: skip
    second, fourth = task["conflicts"]
    picker = next(row["key"] for row in task["versions"] if shown[1] in row["accept"])
    closed = team.decide(
        task,
        {"conflict": second["id"], "action": "version", "version": picker},
        {"conflict": fourth["id"], "action": "accept"},
        final=True,
    )
    assert closed.status_code == 200, closed.content
    assert closed.json()["final"]["accept"] == [shown[0], shown[1]]


def test_nowhere_else_do_annotators_meet_the_images_by_name(team: Team) -> None:
    for who in ("Ann", "Ben"):
        assert pick(team, who, 1).json()["task"]["state"] in {"open", "final"}
    image = TaskImage.objects.select_related("image").get(n=0)
    slug, task = team.dataset.slug, image.task_id
    for path in (f"datasets/{slug}/tasks/", f"tasks/{task}/", f"tasks/{task}/mine/",
                 f"datasets/{slug}/answers/mine/"):  # fmt: skip
        told = team.get("Ann", path).content.decode()
        assert str(image.tile) in told, path
        assert str(image.image_id) not in told, path
        assert image.image.name not in told, path
        assert image.image.blob.sha256 not in told, path


def test_rules_count_what_is_picked(team: Team) -> None:
    changed = team.browsers["Olga"].patch(
        f"/api/datasets/{team.dataset.slug}/",
        {"rules": {"max_options": 1}},
        content_type="application/json",
        headers={"If-Match": '"1"'},
    )
    assert changed.status_code == 200, changed.content
    refused = pick(team, "Ann", 0, 1)
    assert (refused.status_code, refused.json()["code"]) == (400, "rules_broken")
    assert pick(team, "Ann", 0).status_code == 200


def test_elsewhere_images_keep_their_names() -> None:
    team = Team()
    make_task(team.dataset, name="a.jpg")
    (task,) = team.next("Ann")["tasks"]
    (image,) = task["images"]
    assert (image["name"], image["tile"]) == ("a.jpg", None)
    assert image["url"] == f"/api/images/{image['id']}/file/"
    assert task["state"] == TaskState.OPEN
