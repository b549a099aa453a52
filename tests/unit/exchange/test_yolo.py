"""Files for Ultralytics by hand-computed numbers."""

from __future__ import annotations

import pytest
import yaml

from apps.exchange.domain.yolo import YoloTree, data_yaml
from tests.unit.exchange.entries import (
    CATEGORIES,
    ELL,
    RECT,
    asked,
    entry,
    placed,
    settled,
    source,
)


def labels(*spans: dict[str, object], outlines: bool = False) -> tuple[str, str]:
    tree = YoloTree(CATEGORIES, outlines=outlines)
    ((path, data),) = tree.files(placed(entry(final=settled(*spans)), name="a.b.jpg"))
    return path, data.decode()


def test_a_box_is_its_middle_and_size_in_shares_of_the_image() -> None:
    # 200 x 100 pixels: (10.25 + 2) / 200, (20.5 + 1.25) / 100, 4 / 200, 2.5 / 100.
    assert labels(RECT) == ("labels/train/a.b.txt", "2 0.06125 0.2175 0.02 0.025\n")


def test_among_outlines_a_rectangle_is_its_corners() -> None:
    _, text = labels(RECT, ELL, outlines=True)
    assert text.splitlines() == [
        "2 0.05125 0.205 0.05125 0.23 0.07125 0.23 0.07125 0.205",
        "1 0 0 0.005 0 0.005 0.02 0.015 0.02 0.015 0.03 0 0.03",
    ]


def test_nothing_on_an_image_is_an_empty_file_and_no_label_no_line() -> None:
    assert labels()[1] == ""
    assert labels({**RECT, "label": None})[1] == ""


def test_a_millionth_of_a_pixel_is_kept() -> None:
    wide = asked(source=source(width=9999, height=7001))
    (_, data), = YoloTree(CATEGORIES, outlines=False).files(
        placed(entry(wide, settled({**RECT, "x": 1234.5678, "width": 0.125})))
    )  # fmt: skip
    _, x, _, width, _ = map(float, data.decode().split())
    assert (x - width / 2) * 9999 == pytest.approx(1234.5678, abs=1e-6)


def test_the_places_of_images_and_labels_agree() -> None:
    tree = YoloTree(CATEGORIES, outlines=False)
    one = placed(entry(final=settled(RECT)), name="a.jpg", split="val")
    assert tree.image_path(one) == "images/val/a.jpg"
    assert [path for path, _ in tree.files(one)] == ["labels/val/a.txt"]


def test_what_ultralytics_is_started_with() -> None:
    names = ["stop", '"!!python/object:os"', "ž: 🦊\u2028\x7f", "no", "1"]
    text = data_yaml(names, filled={"val", "train"})
    read = yaml.safe_load(text)
    assert read["names"] == dict(enumerate(names))
    assert (read["train"], read["val"]) == ("images/train", "images/val")
    assert "path" not in read, "it would be looked for from elsewhere"


def test_both_folders_are_named_where_one_is_there() -> None:
    assert yaml.safe_load(data_yaml([], filled=())) == {
        "train": "images/train",
        "val": "images/train",
        "names": {},
    }
    only = yaml.safe_load(data_yaml(["a"], filled={"test"}))
    assert (only["train"], only["val"], only["test"]) == ("images/test",) * 3
