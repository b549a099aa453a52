"""What differs between the finals of two moments."""

from __future__ import annotations

from typing import Any

from apps.exchange.domain.diffs import TaskChange, details_between, differences
from apps.exchange.domain.finals import FinalRow, digest_of

STOP = {"type": "rect", "x": 10, "y": 10, "width": 40, "height": 20, "label": "stop"}


def box(x: float, label: str = "stop", **more: Any) -> dict[str, Any]:
    right, bottom = x + 40, 30
    points = [[x, 10], [x, bottom], [right, bottom], [right, 10]]
    return {**STOP, "x": x, "label": label, "points": points, **more}


def line(*spans: dict[str, Any], answer: str = "accept", **more: Any) -> dict[str, Any]:
    return {"answer": answer, "spans": [*spans], **more}


def rows(**lines: dict[str, Any]) -> list[FinalRow]:
    return [
        FinalRow((place, name), digest_of(each), lambda each=each: each)  # type: ignore[misc]  # bound now
        for place, (name, each) in enumerate(sorted(lines.items()))
        if each
    ]


def found(before: list[FinalRow], after: list[FinalRow]) -> list[tuple[str, str]]:
    return [(each.task, each.kind) for each in differences(before, after)]


def test_tasks_come_go_and_change_and_those_that_stay_are_not_opened() -> None:
    def closed() -> dict[str, Any]:
        raise AssertionError("read although its digest is the same")

    same = FinalRow((0, "a"), "00", closed)
    other = rows(b=line(), c=line(box(10)), e=line())
    now = rows(c=line(box(12)), d=line(), e=line())
    place = {"b": 1, "c": 2, "d": 3, "e": 4}
    before, after = (
        [same, *(FinalRow((place[r.place[1]], r.place[1]), r.digest, r.line) for r in side)]
        for side in (other, now)
    )
    assert found(before, after) == [("b", "removed"), ("c", "changed"), ("d", "added")]
    assert found([], after[1:]) == [("c", "added"), ("d", "added"), ("e", "added")]
    assert found(before[1:], []) == [("b", "removed"), ("c", "removed"), ("e", "removed")]
    assert found(before, before) == []


def test_shapes_are_found_again_by_where_they_lie_and_told_with_their_overlap() -> None:
    before = line(box(10), box(100), box(200, "stop"))
    after = line(box(50), box(110), box(200, "yield"))
    details = details_between(before, after)
    assert [(each["kind"], each.get("iou")) for each in details] == [
        ("shape_removed", None),
        ("moved", 0.6),  # 30 of 50 columns in common
        ("relabelled", 1.0),
        ("shape_added", None),
    ]
    assert details[1]["before"]["x"] == 100
    assert details[1]["after"]["x"] == 110
    assert details[3]["after"]["x"] == 50


def test_a_shape_that_moved_far_is_the_same_by_its_id() -> None:
    (moved,) = details_between(line(box(10, id="s")), line(box(110, id="s")))
    assert (moved["kind"], moved["iou"]) == ("moved", 0.0)


def test_a_shape_that_moved_and_is_called_otherwise_is_told_as_both() -> None:
    details = details_between(line(box(10)), line(box(20, "yield")))
    assert [each["kind"] for each in details] == ["relabelled", "moved"]


def test_verdict_options_and_blocks_are_told_with_both_values() -> None:
    before = line(answer="accept", accept=[1], attributes={"note": "a"})
    after = line(answer="reject", accept=["1"], attributes={})
    assert details_between(before, after) == [
        {"kind": "answer", "before": "accept", "after": "reject"},
        {"kind": "chosen", "before": [1], "after": ["1"]},
        {"kind": "said", "before": {"note": "a"}, "after": {}},
    ]


def test_what_has_no_words_of_its_own_is_named_by_its_keys() -> None:
    assert details_between(line(meta={"n": 1}), line(meta={"n": 1.0}, extra=0)) == [
        {"kind": "other", "keys": ["extra", "meta"]}
    ]
    noted = details_between(line(box(10, id="s")), line(box(10, id="s", note="seen")))
    assert noted == [{"kind": "other", "keys": ["spans"]}]


def test_a_change_tells_each_of_its_kinds_once() -> None:
    details = details_between(line(box(10), box(100)), line())
    change = TaskChange("t", "changed", None, None, details)
    assert change.kinds == ["changed", "shape_removed"]
