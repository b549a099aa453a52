"""From a merge and rulings to the final answer, computed by hand."""

from typing import Any

import pytest

from apps.reviews.domain.answers import Question
from apps.reviews.domain.resolution import resolve
from apps.reviews.domain.rulings import Ruling, Undecidable, Version

BOXES = Question(interface="image_manual")
SIGN = {"id": "m1", "type": "rect", "x": 10, "y": 10, "width": 40, "height": 30, "label": "stop"}
LONE = {"id": "m2", "type": "rect", "x": 80, "y": 80, "width": 10, "height": 10, "label": "yield"}
BY_ANN = {"id": "a1", "type": "rect", "x": 9, "y": 10, "width": 40, "height": 30, "label": "stop"}
BY_BEN = {"id": "b1", "type": "rect", "x": 11, "y": 10, "width": 40, "height": 30, "label": "yield"}

VERSIONS = {
    "ann": Version("accept", {"a1": BY_ANN, "a2": {**LONE, "id": "a2"}}, ()),
    "ben": Version("accept", {"b1": BY_BEN}, ()),
}


def merge(**changes: Any) -> dict[str, Any]:
    objects = [
        {
            "span": SIGN,
            "members": [{"annotator": "ann", "span": "a1"}, {"annotator": "ben", "span": "b1"}],
        },
        {"span": LONE, "members": [{"annotator": "ann", "span": "a2"}]},
    ]
    return {"answer": "accept", "accept": None, "objects": objects, **changes}


def labels_of(rulings: list[Ruling], **changes: Any) -> list[str]:
    resolution = resolve(BOXES, merge(**changes), VERSIONS, rulings)
    return [span["label"] for span in resolution.spans]


def test_without_rulings_the_proposal_stands() -> None:
    resolution = resolve(BOXES, merge(), VERSIONS, [])
    assert resolution.answer == "accept"
    assert resolution.spans == (SIGN, LONE)


def test_a_label_of_another_version_leaves_the_extent_alone() -> None:
    ruling = Ruling("version", "label", object=0, version="ben")
    resolution = resolve(BOXES, merge(), VERSIONS, [ruling])
    assert resolution.spans[0] == {**SIGN, "label": "yield"}


def test_an_extent_of_another_version_leaves_the_label_alone() -> None:
    ruling = Ruling("version", "extent", object=0, version="ben")
    resolution = resolve(BOXES, merge(), VERSIONS, [ruling])
    assert resolution.spans[0] == {**BY_BEN, "label": "stop"}


def test_a_version_that_drew_nothing_takes_the_object_away() -> None:
    assert labels_of([Ruling("version", "existence", object=1, version="ben")]) == ["stop"]
    assert labels_of([Ruling("version", "existence", object=1, version="ann")]) == ["stop", "yield"]


def test_a_version_says_whether_it_is_one_box_or_two() -> None:
    objects = [{**merge()["objects"][0], "covers": [0, 1]}, merge()["objects"][1]]
    two = Ruling("version", "group", object=0, version="ann", by="d1")
    resolution = resolve(BOXES, merge(objects=objects), VERSIONS, [two])
    assert resolution.spans == ({**BY_ANN, "label": "stop"}, {**LONE, "id": "a2"})
    assert [each["rulings"] for each in resolution.objects] == [["d1"], ["d1"]]
    one = Ruling("version", "group", object=0, version="ben")
    resolution = resolve(BOXES, merge(objects=objects), VERSIONS, [one])
    assert resolution.spans == ({**BY_BEN, "label": "stop"},)


def test_delete_and_a_later_ruling_on_the_same_object() -> None:
    delete = Ruling("delete", "existence", object=1)
    assert labels_of([delete]) == ["stop"]
    assert labels_of([delete, Ruling("label", "label", object=1, label="stop")]) == ["stop", "stop"]


def test_a_shape_that_everybody_missed_is_added() -> None:
    added = {**LONE, "id": "new", "x": 0}
    resolution = resolve(BOXES, merge(), VERSIONS, [Ruling("edit", None, span=added, by="d1")])
    assert resolution.spans[2] == added
    assert resolution.objects[2] == {"span": "new", "kept": True, "members": [], "rulings": ["d1"]}


def test_reject_ends_with_no_shapes() -> None:
    resolution = resolve(BOXES, merge(), VERSIONS, [Ruling("reject", "answer")])
    assert (resolution.answer, resolution.spans) == ("reject", ())


def test_a_tie_cannot_be_accepted() -> None:
    with pytest.raises(Undecidable) as error:
        resolve(BOXES, merge(answer=None), VERSIONS, [Ruling("accept", "answer")])
    assert error.value.code == "no_proposal"
    tied = [{"span": {**SIGN, "label": None}, "members": []}]
    with pytest.raises(Undecidable) as error:
        resolve(BOXES, merge(objects=tied), VERSIONS, [])
    assert error.value.code == "undecided"


def test_options_keep_their_types_and_their_order() -> None:
    question = Question(interface="choice", options=("1", 1, 0), multiple=True)
    proposal = {"answer": "accept", "accept": [0], "objects": []}
    versions = {"ann": Version("accept", {}, (1, 0)), "ben": Version("accept", {}, (0,))}
    taken = resolve(
        question, proposal, versions, [Ruling("version", "label", option=1, version="ann")]
    )
    assert [(type(option), option) for option in taken.accept] == [(int, 1), (int, 0)]
    left = resolve(
        question, proposal, versions, [Ruling("version", "label", option=1, version="ben")]
    )
    assert left.accept == (0,)
