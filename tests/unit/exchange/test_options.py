"""Splits, and what formats refuse."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import Any

import pytest

from apps.exchange.domain.formats import FORMATS, Unfit, check, ending_of, media_type_of
from apps.exchange.domain.options import ExportOptions, are_splits, split_of
from tests.unit.exchange.entries import asked, entry, given, settled

THREE = {"train": 0.8, "val": 0.1, "test": 0.1}


def test_an_image_is_in_the_split_that_its_hash_says() -> None:
    # By the first digits: 0xCC / 256 = .797, 0xCD / 256 = .8008, 0xE6 / 256 = .898.
    ends = {"00": "train", "cc": "train", "cd": "val", "e6": "val", "e7": "test", "ff": "test"}
    assert {start: split_of(start + "0" * 62, THREE) for start in ends} == ends
    assert split_of("ff" * 32, {"train": 1.0}) == "train"
    assert split_of("00" * 32, None) == ""


def test_the_order_in_which_shares_are_named_is_nothing() -> None:
    turned = dict(reversed(THREE.items()))
    hashes = [hashlib.sha256(str(n).encode()).hexdigest() for n in range(500)]
    assert [split_of(h, THREE) for h in hashes] == [split_of(h, turned) for h in hashes]
    counts = Counter(split_of(h, THREE) for h in hashes)
    # 400, 50 and 50 are expected; these are three standard deviations about them.
    assert 373 < counts["train"] < 427
    assert 30 < counts["val"] < 70


@pytest.mark.parametrize(
    ("splits", "right"),
    [
        (THREE, True),
        ({"train": 1.0}, True),
        ({"train": 0.7, "val": 0.2, "test": 0.1}, True),
        ({}, False),
        ({"train": 0.8, "val": 0.1}, False),
        ({"train": 1.5, "val": -0.5}, False),
        ({"train": 1.0, "val": 0.0}, False),
        ({"train": float("nan")}, False),
        ({"train": float("inf")}, False),
        ({"../train": 1.0}, False),
    ],
)
def test_splits_are_a_whole(splits: dict[str, float], right: bool) -> None:
    assert are_splits(splits) is right


@pytest.mark.parametrize(
    ("wanted", "about", "code"),
    [
        ({"format": "coco"}, {"interface": "choice"}, "format_not_for_interface"),
        ({"format": "yolo"}, {"interface": "image"}, "format_not_for_interface"),
        ({"format": "yolo"}, {"interface": "choice"}, "format_needs_images"),
        (
            {"format": "yolo", "images": True},
            {"interface": "choice", "multiple": True},
            "one_class_each",
        ),
        ({"format": "yolo", "which": "both"}, {}, "format_needs_finals"),
        (
            {"format": "csv", "splits": THREE},
            {"interface": "image_choice"},
            "splits_not_for_interface",
        ),
    ],
)
def test_what_a_format_cannot_hold_is_refused(
    wanted: dict[str, Any], about: dict[str, Any], code: str
) -> None:
    with pytest.raises(Unfit) as refused:
        check(ExportOptions(**wanted), **{"interface": "image_manual", "multiple": False, **about})
    assert refused.value.code == code
    assert refused.value.detail.endswith(".")


def test_every_format_says_what_it_is() -> None:
    assert ending_of(ExportOptions("coco")) == "coco.json"
    assert ending_of(ExportOptions("coco", images=True)) == "coco.json.zip"
    assert ending_of(ExportOptions("yolo")) == "yolo.zip"
    assert media_type_of(ExportOptions("csv")) == "text/csv"
    assert media_type_of(ExportOptions("csv", splits=THREE)) == "application/zip"


@pytest.mark.parametrize(
    ("form", "verdict", "interface", "held"),
    [
        ("coco", "accept", "image_manual", True),
        ("coco", "reject", "image_manual", False),
        ("yolo", "reject", "classification", True),
        ("yolo", "ignore", "classification", False),
        ("jsonl", "ignore", "classification", True),
    ],
)
def test_which_answers_are_learnt_from(form: str, verdict: str, interface: str, held: bool) -> None:
    whole = entry(asked(interface=interface), settled(answer=verdict))
    assert FORMATS[form].holds(whole, ExportOptions(form)) is held


def test_a_task_without_what_was_asked_for_is_not_in_the_file() -> None:
    answered = entry(answers=[given()])
    assert not FORMATS["csv"].holds(answered, ExportOptions("csv"))
    assert FORMATS["csv"].holds(answered, ExportOptions("csv", "answers"))
    assert not FORMATS["csv"].holds(entry(final=settled()), ExportOptions("csv", "answers"))
