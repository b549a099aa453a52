"""Lines of Prodigy-style JSON."""

from __future__ import annotations

from typing import Any

from apps.exchange.domain.prodigy import answer_line, final_line, span_of
from apps.exchange.domain.records import Asked, Given, Provenance, Response, Settled, Source

META = {"n": None, "big": 2**63 - 1, "ž": [{"deep": ["🦊", -(2**63)]}]}


def asked(**changes: Any) -> Asked:
    fields: dict[str, Any] = {
        "id": "t",
        "number": 1,
        "interface": "image_manual",
        "source": Source("https://x.org/a.jpg", "a.jpg", "ab", 200, 100),
        "label": "",
        "options": None,
        "meta": META,
        "extra": {"id": "row-7", "_view_id": "image_manual", "answer": "reject", "_review": 1},
        "input_hash": "cd",
        "image": 1,
    }
    return Asked(**{**fields, **changes})


def test_unknown_keys_pass_and_ours_are_ours() -> None:
    given = Given(Response("accept", [], [], {}), "p1", "r1", 1_700_000_000)
    assert answer_line(asked(), given) == {
        "image": "https://x.org/a.jpg",
        "width": 200,
        "height": 100,
        "meta": META,
        "spans": [],
        "answer": "accept",
        "_task_id": "t",
        "_input_hash": "cd",
        "_image_sha256": "ab",
        "_annotator_id": "p1",
        "_timestamp": 1_700_000_000,
        "_revision": "r1",
        "id": "row-7",
        "_view_id": "image_manual",
    }


def test_a_final_line_names_no_annotator_but_tells_how_it_came_about() -> None:
    provenance = Provenance(
        "decided", True, {"accept": 2}, ["p1", "p2"], [], 0.5, "m/1", "p3", "at"
    )
    line = final_line(asked(), Settled(Response("reject", [], [], {}), provenance))
    assert "_annotator_id" not in line
    assert line["answer"] == "reject"
    assert line["_review"] == {
        "origin": "decided",
        "decided": True,
        "votes": {"accept": 2},
        "members": ["p1", "p2"],
        "objects": [],
        "confidence": 0.5,
        "algorithm": "m/1",
        "reviewer": "p3",
        "at": "at",
        "decisions": (),
        "returns": (),
        "second": None,
    }


def test_choosing_nothing_is_an_answer_and_option_ids_keep_their_type() -> None:
    options = [{"id": 0, "text": "none"}, {"id": "0", "text": "zero", "colour": "red"}]
    question = asked(interface="choice", options=options)
    none = final_line(question, Settled(Response("accept", [], [], {}), _agreed()))
    assert (none["accept"], none["options"]) == ([], options)
    assert "spans" not in none
    zero = final_line(question, Settled(Response("accept", [], ["0", 0], {}), _agreed()))
    assert [type(option) for option in zero["accept"]] == [str, int]


def test_a_span_keeps_what_it_came_with() -> None:
    span = {"zoo": {"a": [None]}, "label": "stop", "type": "rect", "x": 1.5}
    assert list(span_of(span)) == ["label", "type", "x", "zoo"]
    assert span_of(span) == span


def _agreed() -> Provenance:
    return Provenance("agreed", False, {"accept": 2}, [], [], 1.0, "m/1", None, "at")
