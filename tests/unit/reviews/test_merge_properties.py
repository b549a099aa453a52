"""What must hold for every scene, whatever the boxes."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.datasets.domain.shapes import Shape, outline, rectangle
from apps.reviews.domain.answers import AnnotatorAnswer, Mark
from apps.reviews.domain.clusters import cluster
from apps.reviews.domain.columns import to_columns
from apps.reviews.domain.objects import learn_and_merge, merge_objects
from tests.unit.reviews.scenes import Box, as_bytes, drawn, merged, random_scene

labels = st.sampled_from(["car", "van"])
# Few distinct places make overlaps and exact ties, which is where order could leak into results.
places = st.integers(0, 6).map(lambda value: 10.0 * value)
sides = st.integers(1, 5).map(lambda value: 10.0 * value)
boxes: st.SearchStrategy[Box] = st.tuples(places, places, sides, sides, labels)
answers = st.lists(st.lists(boxes, max_size=5), min_size=2, max_size=5).map(
    lambda teams: [drawn("ABCDE"[n], *drawn_boxes) for n, drawn_boxes in enumerate(teams)]
)


@settings(max_examples=50)
@given(answers, st.randoms(use_true_random=False))
def test_the_order_of_annotators_and_boxes_changes_no_byte(scene, random) -> None:
    shuffled = [replace(answer, marks=_shuffled(answer.marks, random)) for answer in scene]
    random.shuffle(shuffled)
    assert as_bytes(merged(*shuffled)) == as_bytes(merged(*scene))
    assert merge_objects([shuffled]) == merge_objects([scene])


@given(st.lists(boxes, max_size=8))
def test_one_annotator_is_taken_as_is(drawn_boxes) -> None:
    answer = drawn("A", *drawn_boxes)
    result = merged(answer)
    assert [(each.shape, each.label) for each in result.objects] == [
        (mark.shape, mark.label) for mark in answer.marks
    ]
    assert result.conflicts == ()


@given(
    st.tuples(*[st.floats(0, 2000)] * 2, *[st.floats(0.01, 2000)] * 2, labels),
    st.integers(2, 6),
)
def test_identical_boxes_merge_to_that_box(box, count) -> None:
    result = merged(*[drawn(name, box) for name in "ABCDEF"[:count]])
    (only,) = result.objects
    assert only.shape == rectangle(*box[:4])
    assert (only.label, only.votes, only.state) == (box[4], count, "agreed")
    assert result.agreed


@given(answers)
def test_an_object_has_at_most_one_box_of_each_annotator(scene) -> None:
    for merged_object in merged(*scene).objects:
        names = [member.annotator for member in merged_object.members]
        assert len(set(names)) == len(names)


@given(answers)
def test_every_box_ends_in_exactly_one_place(scene) -> None:
    result = merged(*scene)
    placed = [
        member.span for each in result.objects for member in (*each.members, *each.duplicates)
    ]
    assert sorted(placed) == sorted(mark.id for answer in scene for mark in answer.marks)


@given(answers)
def test_a_merged_edge_lies_between_its_members(scene) -> None:
    shapes = {mark.id: mark.shape for answer in scene for mark in answer.marks}
    for each in merged(*scene).objects:
        members = np.array([shapes[member.span].edges for member in each.members])
        edges = np.array(each.shape.edges)
        assert (members.min(axis=0) <= edges + 1e-9).all()
        assert (edges <= members.max(axis=0) + 1e-9).all()


@given(answers, st.integers(-50, 50), st.integers(-50, 50), st.sampled_from([0.5, 2.0, 8.0]))
def test_moving_and_scaling_the_scene_moves_and_scales_the_result(scene, dx, dy, factor) -> None:
    columns = to_columns([scene])
    moved = to_columns([[_transformed(answer, dx, dy, factor) for answer in scene]])
    before, after = cluster(columns, growth=2.0), cluster(moved, growth=2.0 * factor)
    assert before.head.tolist() == after.head.tolist()
    assert before.successor.tolist() == after.successor.tolist()


@settings(max_examples=50)
@given(answers, st.integers(-50, 50), st.integers(-50, 50))
def test_moving_the_scene_moves_the_boxes(scene, dx, dy) -> None:
    before = merged(*scene).objects
    after = merged(*[_transformed(answer, dx, dy, 1.0) for answer in scene]).objects
    moved = np.array([_moved(each.shape, dx, dy, 1.0).edges for each in before])
    assert moved == pytest.approx(np.array([each.shape.edges for each in after]), abs=0.0015)


@settings(max_examples=50)
@given(st.lists(answers, min_size=1, max_size=4))
def test_questions_merged_together_do_not_touch_one_another(scenes) -> None:
    together = merge_objects(scenes * 2)
    assert together == [merge_objects([scene])[0] for scene in scenes] * 2


@settings(max_examples=50)
@given(answers)
def test_an_empty_answer_lowers_every_confidence(scene) -> None:
    before = merged(*scene).objects
    after = merged(*scene, drawn("Z")).objects
    assert [each.members for each in after] == [each.members for each in before]
    assert all(
        late.confidence < early.confidence for late, early in zip(after, before, strict=True)
    )
    assert all(each.disputed[0] == "existence" for each in after)


def test_a_thousand_random_scenes_raise_nothing_and_hold_no_nan() -> None:
    scenes = [random_scene(seed) for seed in range(1000)]
    for objects in learn_and_merge(scenes)[1]:
        for each in objects:
            assert all(math.isfinite(value) for value in (*each.shape.edges, *each.edge_sd))
            assert each.min_iou is None or 0 <= each.min_iou <= 1
            assert 0 < each.confidence <= each.existence <= 1
            assert each.shape.width > 0
            assert each.shape.height > 0


def test_random_scenes_survive_the_whole_way_to_json() -> None:
    for scene in map(random_scene, range(50)):
        stored = json.dumps(merged(*scene).as_dict(), allow_nan=False)
        assert stored == as_bytes(merged(*reversed(scene)))


def test_seventy_annotators_fit_in_one_object() -> None:
    team = [drawn(f"{n:02}", (10, 10, 50, 50, "car")) for n in range(70)]
    (only,) = merged(*team).objects
    assert only.votes == 70


def test_a_heap_of_boxes_is_swept_in_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    scene = random_scene(4)
    expected = merged(*scene)
    monkeypatch.setattr("apps.reviews.domain.pairs.CHUNK", 7)
    assert merged(*scene) == expected


def _shuffled(marks: Sequence[Mark], random) -> tuple[Mark, ...]:
    return tuple(random.sample(marks, len(marks)))


def _transformed(answer: AnnotatorAnswer, dx: float, dy: float, factor: float) -> AnnotatorAnswer:
    marks = [replace(each, shape=_moved(each.shape, dx, dy, factor)) for each in answer.marks]
    return replace(answer, marks=tuple(marks))


def _moved(shape: Shape, dx: float, dy: float, factor: float) -> Shape:
    if shape.type != "rect":
        points = tuple((factor * (x + dx), factor * (y + dy)) for x, y in shape.points)
        return outline(shape.type, points)
    x, y = factor * (shape.x + dx), factor * (shape.y + dy)
    return rectangle(x, y, factor * shape.width, factor * shape.height)
