"""Whether two reviewers came to the same."""

from __future__ import annotations

from typing import Any

import pytest

from apps.reviews.domain.reviewers import differing


def body(**more: Any) -> dict[str, Any]:
    return {"answer": "accept", "spans": [], "accept": [], "attributes": {}, **more}


def span(name: str, x: float, width: float, label: str = "stop") -> dict[str, Any]:
    return {
        "id": name,
        "label": label,
        "type": "rect",
        "x": x,
        "y": 0,
        "width": width,
        "height": 10,
        "points": [[x, 0], [x, 10], [x + width, 10], [x + width, 0]],
    }


@pytest.mark.parametrize(
    ("first", "second", "kinds"),
    [
        (body(), body(), []),
        (body(accept=[1, "1", 2]), body(accept=[2, 1, "1"]), []),
        (body(accept=[1]), body(accept=["1"]), ["chosen"]),
        (body(answer="reject", accept=[1]), body(answer="reject"), []),
        (body(), body(answer="reject"), ["answer"]),
        (body(attributes={"sky": 1}), body(), ["said"]),
        # 95 of 100 px in common is the same place, 80 of 100 is not.
        (body(spans=[span("a", 0, 100)]), body(spans=[span("a", 0, 95)]), []),
        (body(spans=[span("a", 0, 100)]), body(spans=[span("a", 0, 80)]), ["moved"]),
        (body(spans=[span("a", 0, 99)]), body(spans=[span("b", 0, 99)]), []),
        (body(spans=[span("a", 0, 9)]), body(spans=[span("a", 0, 9, "yield")]), ["relabelled"]),
        (body(spans=[span("a", 0, 9)]), body(spans=[span("b", 50, 9)]), ["removed", "added"]),
    ],
)
def test_what_the_second_says_otherwise(
    first: dict[str, Any], second: dict[str, Any], kinds: list[str]
) -> None:
    assert [change.kind for change in differing(first, second)] == kinds
