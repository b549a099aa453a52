"""What a review says of the merge that it was shown."""

from __future__ import annotations

from typing import Any

from apps.reviews.domain.audit import judged_objects


def box(x: float, label: str | None = "car") -> dict[str, Any]:
    return {"type": "rect", "x": x, "y": 0, "width": 40, "height": 20, "label": label}


def merged(*spans: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"span": span} for span in spans]


def rights(*args: Any, **kwargs: Any) -> list[bool]:
    return [each.right for each in judged_objects(*args, **kwargs)]


def test_an_object_is_right_if_the_final_has_it_with_its_label() -> None:
    objects = merged(box(0), box(100), box(200), box(300, None))
    # Shifted by 10 of 40: IoU 30 / 50 = .6. By 20: 20 / 60 = .33.
    truth = [box(10), box(120), box(200, "van"), box(300)]
    assert rights(objects, disputed=(), truth=truth) == [True, False, False, False]


def test_of_two_for_one_thing_one_is_wrong() -> None:
    assert sorted(rights(merged(box(0), box(2)), disputed=(), truth=[box(0)])) == [False, True]


def test_where_there_are_conflicts_only_what_they_are_about_was_looked_at() -> None:
    objects = merged(box(0), box(100), box(200))
    judged = judged_objects(objects, disputed={1}, truth=[box(100)])
    assert [(each.merged, each.right) for each in judged] == [(objects[1], True)]


def test_what_the_reviewer_deleted_was_wrong() -> None:
    assert rights(merged(box(0)), disputed={0}, truth=[]) == [False]
