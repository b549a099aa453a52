"""Each format as it arrives, with the numbers that were drawn."""

from __future__ import annotations

import csv
import io
import json
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml

from apps.datasets.models import Blob, Image, Label
from apps.exchange.domain.options import split_of
from concord.jobs.models import Job
from concord.jobs.runner import run_job
from tests.api.exchange.files import export, keep, lines, order, unzip
from tests.factories import make_task
from tests.team import Team, both_answer, box

pytestmark = pytest.mark.django_db(transaction=True)

STOP = box(10, 20, 40, 20, "stop")
ELL = {
    "type": "polygon",
    "label": "yield",
    "points": [[0, 0], [10, 0], [10, 20], [30, 20], [30, 30], [0, 30]],
}
HALVES = {"train": 0.5, "val": 0.5}


@pytest.fixture
def team() -> Team:
    """Two boxes, nothing, and a third image that one of two has answered."""
    team = Team()
    for place, name in enumerate(("../ž.tif", "../Ž.tif", "con")):
        make_task(team.dataset, name=name, order_key=place)
    both_answer(team, [STOP], [STOP])
    both_answer(team, [], [])
    (task,) = team.next("Ann")["tasks"]
    assert team.answer("Ann", task, STOP).status_code == 200
    return team


def test_yolo_has_labels_where_its_images_belong(team: Team) -> None:
    Label.objects.filter(name="stop").update(retired_at="2026-01-01T00:00:00Z")
    files = unzip(export(team, format="yolo"))
    assert files["labels/train/_ž.txt"] == b"0 0.15 0.3 0.2 0.2\n"
    assert files["labels/train/_Ž-2.txt"] == b""
    assert yaml.safe_load(files["data.yaml"])["names"] == {0: "stop", 1: "yield"}
    first, second = lines(files["manifest.jsonl"])
    assert (first["file"], first["name"]) == ("images/train/_ž.tif", "../ž.tif")
    assert second["missing"] == "images were not asked for"
    assert set(files) == {
        *("labels/train/_ž.txt", "labels/train/_Ž-2.txt", "data.yaml"),
        *("manifest.jsonl", "content_sha256"),
    }


def test_outlines_make_it_segmentation(team: Team) -> None:
    make_task(team.dataset, name="d.jpg", order_key=3)
    (task,) = team.next("Ben")["tasks"]
    assert team.answer("Ben", task, STOP).status_code == 200
    both_answer(team, [ELL], [ELL])
    files = unzip(export(team, format="yolo"))
    assert files["labels/train/_ž.txt"] == b"0 0.05 0.2 0.05 0.4 0.25 0.4 0.25 0.2\n"
    assert files["labels/train/d.txt"] == b"1 0 0 0.05 0 0.05 0.2 0.15 0.2 0.15 0.3 0 0.3\n"


def test_images_are_packed_as_members_see_them(team: Team) -> None:
    first, second = Image.objects.order_by("id")[:2]
    keep(first, b"png of the first")
    Blob.objects.filter(pk=second.blob_id).update(kept=False)
    Image.objects.filter(pk=second.pk).update(source_url="https://x.org/b.tif?token=s3cret&page=2")
    files = unzip(export(team, format="yolo", images=True, splits={"val": 1}))
    assert files["images/val/_ž.png"] == b"png of the first"
    told = lines(files["manifest.jsonl"])
    assert "missing" not in told[0]
    assert told[0]["sha256"] == first.blob.sha256
    assert told[1]["missing"] == "the image is not kept here, but at its address"
    assert told[1]["address"] == "https://x.org/b.tif?page=2"
    assert b"s3cret" not in b"".join(files.values())


def test_an_image_that_was_erased_meanwhile_is_told_of(team: Team) -> None:
    files = unzip(export(team, format="coco", images=True))
    told = lines(files["manifest.jsonl"])
    assert {line["missing"] for line in told} == {"the image was deleted while this was written"}
    names = [image["file_name"] for image in json.loads(files["annotations.coco.json"])["images"]]
    assert [line["file"] for line in told] == [f"images/{name}" for name in names]


@pytest.mark.parametrize("form", ["jsonl", "coco", "csv"])
def test_splits_are_files_that_tell_the_images_apart(team: Team, form: str) -> None:
    files = unzip(export(team, format=form, splits=HALVES))
    ending = {"coco": "coco.json"}.get(form, form)
    found = {
        line["file"].split("/")[1]: split_of(line["sha256"], HALVES)
        for line in lines(files["manifest.jsonl"])
    }
    assert all(name == split for name, split in found.items())
    assert set(files) == {f"{split}.{ending}" for split in found} | {
        "manifest.jsonl",
        "content_sha256",
    }


def test_csv_tells_everybody_s_answers(team: Team) -> None:
    text = export(team, format="csv", which="both").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["image"] for row in rows] == ["../ž.tif"] * 3 + ["../Ž.tif"] * 3 + ["con"]
    assert [row["x"] for row in rows] == ["10.0"] * 3 + [""] * 3 + ["10.0"]
    assert [bool(row["annotator"]) for row in rows[:3]] == [False, True, True]


def test_boxes_are_the_same_in_voc_and_cvat(team: Team) -> None:
    files = unzip(export(team, format="voc", splits={"val": 1}))
    assert set(files) == {
        *("Annotations/_ž.xml", "Annotations/_Ž-2.xml"),
        *("ImageSets/Main/val.txt", "labelmap.txt", "manifest.jsonl", "content_sha256"),
    }
    box = ElementTree.fromstring(files["Annotations/_ž.xml"]).find("object/bndbox")
    assert [int(side.text or "") for side in box or ()] == [11, 21, 50, 40]
    assert files["ImageSets/Main/val.txt"].decode().splitlines() == ["_ž", "_Ž-2"]
    images = ElementTree.fromstring(export(team, format="cvat")).findall("image")
    assert [(image.get("name"), len(image)) for image in images] == [("_ž.tif", 1), ("_Ž-2.tif", 0)]
    sides = [images[0][0].get(name) for name in ("xtl", "ytl", "xbr", "ybr")]
    assert sides == ["10", "20", "50", "40"]


def test_voc_has_no_place_for_outlines(team: Team) -> None:
    waiting = order(team, format="voc").json()
    (task,) = team.next("Ben")["tasks"]
    assert team.answer("Ben", task, STOP).status_code == 200
    make_task(team.dataset, name="d.jpg", order_key=3)
    both_answer(team, [ELL], [ELL])
    refused = order(team, format="voc")
    assert (refused.status_code, refused.json()["code"]) == (400, "format_not_for_shapes")
    # One that was ordered before the outline came says where it is.
    assert run_job(Job.objects.get(args__export=waiting["id"]).id)
    failed = team.get("Olga", f"exports/{waiting['id']}/").json()
    assert failed["state"] == "failed"
    assert failed["error"].endswith("There is one on d.jpg.")


def test_label_studio_has_everybody_s_annotation(team: Team) -> None:
    body = {"format": "label_studio", "which": "both"}
    first, *_, last = json.loads(export(team, **body))
    assert [one["ground_truth"] for one in first["annotations"]] == [True, False, False]
    assert first["annotations"][1]["result"][0]["value"] == {
        "x": 5.0,
        "y": 20.0,
        "width": 20.0,
        "height": 20.0,
        "rotation": 0,
        "rectanglelabels": ["stop"],
    }
    assert "completed_by" not in first["annotations"][1]
    assert last["data"]["image"] == "con"
    named = json.loads(export(team, **body, names=True))
    assert [one.get("completed_by") for one in named[0]["annotations"]] == [
        None,
        {"email": team.people["Ann"].email},
        {"email": team.people["Ben"].email},
    ]


def test_names_are_there_when_asked_for(team: Team) -> None:
    mail = team.people["Ann"].email
    for body in ({"format": "jsonl", "which": "both"}, {"format": "csv", "which": "both"}):
        assert mail not in export(team, **body).decode()
        assert mail in export(team, **body, names=True).decode()
    answers = lines(export(team, format="jsonl", which="answers", names=True))
    assert {line["_annotator_id"] for line in answers} == {mail, team.people["Ben"].email}


@pytest.mark.parametrize(
    "body",
    [
        {"format": "yolo", "splits": HALVES, "images": True},
        {"format": "csv", "which": "both", "names": True},
        {"format": "coco", "images": True},
        {"format": "jsonl", "splits": HALVES},
    ],
)
def test_the_same_answers_give_the_same_bytes(team: Team, body: dict[str, Any]) -> None:
    keep(Image.objects.order_by("id")[0], b"x" * 70_000)
    assert export(team, **body) == export(team, **body)


def test_options_are_folders_of_images() -> None:
    options = [{"id": 1, "text": "cat"}, {"id": "1", "text": "Cat"}]
    team = Team(interface="choice", overlap=1, options=options)
    for place, name in enumerate("abc"):
        task = make_task(team.dataset, name=f"{name}.png", order_key=place)
        keep(task.task_images.get().image, name.encode())
    for accept in ([1], ["1"], []):
        (given,) = team.next("Ann")["tasks"]
        assert team.answer("Ann", given, accept=accept).status_code == 200
    files = unzip(export(team, format="yolo", images=True))
    assert (files["train/cat/a.png"], files["train/Cat-2/b.png"]) == (b"a", b"b")
    last = lines(files["manifest.jsonl"])[-1]
    assert (last["file"], last["missing"]) == (
        None,
        "no option was chosen, so there is no folder for it",
    )
    refused = order(team, format="yolo")
    assert (refused.status_code, refused.json()["code"]) == (400, "format_needs_images")


def test_an_export_says_what_was_asked_for(team: Team) -> None:
    body = {"format": "coco", "images": True, "splits": HALVES, "names": True}
    made = order(team, **body).json()
    assert {name: made[name] for name in body} == body
