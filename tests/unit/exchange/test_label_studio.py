"""Label Studio's JSON by hand-computed numbers."""

from __future__ import annotations

from typing import Any

from apps.exchange.domain.label_studio import task_of
from apps.exchange.domain.options import ExportOptions
from apps.exchange.domain.records import Entry
from tests.unit.exchange.entries import ELL, RECT, asked, entry, given, placed, settled

META = {"big": 2**63 - 1, "ž": [None, {"deep": [0.1 + 0.2]}]}
OPTIONS = [{"id": 1, "text": "one"}, {"id": "1", "text": "uno"}]


def told(whole: Entry, **options: Any) -> dict[str, Any]:
    return task_of(placed(whole), ExportOptions("label_studio", **options))


def test_sizes_are_percent_of_the_image() -> None:
    said = {**RECT, "attributes": {"hidden": True}}
    task = told(entry(asked(meta=META), settled(said, ELL)))
    (annotation,) = task["annotations"]
    box, outline = annotation["result"]
    # 200 x 100 pixels.
    assert box["value"] == {
        "x": 5.125,
        "y": 20.5,
        "width": 2.0,
        "height": 2.5,
        "rotation": 0,
        "rectanglelabels": ["yield"],
    }
    assert (box["id"], box["type"], box["from_name"]) == ("r", "rectanglelabels", "box")
    assert (box["original_width"], box["original_height"]) == (200, 100)
    assert box["attributes"] == {"hidden": True}
    assert outline["value"]["points"][3] == [1.5, 2.0]
    assert outline["value"]["polygonlabels"] == ["old"]
    assert task["data"]["meta"] == META
    assert annotation["ground_truth"] is True


def test_a_task_has_as_many_annotations_as_people() -> None:
    whole = entry(final=settled(), answers=[given(RECT), given(who="p2", answer="reject")])
    assert len(told(whole, which="both")["annotations"]) == 3
    first, second = told(whole, which="answers")["annotations"]
    assert [one["_annotator_id"] for one in (first, second)] == ["p1", "p2"]
    assert "completed_by" not in first, "Label Studio refuses people whom it does not know"
    assert second["result"][0]["value"] == {"choices": ["reject"]}
    named, _ = told(whole, which="answers", names=True)["annotations"]
    assert named["completed_by"] == {"email": "p1"}


def test_nothing_there_and_not_sure_are_two_answers() -> None:
    nothing = told(entry(final=settled()))["annotations"][0]
    unsure = told(entry(final=settled(answer="ignore")))["annotations"][0]
    assert (nothing["result"], nothing["was_cancelled"]) == ([], False)
    assert unsure["was_cancelled"] is True


def test_options_are_choices_and_keep_their_ids_beside() -> None:
    task = asked(interface="choice", options=OPTIONS, label="Which?")
    annotation = told(entry(task, settled(accept=["1"])))["annotations"][0]
    assert annotation["result"][0]["value"] == {"choices": ["uno"]}
    assert annotation["accept"] == ["1"]


def test_yes_and_no_are_choices() -> None:
    task = asked(interface="classification", label="A sign?")
    annotation = told(entry(task, settled()))["annotations"][0]
    assert annotation["result"][0]["value"] == {"choices": ["accept"]}
