"""How annotations of other tools find their images, and what becomes of them there."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest

from apps.annotators.models import User
from apps.datasets.actions.labels import add_labels
from apps.datasets.models import Dataset, Image
from apps.imports.actions.lists import Upload, create_import_of_files
from apps.imports.actions.running import retry_import
from apps.imports.models import Import, ImportRow
from apps.imports.options import Options
from apps.tasks.models import Answer, Suggestion, Task
from tests.jobs.imports.conftest import BringIn, done, ends
from tests.servers.images import ImageServer, picture

pytestmark = pytest.mark.django_db(transaction=True)

BringFiles = Callable[[dict[str, int]], Import]


@pytest.fixture
def upload(dataset: Dataset, owner: User) -> BringFiles:
    """Brings image `n` under each of these paths."""

    def files(paths: dict[str, int]) -> Import:
        uploads = [
            Upload(path.rpartition("/")[2], BytesIO(picture(n)), path if "/" in path else "")
            for path, n in paths.items()
        ]
        made = create_import_of_files(
            user=owner, dataset=dataset, uploads=uploads, options=Options()
        )
        return done(made)

    return files


def coco(*names: str, **image: Any) -> str:
    images = [{"id": n, "file_name": name, **image} for n, name in enumerate(names)]
    boxes = [
        {"id": n, "image_id": n, "category_id": 1, "bbox": [1, 2, 30, 40]}
        for n, _ in enumerate(names)
    ]
    categories = [{"id": 1, "name": "stop"}]
    return json.dumps({"images": images, "annotations": boxes, "categories": categories})


def packed(files: dict[str, bytes | str]) -> bytes:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return body.getvalue()


def test_by_name_among_those_that_the_dataset_has(bring_in: BringIn, upload: BringFiles) -> None:
    upload({"a/1.jpg": 1, "b/1.jpg": 2, "street 3.jpg": 3})
    names = ("b/1.jpg", "photos/street 3.jpg", "1.jpg", "4.jpg")
    found = bring_in(coco(*names), name="coco.json")
    assert ends(found) == [
        (1, "done", ""),
        (2, "done", ""),
        (3, "failed", "ambiguous_name"),
        (4, "failed", "image_not_found"),
    ]
    assert "Upload the images first" in ImportRow.objects.get(of_import=found, line=4).reason
    second = Image.objects.get(name="1.jpg", blob__width=98)
    assert ImportRow.objects.get(of_import=found, line=1).image == second
    assert Suggestion.objects.count() == 2

    again = bring_in(coco(*names[:2]), name="coco.json")
    assert ends(again) == [(1, "duplicate", "nothing_new"), (2, "duplicate", "nothing_new")]
    assert Suggestion.objects.count() == 2


def test_what_failed_for_its_label_is_added_when_it_is_tried_again(
    bring_in: BringIn, upload: BringFiles, owner: User, dataset: Dataset
) -> None:
    upload({"1.jpg": 1})
    found = bring_in(coco("1.jpg").replace('"stop"', '"dog"'), name="coco.json")
    assert ends(found) == [(1, "failed", "unknown_label")]
    add_labels(dataset=dataset, actor=owner, labels=["dog"])
    assert ends(done(retry_import(found=found, actor=owner))) == [(1, "done", "")]
    assert Suggestion.objects.count() == 1


def test_under_a_base_address_where_the_dataset_has_none(
    bring_in: BringIn, reachable: ImageServer
) -> None:
    found = bring_in(coco("ok/1.jpg"), name="coco.json", base=reachable.url(""))
    assert ends(found) == [(1, "done", "")]
    assert Image.objects.get().source_url == reachable.url("/ok/1.jpg")


def test_an_image_of_another_size_than_the_file_says_is_told(
    bring_in: BringIn, upload: BringFiles
) -> None:
    upload({"1.jpg": 1, "2.jpg": 2})
    body = json.loads(coco("1.jpg", "2.jpg", width=81, height=97))
    body["images"][1].update(width=98, height=82)
    found = bring_in(json.dumps(body), name="coco.json")
    assert ends(found) == [(1, "failed", "other_size"), (2, "done", "")]
    assert "EXIF" in ImportRow.objects.get(of_import=found, line=1).reason


def test_an_archive_brings_its_images_and_parts_of_sides_become_pixels(bring_in: BringIn) -> None:
    archive = packed(
        {
            "data.yaml": "names: [yield, stop]",
            "images/1.jpg": picture(1),
            "images/2.jpg": picture(2),
            "labels/1.txt": "1 0.5 0.5 1 0.5",
        }
    )
    found = bring_in(archive, name="yolo.zip", brings="answers")
    assert ends(found) == [(1, "done", ""), (2, "done", "")]
    assert set(Image.objects.values_list("name", "source_url")) == {("1.jpg", ""), ("2.jpg", "")}
    answers = {a.task.task_images.get().image.name: a for a in Answer.objects.all()}
    (span,) = answers["1.jpg"].head.spans
    assert [span[key] for key in ("x", "y", "width", "height")] == [0, 20.25, 97, 40.5]
    assert answers["2.jpg"].head.spans == []
    assert {answer.user.name for answer in answers.values()} == {"imported"}
    again = bring_in(archive, name="yolo.zip", brings="answers")
    assert {end[1:] for end in ends(again)} == {("duplicate", "nothing_new")}


def test_suggestions_for_an_image_that_was_fetched_before_are_added_to_it(
    bring_in: BringIn, reachable: ImageServer
) -> None:
    url = reachable.url("/ok/1.jpg")
    bring_in(url)
    found = bring_in(coco("1.jpg", coco_url=url), name="coco.json")
    assert ends(found) == [(1, "done", "")]
    assert Suggestion.objects.get().task == Task.objects.get()


def test_an_image_that_is_damaged_in_the_archive_costs_its_line(bring_in: BringIn) -> None:
    whole = packed(
        {"classes.txt": "stop", "1.jpg": picture(1), "1.txt": "", "2.jpg": picture(2), "2.txt": ""}
    )
    at = whole.index(picture(1)) + 200
    broken = whole[:at] + bytes(byte ^ 255 for byte in whole[at : at + 8]) + whole[at + 8 :]
    found = bring_in(broken, name="yolo.zip")
    assert ends(found) == [(1, "failed", "damaged_image"), (2, "done", "")]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (packed({"photo.jpg": b"1"}), "no annotations"),
        (packed({"a.json": "[]"})[:-30], "damaged"),
        (b"PK\x03\x04" + b"\0" * 100, "damaged"),
    ],
    ids=["nothing known", "cut off", "a name alone"],  # the archives have the time in them
)
def test_an_archive_that_cannot_be_read_ends_the_import_with_a_sentence(
    bring_in: BringIn, body: bytes, reason: str
) -> None:
    found = bring_in(body, name="a.zip")
    assert found.state == "failed"
    assert reason in found.error
