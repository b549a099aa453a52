"""A file of ours, imported into a new dataset, gives that file once more."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from apps.annotators.models import User
from apps.datasets.models import Dataset
from concord.ids import uuid7
from tests.api.imports.conftest import post, work
from tests.factories import make_dataset
from tests.servers.images import ImageServer
from tests.team import box

# An export reads through a connection of its own, which sees what is committed.
pytestmark = pytest.mark.django_db(transaction=True)

OF_THE_DATASET = ("_task_id", "_annotator_id", "_revision", "_review")
STOP = {
    **box(10.125, 20.0625, 40.3, 20.7, "stop"),
    "id": "s1",
    "note": {"seen": ["zweimal ✓", None, 2**63 - 1]},
    "attributes": {"lit": True},
}
OUTLINE = {
    "id": "s2",
    "label": "Königsweg ✓",
    "type": "polygon",
    "points": [[0.0, 0.0], [30.5, 0.25], [15.1, 40.0]],
}


def turned() -> bytes:
    """A JPEG of 90 x 60 pixels that is shown upright, as 60 x 90."""
    exif = Image.Exif()
    exif[0x0112] = 6
    out = io.BytesIO()
    Image.new("RGB", (90, 60), "navy").save(out, "JPEG", exif=exif)
    return out.getvalue()


def awkward(server: ImageServer, shapes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Answers with all that may be lost on the way; of the second image, nothing is on it, and the
    first is turned and has a name in other letters."""
    more = {
        "meta": {"nested": {"a": [1, "1", None]}, "big": 2**62, "formula": "=1+1"},
        "ünknown": [0, -1, "1", 1.5],
    }
    server.own["Stra%C3%9Fe.jpg"] = turned()
    first = server.url("/own/Stra%C3%9Fe.jpg")
    about = [
        {"image": first, "spans": shapes, "answer": "accept", **more},
        {"image": server.url("/ok/2.jpg"), "spans": [], "answer": "accept"},
        {"image": server.url("/ok/3.jpg"), "spans": [STOP], "answer": "reject"},
        {"image": server.url("/ok/4.jpg"), "spans": [], "answer": "ignore"},
    ]
    return [
        {**each, "_annotator_id": who, "_timestamp": 1_700_000_000 + n}
        for who in ("ann", "ben")
        for n, each in enumerate(about)
    ]


def bring(client: Client, dataset: Dataset, name: str, body: bytes) -> dict[str, int]:
    reply = client.post(
        f"/api/datasets/{dataset.slug}/imports/",
        {"file": SimpleUploadedFile(name, body), "as": "answers"},
        headers={"Idempotency-Key": str(uuid7())},
    )
    assert reply.status_code == 202, reply.content
    work()
    counts: dict[str, int] = client.get(f"/api/imports/{reply.json()['id']}/").json()["counts"]
    return counts


def export(client: Client, dataset: Dataset, **order: str | bool) -> bytes:
    reply = post(client, f"/api/datasets/{dataset.slug}/exports/", order)
    assert reply.status_code == 202, reply.content
    work()
    url = client.get(reply["Location"]).json()["url"]
    return b"".join(client.get(url).streaming_content)


def told(content: bytes) -> list[dict[str, Any]]:
    """The lines without what is of their dataset alone, in an order that says nothing."""
    lines = [json.loads(line) for line in content.splitlines()]
    plain = [{k: v for k, v in line.items() if k not in OF_THE_DATASET} for line in lines]
    return sorted(plain, key=lambda line: json.dumps(line, sort_keys=True))


@pytest.fixture
def first(
    request: pytest.FixtureRequest, dataset: Dataset, manager: Client, reachable: ImageServer
) -> Dataset:
    """A dataset of awkward answers, with these shapes on the first image."""
    shapes = getattr(request, "param", [STOP, OUTLINE])
    add = {"name": OUTLINE["label"]}
    assert post(manager, f"/api/datasets/{dataset.slug}/labels/", add).status_code == 201
    lines = "\n".join(map(json.dumps, awkward(reachable, shapes)))
    counts = bring(manager, dataset, "awkward.jsonl", lines.encode())
    assert (counts["done"], counts["failed"]) == (8, 0)
    return dataset


@pytest.fixture
def second(owner: User) -> Dataset:
    labels = ("stop", "yield", OUTLINE["label"])
    return make_dataset(owner=owner, name="Once more", labels=labels, overlap=1)


def told_by_records(content: bytes) -> list[dict[str, Any]]:
    """The same of a table, whose cells are what they hold."""
    names = {"task_id", "annotator", "revision", "review"}
    records = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    plain = [
        {"_timestamp" if k == "timestamp" else k: v for k, v in r.items() if k not in names}
        for r in records
    ]
    return sorted(plain, key=lambda record: json.dumps(record, sort_keys=True))


@pytest.mark.parametrize("which", ["answers", "final"])
@pytest.mark.parametrize(("form", "lines"), [("jsonl", told), ("csv", told_by_records)])
def test_lines_of_answers(
    manager: Client,
    first: Dataset,
    second: Dataset,
    which: str,
    form: str,
    lines: Callable[[bytes], list[dict[str, Any]]],
) -> None:
    content = export(manager, first, format=form, which=which)
    counts = bring(manager, second, f"export.{form}", content)
    assert (counts["failed"], counts["duplicate"]) == (0, 0)
    again = export(manager, second, format=form, which="answers")
    expected, came = lines(content), lines(again)
    if which == "final":  # an answer has a time, which a final one had not
        for line in [*expected, *came]:
            line.pop("_timestamp", None)
    assert came == expected
    counts = bring(manager, second, f"export.{form}", content)
    assert counts["duplicate"] == counts["total"]


def test_uploaded_images_are_found_by_their_names(
    manager: Client, dataset: Dataset, second: Dataset
) -> None:
    for each in (dataset, second):
        files = {"files": SimpleUploadedFile("Straße ✓.jpg", turned())}
        headers = {"Idempotency-Key": str(uuid7())}
        path = f"/api/datasets/{each.slug}/images/"
        assert manager.post(path, files, headers=headers).status_code == 202
        work()
    line = {"image": "Straße ✓.jpg", "_image_sha256": "", "spans": [STOP], "answer": "accept"}
    assert bring(manager, dataset, "a.jsonl", json.dumps(line).encode())["done"] == 1
    content = export(manager, dataset, format="jsonl", which="answers")
    assert told(content)[0]["image"] == "Straße ✓.jpg"
    assert bring(manager, second, "b.jsonl", content)["done"] == 1
    assert told(export(manager, second, format="jsonl", which="answers")) == told(content)


def test_answers_about_groups(manager: Client, owner: User, reachable: ImageServer) -> None:
    first, second = (
        make_dataset(owner=owner, name=name, interface="image_choice", overlap=1, labels=())
        for name in ("Cats", "Cats once more")
    )
    groups = [("a", (1, 2, 3)), (7, (2, 3, 4))]  # they share images, and a number is no text
    lines = [
        {
            "options": [
                {"id": name if n == images[0] else f"{n}", "image": reachable.url(f"/ok/{n}.jpg")}
                for n in images
            ],
            "accept": accept,
            "answer": "accept",
            "_annotator_id": who,
            "_timestamp": 1_700_000_000,
        }
        for name, images in groups
        for who, accept in (("ann", [name]), ("ben", [name, "3"]))
    ]
    body = "\n".join(map(json.dumps, lines)).encode()
    assert bring(manager, first, "groups.jsonl", body)["done"] == 4
    content = export(manager, first, format="jsonl", which="answers")
    assert picks(told(content)) == picks(lines)
    assert bring(manager, second, "export.jsonl", content)["done"] == 4
    again = export(manager, second, format="jsonl", which="answers")
    assert told(again) == told(content)
    assert bring(manager, second, "export.jsonl", content)["done"] == 0


def test_answers_about_single_boxes_are_refused_by_name(manager: Client, owner: User) -> None:
    boxes = make_dataset(owner=owner, name="Boxes", interface="image")
    reply = manager.post(
        f"/api/datasets/{boxes.slug}/imports/",
        {"file": SimpleUploadedFile("a.jsonl", b"{}"), "as": "answers"},
        headers={"Idempotency-Key": str(uuid7())},
    )
    assert (reply.status_code, reply.json()["code"]) == (400, "answers_about_boxes")


def picks(lines: list[dict[str, Any]]) -> list[str]:
    """Of which images who might pick which, as what they are."""
    return sorted(
        repr(([option["id"] for option in line["options"]], line["accept"])) for line in lines
    )


def test_label_studio(manager: Client, first: Dataset, second: Dataset) -> None:
    content = export(manager, first, format="label_studio", which="answers")
    assert bring(manager, second, "ls.json", content)["failed"] == 0
    again = export(manager, second, format="label_studio", which="answers")
    assert tasks(again) == tasks(content)


def tasks(content: bytes) -> list[dict[str, Any]]:
    """Tasks of Label Studio without what is of their dataset alone; parts of a side are rounded."""
    found = json.loads(content, parse_float=lambda text: round(float(text), 9))
    for task in found:
        del task["data"]["task_id"]
        for annotation in task["annotations"]:
            del annotation["_annotator_id"]
    return found  # type: ignore[no-any-return]  # a list of objects, as `task_of` makes it


@pytest.mark.parametrize(
    ("first", "form"),
    [([STOP, OUTLINE], "cvat"), ([STOP, OUTLINE], "yolo"), ([STOP], "voc")],
    indirect=["first"],
)
def test_archives_with_their_images(
    manager: Client, first: Dataset, second: Dataset, form: str
) -> None:
    content = export(manager, first, format=form, images=True)
    counts = bring(manager, second, "export.zip", content)
    assert (counts["done"], counts["failed"]) == (2, 0)
    assert texts(export(manager, second, format=form, images=True)) == texts(content)


def texts(content: bytes) -> dict[str, str]:
    """The annotations in an archive, without the name and hash of the dataset; numbers are rounded,
    and images of lists are in an order that says nothing."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if name.endswith((".xml", ".txt", ".yaml"))]
        found = {name: archive.read(name).decode() for name in names}
    own = re.compile(r"Street signs|Once more|content_sha256: \w+")
    plain = {name: own.sub("", text) for name, text in found.items()}
    for name in plain.keys() & {"ImageSets/Main/train.txt"}:
        plain[name] = "\n".join(sorted(plain[name].split()))
    number = re.compile(r"\d+\.\d+")
    return {n: number.sub(lambda m: f"{float(m[0]):.4f}", text) for n, text in plain.items()}


def test_coco(manager: Client, first: Dataset, second: Dataset) -> None:
    content = json.loads(export(manager, first, format="coco"))
    assert [len(content[key]) for key in ("images", "annotations")] == [2, 2]
    text = json.dumps(content).encode()
    assert bring(manager, second, "coco.json", text)["done"] == 2
    again = json.loads(export(manager, second, format="coco"))
    assert {**again, "info": {}} == {**content, "info": {}}  # the info names the dataset


@pytest.mark.parametrize(
    ("interface", "answers"),
    [
        ("choice", [{"accept": [7]}, {"accept": ["7"]}, {"accept": []}]),
        ("classification", [{"answer": "accept"}, {"answer": "reject"}, {"answer": "ignore"}]),
    ],
)
def test_images_in_folders(
    owner: User,
    manager: Client,
    reachable: ImageServer,
    interface: str,
    answers: list[dict[str, Any]],
) -> None:
    options = [{"id": 7, "text": "Straße ✓"}, {"id": "7", "text": "a/b"}]
    config = {"overlap": 1, **({"options": options} if interface == "choice" else {})}
    one, two = (
        make_dataset(owner=owner, name=name, interface=interface, labels=(), **config)
        for name in ("One", "Two")
    )
    lines = [
        {"image": reachable.url(f"/ok/{n}.jpg"), "answer": "accept", **said}
        for n, said in enumerate(answers)
    ]
    assert bring(manager, one, "a.jsonl", "\n".join(map(json.dumps, lines)).encode())["done"] == 3
    content = export(manager, one, format="image_folder", images=True)
    counts = bring(manager, two, "folders.zip", content)
    assert (counts["done"], counts["failed"]) == (2, 0)
    again = export(manager, two, format="image_folder", images=True)
    assert without_manifest(again) == without_manifest(content)


def without_manifest(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        own = ("manifest.jsonl", "content_sha256")
        names = [name for name in archive.namelist() if name not in own]
        assert [name for name in names if name.endswith(".jpg")]
        return {name: archive.read(name) for name in names}
