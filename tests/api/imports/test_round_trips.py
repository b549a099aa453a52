"""A file of ours, imported into a new dataset, gives that file once more."""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

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


def awkward(server: ImageServer) -> list[dict[str, Any]]:
    """Answers with all that may be lost on the way; of the second image, nothing is on it."""
    more = {"meta": {"nested": {"a": [1, "1", None]}, "big": 2**62}, "ünknown": [0, -1, "1", 1.5]}
    about = [
        {"image": server.url("/ok/1.jpg"), "spans": [STOP, OUTLINE], "answer": "accept", **more},
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
def first(dataset: Dataset, manager: Client, reachable: ImageServer) -> Dataset:
    add = {"name": OUTLINE["label"]}
    assert post(manager, f"/api/datasets/{dataset.slug}/labels/", add).status_code == 201
    lines = "\n".join(map(json.dumps, awkward(reachable)))
    counts = bring(manager, dataset, "awkward.jsonl", lines.encode())
    assert (counts["done"], counts["failed"]) == (8, 0)
    return dataset


@pytest.fixture
def second(owner: User) -> Dataset:
    labels = ("stop", "yield", OUTLINE["label"])
    return make_dataset(owner=owner, name="Once more", labels=labels, overlap=1)


@pytest.mark.parametrize("which", ["answers", "final"])
def test_lines_of_json(manager: Client, first: Dataset, second: Dataset, which: str) -> None:
    content = export(manager, first, format="jsonl", which=which)
    counts = bring(manager, second, "export.jsonl", content)
    assert (counts["failed"], counts["duplicate"]) == (0, 0)
    again = export(manager, second, format="jsonl", which="answers")
    expected, came = told(content), told(again)
    if which == "final":  # an answer has a time, which a final one had not
        came = [{k: v for k, v in line.items() if k != "_timestamp"} for line in came]
    assert came == expected
    counts = bring(manager, second, "export.jsonl", content)
    assert counts["duplicate"] == counts["total"]


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


@pytest.mark.parametrize("form", ["cvat", "yolo"])
def test_archives_with_their_images(
    manager: Client, first: Dataset, second: Dataset, form: str
) -> None:
    content = export(manager, first, format=form, images=True)
    counts = bring(manager, second, "export.zip", content)
    assert (counts["done"], counts["failed"]) == (2, 0)
    assert texts(export(manager, second, format=form, images=True)) == texts(content)


def texts(content: bytes) -> dict[str, str]:
    """The annotations in an archive, without the name of the dataset; numbers are rounded."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if name.endswith((".xml", ".txt", ".yaml"))]
        found = {name: archive.read(name).decode() for name in names}
    plain = {name: re.sub("Street signs|Once more", "", text) for name, text in found.items()}
    number = re.compile(r"\d+\.\d+")
    return {n: number.sub(lambda m: f"{float(m[0]):.4f}", text) for n, text in plain.items()}


def test_coco(manager: Client, first: Dataset, second: Dataset) -> None:
    content = json.loads(export(manager, first, format="coco"))
    assert [len(content[key]) for key in ("images", "annotations")] == [2, 2]
    text = json.dumps(content).encode()
    assert bring(manager, second, "coco.json", text)["done"] == 2
    again = json.loads(export(manager, second, format="coco"))
    assert {**again, "info": {}} == {**content, "info": {}}  # the info names the dataset
