"""From a list of addresses to one agreed file: everybody's part, in the browser alone."""

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import expect
from pycocotools.coco import COCO

from tests.e2e.benches import Box, LabellingBench, Picture, ReviewBench
from tests.e2e.pages import DatasetPages, Site
from tests.e2e.people import People
from tests.servers.images import ImageServer, picture
from tests.servers.s3 import S3Server

Drawn = Mapping[str, Mapping[str, list[Box]]]

LARGE = "Straße nach Süden 4.png"
PLAIN = "plain.jpg"
# What Ann and Ben mean to draw. Each box of Ben's differs from Ann's by more than an error could.
PLAN: dict[str, dict[str, list[Box]]] = {
    "1.jpg": {
        "ann": [Box("stop", 14, 12, 44, 36)],
        "ben": [Box("stop", 16, 13, 44, 36)],
    },
    "140.jpg": {
        "ann": [Box("stop", 20, 30, 120, 70)],
        "ben": [Box("yield", 26, 34, 120, 70)],
    },
    "75.jpg": {
        "ann": [Box("yield", 12, 10, 60, 50), Box("stop", 100, 90, 40, 30)],
        "ben": [Box("yield", 14, 13, 60, 50)],
    },
    LARGE: {
        "ann": [Box("yield", 900, 300, 500, 600), Box("stop", 120, 100, 400, 300)],
        "ben": [Box("stop", 134, 110, 404, 310), Box("yield", 910, 310, 470, 620)],
    },
    PLAIN: {"ann": [], "ben": []},
}
KEYS = {"stop": "1", "yield": "2"}


def test_from_a_list_of_addresses_to_one_agreed_file(
    people: People,
    image_server: ImageServer,
    s3: S3Server,
    tmp_path: Path,
) -> None:
    olga = people.come("olga", admin=True)
    rita, ann, ben = (people.stranger(name) for name in ("rita", "ann", "ben"))
    pictures = _store_pictures(s3)

    signs = olga.create_dataset(
        "Street signs", interface="Draw shapes", labels=["stop", "yield"], answers=2
    )
    connection = olga.add_connection(s3, dataset=signs)
    signs.enter()
    for person, name, role in (
        (rita, "Rita", "Reviewer"),
        (ann, "Ann", "Annotator"),
        (ben, "Ben", "Annotator"),
    ):
        link = signs.invite(person.email, role=role)
        person.join(link, name=name)

    addresses = _write_list(tmp_path / "signs.txt", image_server)
    signs.upload(tmp_path / "signs.txt", connection=connection, lines=len(addresses))
    assert signs.import_counts() == {"in": 5, "repeats": 1, "failed": 2}
    reasons = signs.failed_rows()
    assert set(reasons) == {image_server.url("/gone.jpg"), image_server.url("/text.jpg")}
    assert "404" in reasons[image_server.url("/gone.jpg")]
    assert "web page" in reasons[image_server.url("/text.jpg")]

    drawn = _label(ann, ben, signs, pictures)
    _review(rita, signs)

    coco = signs.export("COCO", to=tmp_path)
    lines = signs.export("JSONL", to=tmp_path)
    expected = _agreed(drawn)
    _compare(_read_lines(lines), expected, pictures)
    _compare(_read_coco(coco), expected, pictures)


def _store_pictures(s3: S3Server) -> dict[str, Picture]:
    """Puts two of the five pictures into the bucket; returns what all five look like."""
    large = io.BytesIO()
    Image.new("RGB", (1600, 1200), (40, 90, 140)).save(large, "png")
    s3.put(f"Ausflug 1/{LARGE}", large.getvalue())
    s3.put(PLAIN, picture(33))
    shown = {"1.jpg": picture(1), "140.jpg": picture(140), "75.jpg": picture(75)}
    return {
        name: _look_of(content)
        for name, content in {**shown, LARGE: large.getvalue(), PLAIN: picture(33)}.items()
    }


def _look_of(content: bytes) -> Picture:
    image = Image.open(io.BytesIO(content)).convert("RGB")
    red, green, blue = image.getpixel((image.width - 3, image.height - 3))  # type: ignore[misc]
    return Picture(image.width, image.height, (red, green, blue))


def _write_list(path: Path, images: ImageServer) -> list[str]:
    lines = [
        images.url("/ok/1.jpg"),
        images.url("/gone.jpg"),
        images.url("/ok/140.jpg"),
        f"s3://photos/Ausflug 1/{LARGE}",
        images.url("/ok/1.jpg?again"),
        images.url("/text.jpg"),
        f"s3://photos/{PLAIN}",
        images.url("/ok/75.jpg"),
    ]
    path.write_text("\n".join(lines) + "\n")
    return lines


def _label(ann: Site, ben: Site, signs: DatasetPages, pictures: Mapping[str, Picture]) -> Drawn:
    """Both work through all images, in turns; returns what each has drawn."""
    benches = {}
    for person, site in (("ann", ann), ("ben", ben)):
        site.page.reload()
        site.button(f"Continue: {signs.name}").click()
        benches[person] = LabellingBench(site.page, signs.name)
    drawn: dict[str, dict[str, list[Box]]] = {name: {} for name in PLAN}
    for _ in PLAN:
        for person, bench in benches.items():
            name = bench.image()
            assert name is not None
            boxes = PLAN[name][person]
            drawn[name][person] = [
                bench.draw(pictures[name], box, key=KEYS[box.label]) for box in boxes
            ]
            bench.answer("Enter" if boxes else "n")
    for bench in benches.values():
        bench.expect_all_done()
    return drawn


def _review(rita: Site, signs: DatasetPages) -> None:
    """Settles what differs, by keys alone."""
    rita.page.reload()
    rita.button(f"Review: {signs.name}").click()
    bench = ReviewBench(rita.page, signs.name)
    settled = set()
    while reviewed := bench.image():
        settled.add(reviewed)
        if bench.conflicts() == ["What is it?"]:
            bench.take("yield")
            bench.complete(reviewed)
        else:
            assert bench.conflicts() == ["Is it there?"]
            bench.press("x")
            expect(rita.page.get_by_role("heading", name="Anything missed?")).to_be_visible()
            # What was missed could be drawn with every tool of the dataset.
            bench.press("p")
            tools = rita.page.get_by_role("group", name="Tools")
            expect(tools.get_by_role("button", name="Polygon")).to_have_attribute(
                "aria-pressed", "true"
            )
            bench.press("Enter")
        bench.expect_gone(reviewed)
    assert settled == {"140.jpg", "75.jpg"}


def _agreed(drawn: Drawn) -> dict[str, list[Box]]:
    """What must come out: the mean of two boxes, edge by edge, with the label decided on."""

    def mean(name: str, label: str, first: int, second: int) -> Box:
        one, two = drawn[name]["ann"][first], drawn[name]["ben"][second]
        return Box(
            label,
            (one.x + two.x) / 2,
            (one.y + two.y) / 2,
            (one.width + two.width) / 2,
            (one.height + two.height) / 2,
        )

    return {
        "1.jpg": [mean("1.jpg", "stop", 0, 0)],
        "140.jpg": [mean("140.jpg", "yield", 0, 0)],
        "75.jpg": [mean("75.jpg", "yield", 0, 0)],
        LARGE: [mean(LARGE, "stop", 1, 0), mean(LARGE, "yield", 0, 1)],
        PLAIN: [],
    }


Exported = dict[str, tuple[int, int, list[Box]]]


def _read_lines(path: Path) -> Exported:
    records: list[dict[str, Any]] = [json.loads(line) for line in path.read_text().splitlines()]
    assert {record["answer"] for record in records} == {"accept"}
    return {
        _file_name(record["image"]): (
            record["width"],
            record["height"],
            [
                Box(span["label"], span["x"], span["y"], span["width"], span["height"])
                for span in record["spans"]
            ],
        )
        for record in records
    }


def _read_coco(path: Path) -> Exported:
    coco = COCO(str(path))
    labels = {category["id"]: category["name"] for category in coco.loadCats(coco.getCatIds())}
    return {
        _file_name(image["file_name"]): (
            image["width"],
            image["height"],
            [
                Box(labels[found["category_id"]], *found["bbox"])
                for found in coco.loadAnns(coco.getAnnIds(imgIds=[image["id"]]))
            ],
        )
        for image in coco.loadImgs(coco.getImgIds())
    }


def _file_name(address: str) -> str:
    """What the image is called on the page: of two addresses of one picture either may come in."""
    return address.partition("?")[0].rpartition("/")[2]


def _compare(
    exported: Exported, expected: Mapping[str, list[Box]], pictures: Mapping[str, Picture]
) -> None:
    """Every number within half a pixel of what was drawn, and nothing besides."""
    assert exported.keys() == expected.keys()
    for name, (width, height, boxes) in exported.items():
        assert (width, height) == (pictures[name].width, pictures[name].height)
        found = sorted(boxes, key=lambda box: box.label)
        assert [box.label for box in found] == [box.label for box in expected[name]]
        for box, wanted in zip(found, expected[name], strict=True):
            numbers = (box.x, box.y, box.width, box.height)
            assert numbers == pytest.approx(
                (wanted.x, wanted.y, wanted.width, wanted.height), abs=0.5
            ), name
