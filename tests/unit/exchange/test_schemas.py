"""The published forms are those to which files are held, both ways."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from apps.exchange.domain.prodigy import answer_line, final_line
from apps.exchange.domain.records import Given, Provenance, Response, Settled, Source, Tile
from apps.exchange.domain.schemas import PUBLISHED, schema_of
from apps.imports.domain.rows import RowError
from apps.imports.domain.tasks import row_of_task
from apps.tasks.spans import store_spans
from concord.errors import Invalid
from tests.unit.exchange.test_prodigy import asked

BEYOND = {"conflict", "no_area", "outside", "rotated", "too_few_points", "duplicate_option"}
"""Faults that no schema can tell: parts are to be compared with one another."""

RECT = {"label": "sign", "x": 1, "y": 2, "width": 3, "height": 4}
CORNERS = [[1, 2], [1, 6], [4, 6], [4, 2]]
ADDRESS = "https://example.org/1.jpg"
VALIDATORS = {name: Draft202012Validator(schema_of(name)) for name in PUBLISHED}


def fits(name: str, value: Any) -> bool:
    fits: bool = VALIDATORS[name].is_valid(value)
    return fits


def fault_of_span(span: Any) -> str | None:
    """The code with which a shape of an image of 100 by 100 pixels is refused."""
    try:
        store_spans([span], labels={"sign": "1"}, width=100, height=100)
    except Invalid as error:
        code: str = error.errors["spans"]["0"]["code"]
        return code
    return None


def fault_of_task(task: Any) -> str | None:
    try:
        row = row_of_task(task, line=1)
    except RowError as error:
        return error.code
    return next(filter(None, map(fault_of_span, row.payload.get("spans", []))), None)


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_schema_is_one(name: str) -> None:
    Draft202012Validator.check_schema(schema_of(name))
    assert json.loads(json.dumps(schema_of(name))) == schema_of(name)


@pytest.mark.parametrize(
    "span",
    [
        RECT,
        {**RECT, "type": "rect", "points": CORNERS, "center": [2.5, 4], "id": 7, "odd": [None]},
        {"label": "sign", "points": CORNERS},
        {"label": "sign", "type": "rect", "points": CORNERS[::-1], "x": None, "center": None},
        {"label": "sign", "type": "polygon", "points": [[0, 0], [5, 0], [0, 5.5]]},
        {"label": "sign", "points": [[0, 0], [5, 0], [0, 5]], "attributes": {"a": 1}},
        {**RECT, "type": None, "mask": None, "holes": [], "angle": 0, "rotation": 0.0},
        {**RECT, "extreme_points": [[1, 3], [4, 3], [2, 2], [2, 6]]},
    ],
    ids=range(8),
)
def test_a_span_that_is_taken_fits(span: Any) -> None:
    assert fault_of_span(span) is None
    assert fits("span", span)
    assert fits("task", {"image": ADDRESS, "spans": [span]})


@pytest.mark.parametrize(
    "span",
    [
        {},
        [],
        {**RECT, "label": None},
        {key: value for key, value in RECT.items() if key != "label"},
        {key: value for key, value in RECT.items() if key != "width"},
        {"label": "sign"},
        {**RECT, "x": "1"},
        {**RECT, "x": True},
        {**RECT, "x": 1e10},
        {**RECT, "width": 0},
        {**RECT, "height": -1},
        {**RECT, "type": "polygon"},
        {**RECT, "type": "mask"},
        {**RECT, "type": "ellipse"},
        {**RECT, "type": 1},
        {**RECT, "rle": {"counts": "x"}},
        {**RECT, "holes": [[[1, 1]]]},
        {**RECT, "angle": 0.5},
        {**RECT, "points": "1,2"},
        {**RECT, "points": []},
        {**RECT, "type": "rect", "points": [*CORNERS, [9, 9]]},
        {"label": "sign", "points": [[1, 2, 3], [4, 5], [6, 7]]},
        {"label": "sign", "points": [[1, 2], [4, 5]]},
        {**RECT, "center": [1]},
        {**RECT, "attributes": []},
        {**RECT, "attributes": None},
        {**RECT, "extreme_points": [[1, 3], [4, 3], [2, 2]]},
    ],
    ids=range(27),
)
def test_a_span_that_is_refused_does_not_fit(span: Any) -> None:
    assert fault_of_span(span) is not None
    assert not fits("span", span)


NUMBERS = st.sampled_from([0, 1, 4.5, -1, 60, 101, 300, 2e9, None, "1", True, [1]])
POINTS = st.lists(st.lists(NUMBERS, min_size=1, max_size=3), max_size=5)
SPANS = st.fixed_dictionaries(
    {},
    optional={
        "label": st.sampled_from(["sign", None, 1]),
        "type": st.sampled_from(["rect", "polygon", "freehand", "rle", "x", None, 3]),
        **dict.fromkeys(("x", "y", "width", "height"), NUMBERS),
        "points": st.one_of(POINTS, st.just(CORNERS), NUMBERS),
        "center": st.one_of(st.just([2.5, 4]), NUMBERS),
        "attributes": st.sampled_from([{}, {"a": 1}, [], None]),
        "mask": st.sampled_from([None, False, 0, "", [], {}, 1, "x", [0]]),
        "extreme_points": st.one_of(POINTS, NUMBERS),
    },
)


@given(span=st.one_of(SPANS, SPANS.map(lambda span: {**RECT, **span})))
@example(span={**RECT, "points": [[1, 2], [1, 2], [1, 2]]})
def test_whatever_fits_is_taken_and_whatever_is_refused_does_not_fit(span: Any) -> None:
    fault = fault_of_span(span)
    if fault not in BEYOND:
        assert not (fits("span", span) and fault), fault


@pytest.mark.parametrize(
    "task",
    [
        {"image": ADDRESS},
        {"image": f" {ADDRESS}?a=b#c \n", "label": "x" * 200, "meta": {"deep": [{}]}, "own": None},
        {"image": "HTTP://example.org"},
        {"image": "s3://bucket/a b/1.jpg"},
        {"image": "data:image/png;base64,AAAA"},
        {"image": ADDRESS, "options": [{"id": 0}, {"id": "0", "text": "zero"}, {"id": 2**64 - 1}]},
        {"image": ADDRESS, "accept": [1, "1"], "priority": -32767, "score": 0.5},
        dict.fromkeys(("label", "meta", "spans", "options", "accept", "priority", "score"))
        | {"image": ADDRESS},
        {"options": [{"id": 1, "image": ADDRESS}, {"id": 2, "image": ADDRESS}]},
    ],
    ids=range(9),
)
def test_a_task_that_is_taken_fits(task: Any) -> None:
    assert fault_of_task(task) is None
    assert fits("task", task)


@pytest.mark.parametrize(
    "task",
    [
        {},
        [],
        7,
        {"image": None},
        {"image": ""},
        {"image": 7},
        {"image": "1.jpg"},
        {"image": "ftp://example.org/1.jpg"},
        {"image": "https://"},
        {"image": "https:///1.jpg"},
        {"image": "https://a b/1.jpg"},
        {"image": "https://user:word@example.org/1.jpg"},
        {"image": "https://example.org/\x00"},
        {"image": "https://example.org/" + "x" * 4096},
        {"image": "s3://bucket"},
        {"image": "s3:///a.jpg"},
        {"image": ADDRESS, "label": 1},
        {"image": ADDRESS, "label": "x" * 201},
        {"image": ADDRESS, "meta": []},
        {"image": ADDRESS, "spans": {}},
        {"image": ADDRESS, "spans": ["x"]},
        {"image": ADDRESS, "options": [{"text": "none"}]},
        {"image": ADDRESS, "options": [{"id": True}]},
        {"image": ADDRESS, "options": [{"id": None}]},
        {"image": ADDRESS, "options": [{"id": 1.5}]},
        {"image": ADDRESS, "options": [{"id": 1, "text": 1}]},
        {"image": ADDRESS, "options": ["x"]},
        {"image": ADDRESS, "accept": "x"},
        {"image": ADDRESS, "accept": [None]},
        {"image": ADDRESS, "accept": [True]},
        {"image": ADDRESS, "priority": 32768},
        {"image": ADDRESS, "priority": "1"},
        {"image": ADDRESS, "score": "0.5"},
        {"image": ADDRESS, "score": True},
        {"options": [{"id": 1}]},
        {"options": [{"id": 1, "image": ADDRESS}]},
        {"options": [{"id": n, "image": ADDRESS} for n in range(13)]},
        {"options": [{"id": 1, "image": ADDRESS}, {"id": 2, "image": "2.jpg"}]},
        {"options": [{"id": 1, "image": ADDRESS}, {"id": 2}]},
        {"url": "x", "options": [{"id": n, "image": ADDRESS} for n in range(2)]},
    ],
    ids=range(40),
)
def test_a_task_that_is_refused_does_not_fit(task: Any) -> None:
    assert fault_of_task(task) is not None
    assert not fits("task", task)


STORED = {
    "id": "s",
    "label": "sign",
    "type": "rect",
    **{key: RECT[key] for key in ("x", "y", "width", "height")},
    "points": CORNERS,
    "center": [2.5, 4],
    "attributes": {"lit": True},
}
OPTIONS = [{"id": 0, "text": "none"}, {"id": "0", "text": "zero", "colour": "red"}]
TILES = [Tile(n, Source(ADDRESS, "1.jpg", "ab", 20, 10), {"known": True}) for n in range(2)]
QUESTIONS = [
    asked(),
    asked(interface="image", spans=[STORED]),
    asked(interface="classification", label="x" * 500),
    asked(interface="choice", options=OPTIONS),
    asked(interface="image_choice", tiles=TILES, source=TILES[0].source),
]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.interface)
def test_every_line_that_goes_out_is_an_answer(question: Any) -> None:
    said = Response("accept", [STORED], [0, "0"], {"block": "text"})
    provenance = Provenance("agreed", False, {"accept": 2}, [], [], 1.0, "m", None, "at")
    final = json.loads(json.dumps(final_line(question, Settled(said, provenance))))
    version = json.loads(json.dumps(answer_line(question, Given(said, "p", "r", 1_700_000_000))))
    assert fits("answer", final)
    assert not fits("version", final)
    assert fits("answer", version)
    assert fits("version", version)
    for key in ("answer", "_task_id"):
        assert not fits("answer", {**version, key: None})
    assert not fits("version", {**version, "_annotator_id": None})


def test_an_option_is_one_of_a_task() -> None:
    assert all(fits("option", option) for option in OPTIONS)
    assert not fits("option", {"text": "x"})
    assert not fits("option", {"id": 2**64})
