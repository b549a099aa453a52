"""CVAT's XML by hand-computed numbers."""

from __future__ import annotations

from xml.etree import ElementTree

from apps.exchange.domain.cvat import CvatWriter
from apps.exchange.domain.records import Category, Placed
from tests.unit.exchange.entries import ELL, RECT, asked, entry, placed, settled

OPTIONS = [{"id": 1, "text": "one"}, {"id": "1", "text": "One & <all>"}]


def written(*images: Placed) -> ElementTree.Element:
    writer = CvatWriter("Street <signs>", [Category(1, "ž]]>", False, ["colour"])])
    return ElementTree.fromstring(
        writer.head() + b"".join(map(writer.image, images)) + writer.tail()
    )


def test_the_labels_are_told_first() -> None:
    found = written()
    assert found.findtext("version") == "1.1"
    assert found.findtext("meta/task/name") == "Street <signs>"
    assert found.findtext("meta/task/labels/label/name") == "ž]]>"
    assert found.findtext("meta/task/labels/label/attributes/attribute/name") == "colour"


def test_shapes_have_the_numbers_that_were_drawn() -> None:
    said = {**RECT, "attributes": {"colour": 'a"b', "occluded": True}}
    one = placed(entry(asked(number=7), settled(said, ELL)), name="a&b.jpg", split="val")
    (image,) = written(one).findall("image")
    assert image.attrib == {
        "id": "6",
        "name": "a&b.jpg",
        "subset": "val",
        "width": "200",
        "height": "100",
    }
    box, polygon = image
    assert [box.get(side) for side in ("xtl", "ytl", "xbr", "ybr")] == [
        *("10.25", "20.5", "14.25", "23")
    ]
    assert (box.get("label"), box.get("occluded")) == ("yield", "1")
    assert {one.get("name"): one.text for one in box} == {"colour": 'a"b', "occluded": "true"}
    assert polygon.get("points") == "0,0;1,0;1,2;3,2;3,3;0,3"


def test_nothing_on_an_image_is_an_image() -> None:
    (image,) = written(placed(entry(final=settled()))).findall("image")
    assert len(image) == 0


def test_options_are_tags() -> None:
    task = asked(interface="choice", options=OPTIONS)
    (image,) = written(placed(entry(task, settled(accept=["1", 1])))).findall("image")
    assert [tag.get("label") for tag in image] == ["One & <all>", "one"]
