"""What the benchmark reports as F1 and IoU, and the scenes on which it does."""

import numpy as np
import pytest

from bench.records import PROMISED, Record, of_milliseconds, table, with_absent
from bench.scenes import PRO, SLOPPY, Boxes, Scene, simulate
from bench.scoring import score


def boxes(*rows: tuple[float, float, float, float, int]) -> Boxes:
    edges = np.array([row[:4] for row in rows], np.float64).reshape(len(rows), 4)
    return Boxes(edges, np.array([row[4] for row in rows], np.int64))


def test_a_box_matches_once_and_only_under_its_label() -> None:
    truth = boxes((0, 0, 10, 10, 1), (100, 0, 110, 10, 2))
    # The same place twice, the second shifted by 2 px: 80 of 120 pixels shared; a wrong label.
    found = boxes((0, 0, 10, 10, 1), (2, 0, 12, 10, 1), (100, 0, 110, 10, 3))
    result = score([(truth, found)])
    assert result.f1 == pytest.approx(2 * 1 / 5)
    assert (result.iou, result.n) == (1.0, 1)


def test_less_than_half_is_no_match_and_nothing_at_all_is_zero() -> None:
    # Shifted by 4 px: 60 of 140 pixels shared.
    assert score([(boxes((0, 0, 10, 10, 1)), boxes((4, 0, 14, 10, 1)))]).f1 == 0.0
    assert score([(boxes(), boxes())]).f1 == 0.0


def drawn_alone(scenes: list[Scene]) -> float:
    return score([(scene.truth, scene.answers[0]) for scene in scenes]).f1


def test_scenes_are_the_same_for_a_seed_and_lie_within_the_image() -> None:
    first, again = (simulate(count=5, objects=8, team=(SLOPPY,), seed=3) for _ in range(2))
    for scene, other in zip(first, again, strict=True):
        assert np.array_equal(scene.answers[0].edges, other.answers[0].edges)
        edges = scene.answers[0].edges
        assert (edges[:, 2:] - edges[:, :2] >= 2).all()
        assert (edges >= 0).all()
        assert (edges <= (1920, 1080, 1920, 1080)).all()


def test_who_works_with_more_care_comes_closer_to_the_truth() -> None:
    by_care = {
        care: drawn_alone(simulate(count=60, objects=10, team=(care,), seed=1))
        for care in (PRO, SLOPPY)
    }
    assert by_care[PRO] > 0.9 > by_care[SLOPPY] + 0.1


def test_a_promised_name_that_was_not_measured_is_reported_without_a_value() -> None:
    records = with_absent("start", [Record("start_seconds", 3.2, "s")], why="not measured yet")
    assert {record.name for record in records} == set(PROMISED["start"])
    (idle,) = (record for record in records if record.name == "idle_mib")
    assert (idle.value, idle.note) == (None, "not measured yet")
    assert "not measured yet" in table(records)


def test_timings_are_reported_in_milliseconds_with_median_and_p95() -> None:
    record = of_milliseconds("x", [seconds / 1000 for seconds in range(1, 101)])
    assert (record.value, record.p50, record.p95, record.n) == (50.5, 50.5, 96.0, 100)
