"""One prediction, read strictly."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from apps.assist.domain.predictions import PredictionError, Target, read_prediction

TASK = "0190b7b0-c0de-7000-8000-00000000cafe"


def test_what_is_not_said_is_told_from_what_is_empty() -> None:
    read = read_prediction({"task": TASK, "spans": [], "score": 1})
    assert read.target == Target("task", uuid.UUID(TASK))
    assert (read.spans, read.accept, read.label, read.score) == ([], None, "", 1.0)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (["task"], "not_an_object"),
        ({"spans": []}, "bad_target"),
        ({"task": TASK, "url": "https://example.org/", "spans": []}, "bad_target"),
        ({"task": "7", "spans": []}, "bad_target"),
        ({"image": 7, "spans": []}, "bad_target"),
        ({"url": "", "spans": []}, "bad_target"),
        ({"task": TASK}, "empty_prediction"),
        ({"task": TASK, "spans": None}, "empty_prediction"),
        ({"task": TASK, "boxes": []}, "unknown_field"),
        ({"task": TASK, "spans": {}}, "bad_field"),
        ({"task": TASK, "accept": [True]}, "bad_field"),
        ({"task": TASK, "accept": [1.5]}, "bad_field"),
        ({"task": TASK, "label": 7}, "bad_field"),
        ({"task": TASK, "label": " "}, "bad_field"),
        ({"task": TASK, "score": "0.5"}, "bad_score"),
        ({"task": TASK, "score": True}, "bad_score"),
        ({"task": TASK, "score": float("nan")}, "bad_score"),
        ({"task": TASK, "score": float("inf")}, "bad_score"),
    ],
)
def test_every_fault_has_a_code(value: Any, code: str) -> None:
    with pytest.raises(PredictionError) as caught:
        read_prediction(value)
    assert caught.value.code == code
    assert caught.value.detail.endswith(".")
