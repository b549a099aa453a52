"""Which outlines cross themselves; the canvas reads the same cases."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from apps.datasets.domain.crossing import crosses_itself
from apps.datasets.domain.shapes import outline, rectangle

CASES = json.loads(Path(__file__).with_name("crossing_cases.json").read_text())


@pytest.mark.parametrize("case", CASES, ids=[case["what"] for case in CASES])
def test_an_outline_is_judged_wherever_it_starts_and_whichever_way_it_runs(
    case: dict[str, Any],
) -> None:
    points = tuple((float(x), float(y)) for x, y in case["points"])
    for turned in (points, points[::-1], points[1:] + points[:1]):
        assert crosses_itself(outline("polygon", turned)) is case["crosses"]


def test_a_rectangle_never_does() -> None:
    assert not crosses_itself(rectangle(0, 0, 10, 5))
