"""Settings, labels and colours: what is accepted, and which words refuse the rest."""

from __future__ import annotations

from typing import Any

import pytest

from apps.datasets.config import DatasetConfig, GoldPolicy, Sample, SharedOverlap
from apps.datasets.config_rules import RuleError, check_config
from apps.datasets.domain.blocks import Option
from apps.datasets.domain.drawing import Drawing
from apps.datasets.label_rules import check_labels
from apps.datasets.models import Dataset, Interface
from concord.errors import Invalid

CHOICE = Interface.CHOICE


def fields_refused(raw: dict[str, Any], interface: Interface = CHOICE) -> set[str]:
    with pytest.raises(Invalid) as caught:
        check_config(raw, interface=interface)
    assert isinstance(caught.value.errors, dict)
    return set(caught.value.errors)


def test_what_is_not_said_has_its_default() -> None:
    assert check_config({}, interface=Interface.IMAGE_MANUAL) == DatasetConfig(
        question="",
        options=(),
        choice_style="single",
        auto_accept=False,
        overlap=1,
        review_policy="conflicts",
    )


@pytest.mark.parametrize(
    ("overlap", "read"),
    [
        (1, 1),
        (64, 64),
        ("all", "all"),
        ({"base": 1, "share": 0.1, "to": 3}, SharedOverlap(base=1, share=0.1, to=3)),
    ],
)
def test_overlap(overlap: Any, read: Any) -> None:
    assert check_config({"overlap": overlap}, interface=CHOICE).overlap == read


@pytest.mark.parametrize(
    "overlap",
    [
        0,
        65,
        -1,
        True,
        2.0,
        "2",
        "ALL",
        None,
        [],
        {},
        {"base": 1, "to": 3},
        {"base": 3, "share": 0.1, "to": 3},
        {"base": 1, "share": 0, "to": 3},
        {"base": 1, "share": 1.5, "to": 3},
        {"base": 1, "share": float("nan"), "to": 3},
        {"base": 1, "share": True, "to": 3},
        {"base": 1, "share": 0.5, "to": 65},
        {"base": 1, "share": 0.5, "to": 3, "x": 1},
    ],
)
def test_overlap_refused(overlap: Any) -> None:
    assert fields_refused({"overlap": overlap}) == {"overlap"}


@pytest.mark.parametrize("policy", ["none", "conflicts", "all"])
def test_review_policy(policy: str) -> None:
    assert check_config({"review_policy": policy}, interface=CHOICE).review_policy == policy


def test_review_of_a_sample() -> None:
    config = check_config({"review_policy": {"sample": 0.25}}, interface=CHOICE)
    assert config.review_policy == Sample(sample=0.25)


@pytest.mark.parametrize("policy", ["some", True, 0.1, {"sample": 0}, {"sample": 2}, {}, [], None])
def test_review_policy_refused(policy: Any) -> None:
    assert fields_refused({"review_policy": policy}) == {"review_policy"}


def test_option_ids_keep_their_type() -> None:
    raw = [{"id": 1, "text": "one"}, {"id": "1", "text": "uno"}, {"id": 0, "text": "none"}]
    config = check_config({"options": raw}, interface=CHOICE)
    assert config.options == (
        Option(id=1, text="one", key="1"),
        Option(id="1", text="uno", key="2"),
        Option(id=0, text="none", key="3"),
    )
    assert [type(option["id"]) for option in config.as_json()["options"]] == [int, str, int]


def test_the_eleventh_option_has_no_key_and_a_chosen_key_is_not_given_twice() -> None:
    raw: list[dict[str, Any]] = [{"id": n, "text": f"t{n}"} for n in range(11)]
    keys = [option.key for option in check_config({"options": raw}, interface=CHOICE).options]
    assert keys == [*"1234567890", ""]
    raw[1]["key"] = "1"
    keys = [option.key for option in check_config({"options": raw}, interface=CHOICE).options]
    assert keys == [*"2134567890", ""]


@pytest.mark.parametrize(
    "options",
    [
        "a",
        [1],
        [{"id": 1}],
        [{"id": True, "text": "yes"}],
        [{"id": 1.5, "text": "x"}],
        [{"id": "", "text": "x"}],
        [{"id": None, "text": "x"}],
        [{"id": 1, "text": " "}],
        [{"id": 1, "text": "x", "extra": 1}],
        [{"id": 1, "text": "x", "key": "q"}],
        [{"id": 1, "text": "x"}, {"id": 1, "text": "y"}],
        [{"id": 1, "text": "x", "key": "2"}, {"id": 2, "text": "y", "key": "2"}],
    ],
)
def test_options_refused(options: Any) -> None:
    assert fields_refused({"options": options}) == {"options"}


def test_contradictions_are_refused() -> None:
    many = {"choice_style": "multiple", "auto_accept": True}
    assert fields_refused(many) == {"auto_accept"}
    drawing = {"options": [{"id": 1, "text": "x"}], **many}
    assert fields_refused(drawing, Interface.IMAGE_MANUAL) == {
        "options",
        "choice_style",
        "auto_accept",
    }


def test_every_wrong_field_is_named_at_once() -> None:
    raw = {"question": 5, "choice_style": "both", "auto_accept": "yes", "colour": 1}
    assert fields_refused(raw) == set(raw)


def test_settings_survive_the_database() -> None:
    raw = {
        "question": "Which?",
        "options": [{"id": "a", "text": "A"}],
        "choice_style": "multiple",
        "overlap": {"base": 1, "share": 0.5, "to": 2},
        "review_policy": {"sample": 0.1},
    }
    config = check_config(raw, interface=CHOICE)
    stored = Dataset(interface=CHOICE, config=config.as_json())
    assert DatasetConfig.of(stored) == config
    assert check_config(stored.config, interface=CHOICE) == config


def test_labels_get_colours_and_keys() -> None:
    specs = check_labels(["CAT", {"name": " DOG ", "colour": "#E69F00", "key": "1"}, "FOX"])
    assert [(s.name, s.colour, s.key) for s in specs] == [
        ("CAT", "#56b4e9", "2"),
        ("DOG", "#e69f00", "1"),
        ("FOX", "#009e73", "3"),
    ]


@pytest.mark.parametrize(
    "labels",
    [
        [""],
        ["  "],
        [5],
        [None],
        ["A", "A"],
        ["A", " A "],
        ["\u00c5", "A\u030a"],
        ["A\nB"],
        ["x" * 101],
        [{"name": "A", "colour": "red"}],
        [{"name": "A", "key": "12"}],
        [{"name": "A", "key": "1"}, {"name": "B", "key": "1"}],
        [{"name": "A", "shapes": ["mask"]}],
        [{"name": "A", "shapes": []}],
        [{"name": "A", "icon": "x"}],
        [{"name": "A", "attributes": [{"name": "a"}]}],
        [{"name": "A", "attributes": [{"name": "a", "kind": "select"}]}],
        [{"name": "A", "attributes": [{"name": "a", "kind": "select", "options": ["x", " x"]}]}],
        [{"name": "A", "attributes": [{"name": "a", "kind": "select", "options": [{"x": 1}]}]}],
        [{"name": "A", "attributes": [{"name": "a", "kind": "text", "options": ["x"]}]}],
        [{"name": "A", "attributes": [{"name": "a", "kind": "number", "default": "7"}]}],
        [{"name": "A", "attributes": [{"name": "a", "kind": "checkbox", "required": 1}]}],
        [
            {
                "name": "A",
                "attributes": [{"name": "a", "kind": "text"}, {"name": "a ", "kind": "text"}],
            }
        ],
    ],
)
def test_labels_refused(labels: list[Any]) -> None:
    with pytest.raises(RuleError):
        check_labels(labels)


def test_attributes_are_kept_tidy() -> None:
    asked = [
        {"name": " colour ", "kind": "select", "options": [" red ", "green"], "default": "red"},
        {"name": "occluded", "kind": "checkbox", "default": False, "required": True},
        {"name": "doors", "kind": "number", "default": None},
    ]
    (label,) = check_labels([{"name": "A", "attributes": asked}])
    assert label.attributes == [
        {"name": "colour", "kind": "select", "options": ["red", "green"], "default": "red"},
        {"name": "occluded", "kind": "checkbox", "default": False, "required": True},
        {"name": "doors", "kind": "number"},
    ]


def test_existing_names_stay_taken() -> None:
    with pytest.raises(RuleError, match="unique for ever"):
        check_labels(["CAT"], names={"CAT"})


@pytest.mark.parametrize(
    ("gold", "read"),
    [
        ({}, GoldPolicy(rate=0.0, per_day=20, feedback=False)),
        ({"rate": 0}, GoldPolicy()),
        ({"rate": 0.5, "per_day": 1, "feedback": True}, GoldPolicy(0.5, 1, True)),
    ],
)
def test_gold(gold: Any, read: GoldPolicy) -> None:
    settings = check_config({"gold": gold}, interface=CHOICE)
    assert settings.gold == read
    assert DatasetConfig.of(Dataset(config=settings.as_json())) == settings


@pytest.mark.parametrize(
    ("gold", "at"),
    [({"rate": 0.51}, "rate"), ({"rate": -0.1}, "rate"), ({"rate": True}, "rate"),
     ({"rate": "0.1"}, "rate"), ({"rate": False}, "rate"), ({"per_day": 0}, "per_day"),
     ({"per_day": 1.5}, "per_day"), ({"feedback": 1}, "feedback")],
)  # fmt: skip
def test_gold_that_makes_no_sense_says_where(gold: Any, at: str) -> None:
    with pytest.raises(Invalid) as caught:
        check_config({"gold": gold}, interface=CHOICE)
    assert isinstance(caught.value.errors, dict)
    assert set(caught.value.errors["gold"]) == {at}


@pytest.mark.parametrize("gold", [None, 0.1, {"share": 0.1}])
def test_gold_is_an_object_of_known_keys(gold: Any) -> None:
    assert fields_refused({"gold": gold}) == {"gold"}


@pytest.mark.parametrize(
    ("drawing", "read"),
    [
        ({}, Drawing()),
        ({"shapes": ["polygon", "rect", "polygon"]}, Drawing(shapes=("rect", "polygon"))),
        (
            {"box_by": "extremes", "from_centre": True, "crossing": "refuse", "darken": 0.8},
            Drawing(box_by="extremes", from_centre=True, crossing="refuse", darken=0.8),
        ),
        (
            {"stroke_width": 6, "font_size": 24, "show_labels": False, "label_list": "dropdown"},
            Drawing(stroke_width=6, font_size=24, show_labels=False, label_list="dropdown"),
        ),
    ],
)
def test_drawing(drawing: Any, read: Drawing) -> None:
    settings = check_config({"drawing": drawing}, interface=Interface.IMAGE_MANUAL)
    assert settings.drawing == read
    assert DatasetConfig.of(Dataset(config=settings.as_json())) == settings


@pytest.mark.parametrize(
    ("drawing", "at"),
    [({"shapes": []}, "shapes"), ({"shapes": "rect"}, "shapes"), ({"shapes": ["mask"]}, "shapes"),
     ({"shapes": [["rect"]]}, "shapes"), ({"box_by": "clicks"}, "box_by"),
     ({"box_by": ["drag"]}, "box_by"), ({"from_centre": 1}, "from_centre"),
     ({"crossing": None}, "crossing"), ({"stroke_width": 0}, "stroke_width"),
     ({"stroke_width": 2.5}, "stroke_width"), ({"font_size": 25}, "font_size"),
     ({"darken": 0.81}, "darken"), ({"darken": float("nan")}, "darken"),
     ({"darken": True}, "darken"), ({"show_labels": "no"}, "show_labels"),
     ({"label_list": "menu"}, "label_list")],
)  # fmt: skip
def test_drawing_that_makes_no_sense_says_where(drawing: Any, at: str) -> None:
    with pytest.raises(Invalid) as caught:
        check_config({"drawing": drawing}, interface=Interface.IMAGE_MANUAL)
    assert isinstance(caught.value.errors, dict)
    assert set(caught.value.errors["drawing"]) == {at}


def test_only_drawing_has_settings_of_drawing() -> None:
    assert fields_refused({"drawing": {"darken": 0.5}}) == {"drawing"}
    check_config({"drawing": {"darken": 0}}, interface=CHOICE)
