"""Pascal VOC by hand-computed numbers."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest

from apps.exchange.domain.formats import Unfit
from apps.exchange.domain.records import Category
from apps.exchange.domain.voc import VocTree
from tests.unit.exchange.entries import CATEGORIES, ELL, RECT, asked, entry, placed, settled, source


def annotation(*spans: dict[str, Any], name: str = "a.jpg") -> ElementTree.Element:
    task = asked(source=source(name=name))
    ((path, data),) = VocTree(CATEGORIES).files(placed(entry(task, settled(*spans)), name=name))
    assert path.startswith("Annotations/")
    return ElementTree.fromstring(data)


def test_pixels_are_counted_from_one_and_both_ends_are_in() -> None:
    first = {**RECT, "x": 0, "y": 0, "width": 1, "height": 1}
    found = annotation(first, RECT)
    boxes = [[float(side.text or "") for side in box] for box in found.iter("bndbox")]
    assert boxes == [[1, 1, 1, 1], [11.25, 21.5, 14.25, 23.0]]
    assert [side.text for side in found.find("object/bndbox") or ()] == ["1"] * 4
    assert [side.text for side in found.find("size") or ()] == ["200", "100", "3"]


def test_nothing_on_an_image_is_a_file_without_objects() -> None:
    assert annotation().findall("object") == []
    assert annotation({**RECT, "label": None}).findall("object") == []


def test_what_a_shape_says_stands_beside_it() -> None:
    said = {"difficult": True, "truncated": "no", "colour": "<red>", "count": 3}
    found = annotation({**RECT, "attributes": said}).find("object")
    assert found is not None
    assert [found.findtext(flag) for flag in ("difficult", "truncated")] == ["1", "0"]
    told = {one.findtext("name"): one.findtext("value") for one in found.iter("attribute")}
    assert told == {"difficult": "true", "truncated": "no", "colour": "<red>", "count": "3"}


def test_an_outline_is_refused_by_the_name_of_its_image() -> None:
    with pytest.raises(Unfit, match=r"outlines are among .* on b\.jpg\."):
        annotation(ELL, name="b.jpg")


@pytest.mark.parametrize("label", ["]]>", "<!ENTITY x>", "&amp;", "a\tb\r\nc", "ž🦊", "\"'", " a "])
def test_any_label_comes_back(label: str) -> None:
    assert annotation({**RECT, "label": label}).findtext("object/name") == label


def test_what_xml_cannot_say_is_shown_as_missing() -> None:
    assert annotation({**RECT, "label": "a\x00\x0b\uffff"}).findtext("object/name") == "a" + "�" * 3


def test_labels_are_told_to_those_who_want_to_know_them_before() -> None:
    odd = Category(id=9, name="a:b", retired=False)
    named = dict(VocTree([*CATEGORIES, odd]).ending())["labelmap.txt"]
    assert named == b"# label:color_rgb:parts:actions\nstop:::\nold:::\nyield:::\n"
