"""Images whose answer is known: marked, mixed in, never told, and what people made of them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db.models.functions import Now

from apps.datasets.models import Image, Interface
from apps.tasks.models import Task, TaskImage
from concord.jobs.models import Job
from concord.jobs.runner import run_job
from tests.api.tasks.test_composing import composed, fill, path
from tests.team import Team

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def team() -> Team:
    """Two dozen images to ask about, two known to be picked, four known not to be."""
    team = Team(interface=Interface.IMAGE_CHOICE, labels=(), question="Cats?")
    fill(team, 24, meta=lambda n: {"score": n})
    fill(team, 2, prefix="yes", known=True)
    fill(team, 4, prefix="no", known=False)
    return team


def test_a_manager_marks_images(team: Team) -> None:
    ids = [str(row.id) for row in Image.objects.filter(name__in=["i0.jpg", "i1.jpg"])]
    marked = team.post("Olga", path(team, "pool/mark/"), {"images": ids, "known": True})
    assert marked.json() == {"marked": 2}
    listed = team.get("Olga", path(team, "pool/?known=yes")).json()["results"]
    assert sorted(row["name"] for row in listed) == ["i0.jpg", "i1.jpg", "yes0.jpg", "yes1.jpg"]
    assert {row["groups"] for row in listed} == {0}
    assert listed[0]["thumbnail"].endswith("/thumbnail/")
    team.post("Olga", path(team, "pool/mark/"), {"images": ids[:1], "known": None})
    counts = team.get("Olga", path(team, "pool/counts/")).json()
    assert (counts["images"], counts["known_yes"], counts["keys"]) == (23, 3, ["score"])
    assert team.get("Olga", path(team, "pool/?known=maybe")).status_code == 400
    foreign = {"images": ["0190b7b0-c0de-7000-8000-00000000cafe"], "known": True}
    refused = team.post("Olga", path(team, "pool/mark/"), foreign)
    assert (refused.status_code, refused.json()["code"]) == (400, "unknown_image")


def test_nothing_that_annotators_get_tells_which_images_are_known(team: Team) -> None:
    composed(team, size=6, known_share=0.2, seed=5)
    known = {str(row.tile): row.image.known for row in _tiles()}
    assert sum(value is not None for value in known.values()) == 6
    asked, answered = [], []
    while tasks := team.next("Ann")["tasks"]:
        (task,) = tasks
        reply = team.answer("Ann", task, accept=[task["images"][0]["tile"]])
        asked.append(task)
        answered.append(reply.json())
    for task in asked:
        forms = {_form(image, known=known[image["tile"]] is not None) for image in task["images"]}
        # Every tile has the same keys with values of the same kind, whatever it shows.
        assert len({keys for keys, _ in forms}) == 1
        assert (task["meta"], task["label"], task["suggestions"]) == ({}, "", [])
    assert len({len(task["images"]) for task in asked}) == 1, "no group is larger for its test"
    assert len({json.dumps(sorted(reply)) for reply in answered}) == 1
    _expect_nothing_told(team, [*asked, *answered], task=asked[0]["id"])
    for address in ("pool/", "pool/counts/", "compose/", "known-report/"):
        assert team.get("Ann", path(team, address)).status_code == 403
        assert team.get("Rita", path(team, address)).status_code == 403


def test_places_and_ids_of_tiles_are_chance(team: Team) -> None:
    # Often enough that one place of six is missed once in a hundred million times.
    composed(team, size=6, times=20, known_share=0.2, strategy="score", key="score")
    rows = list(_tiles())
    places = {row.n for row in rows if row.image.known is not None}
    assert places == set(range(6)), "in an order by score, too, they stand anywhere"
    assert all(row.tile and row.tile.version == 4 for row in rows)


def test_the_report_measures_people_on_what_is_known(team: Team) -> None:
    composed(team, size=6, known_share=0.2, seed=5)
    known = {str(row.tile): row.image.known for row in _tiles()}

    def work(who: str, picks: Any, answer: str = "accept") -> None:
        while tasks := team.next(who)["tasks"]:
            (task,) = tasks
            chosen = [image["tile"] for image in task["images"] if picks(known[image["tile"]])]
            assert team.answer(who, task, accept=chosen, answer=answer).status_code == 200

    work("Ann", lambda truth: truth is True)
    work("Ben", lambda truth: truth is not True)
    yes = sum(value is True for value in known.values())
    no = sum(value is False for value in known.values())
    ann, ben = team.get("Olga", path(team, "known-report/")).json()["people"]
    assert (ann["name"], ann["precision"]["value"], ann["recall"]["value"]) == ("Ann", 1, 1)
    assert ann["recall"] | {"low": 0, "high": 0} == {
        "count": yes, "of": yes, "value": 1.0, "low": 0, "high": 0,
    }  # fmt: skip
    assert 0 < ann["recall"]["low"] < 1 == ann["recall"]["high"]
    assert (ben["precision"]["value"], ben["recall"]["value"]) == (0, 0)
    assert (ben["false_picks"]["count"], ben["false_picks"]["of"]) == (no, no)
    # A mark that is taken away counts no more.
    Image.objects.filter(known=True).update(known=None)
    ann, _ = team.get("Olga", path(team, "known-report/")).json()["people"]
    assert (ann["recall"]["of"], ann["precision"]["value"]) == (0, None)
    assert ann["false_picks"] == {
        "count": 0, "of": no, "value": 0.0, "low": 0.0, "high": ann["false_picks"]["high"],
    }  # fmt: skip
    # Nor does what was said of groups that left the work.
    Task.objects.update(withdrawn_at=Now())
    assert team.get("Olga", path(team, "known-report/")).json() == {"people": []}


def test_those_who_reject_or_are_unsure_are_not_measured(team: Team) -> None:
    composed(team, size=6, known_share=0.2, seed=5)
    (task,) = team.next("Ann")["tasks"]
    team.answer("Ann", task, answer="ignore")
    assert team.get("Olga", path(team, "known-report/")).json() == {"people": []}


def test_files_say_which_images_were_known(team: Team) -> None:
    composed(team, size=6, known_share=0.2, seed=5)
    while tasks := team.next("Ann")["tasks"]:
        team.answer("Ann", tasks[0], accept=[tasks[0]["images"][0]["tile"]])
    made = team.post("Olga", path(team, "exports/"), {"format": "jsonl", "which": "answers"})
    assert run_job(Job.objects.get(args__export=made.json()["id"]).id)
    file = team.get("Olga", f"exports/{made.json()['id']}/file/")
    lines = [json.loads(line) for line in b"".join(file.streaming_content).splitlines()]
    options = [option for line in lines for option in line["options"]]
    marks = {option["image"]: option["known"] for option in options if "known" in option}
    assert marks == {
        row.image.name: row.image.known for row in _tiles() if row.image.known is not None
    }
    assert {option["id"] for option in options} == {
        str(image) for image in TaskImage.objects.values_list("image", flat=True)
    }
    assert all(option["meta"] == {"score": int(option["image"][1:-4])}
               for option in options if option["image"].startswith("i"))  # fmt: skip


def _expect_nothing_told(team: Team, told: list[Any], *, task: str) -> None:
    """Neither in `told` nor anywhere else that Ann can look is there a trace of a known image."""
    slug = team.dataset.slug
    addresses = ["me/", "home/", f"datasets/{slug}/", f"datasets/{slug}/progress/",
                 f"datasets/{slug}/tasks/", f"datasets/{slug}/answers/mine/",
                 f"tasks/{task}/", f"tasks/{task}/mine/"]  # fmt: skip
    pages = {address: team.get("Ann", address).content.decode() for address in addresses}
    pages["told"] = json.dumps(told)
    for address, page in pages.items():
        assert '"known' not in page, address
        for row in _tiles():
            assert row.image.name not in page, address
            assert row.image.blob.sha256 not in page, address
            # Home shows the newest images of the dataset, whatever they are.
            assert address == "home/" or str(row.image_id) not in page, address


def _tiles() -> Any:
    return TaskImage.objects.select_related("image__blob").order_by("task", "n")


def _form(image: dict[str, Any], *, known: bool) -> tuple[str, bool]:
    blank = {
        key: value.replace(image["tile"], "tile") if isinstance(value, str) else value
        for key, value in image.items()
    }
    return json.dumps(blank, sort_keys=True), known
