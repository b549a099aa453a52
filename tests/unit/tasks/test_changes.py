"""What somebody changed between two versions of their answer."""

from __future__ import annotations

from typing import Any

from apps.tasks.domain.changes import changes_between


def span(identifier: str, x: float, label: str = "a", **more: Any) -> dict[str, Any]:
    points = [[x, 0], [x, 10], [x + 10, 10], [x + 10, 0]]
    shape = {"type": "rect", "x": x, "y": 0, "width": 10, "height": 10, "points": points}
    return {"id": identifier, "label": label, **shape, **more}


def body(*spans: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"answer": "accept", "spans": list(spans), "accept": [], "attributes": {}, **more}


def kinds(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    return [change.kind for change in changes_between(before, after)]


def test_the_same_answer_has_no_changes() -> None:
    assert kinds(body(span("1", 0), span("2", 50)), body(span("2", 50), span("1", 0))) == []


def test_a_shape_is_known_by_its_id_wherever_it_went() -> None:
    (change,) = changes_between(body(span("1", 0)), body(span("1", 80)))
    assert (change.kind, change.before["x"], change.after["x"]) == ("moved", 0, 80)


def test_a_shape_drawn_anew_in_its_place_is_the_same_one() -> None:
    # 10 px wide, 2 px on: 8 of 12 px shared, IoU .67.
    assert kinds(body(span("1", 0)), body(span("new", 2))) == ["moved"]
    # 4 px on: 6 of 14, IoU .43.
    assert kinds(body(span("1", 0)), body(span("new", 4))) == ["removed", "added"]


def test_the_nearest_shapes_belong_together() -> None:
    before, after = body(span("1", 0), span("2", 3)), body(span("x", 3), span("y", 1))
    changes = changes_between(before, after)
    # 2 and x lie in one place; what is left of the others is 9 of 11 px.
    assert [(c.kind, c.before["id"], c.after["id"]) for c in changes] == [("moved", "1", "y")]


def test_everything_else_that_was_said_differs_too() -> None:
    before = body(span("1", 0, attributes={"lit": True}))
    after = body(span("1", 0, "b"), answer="reject", accept=["x"], attributes={"note": "wet"})
    assert kinds(before, after) == ["relabelled", "described", "answer", "chosen", "said"]
