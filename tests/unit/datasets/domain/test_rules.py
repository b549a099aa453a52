"""What accepting answers must keep to; overlaps are computed by hand.

The labelling page finds the same breaches before it sends an answer: its own tests read the same
cases.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from apps.datasets.domain.attributes import Attribute
from apps.datasets.domain.drawing import Drawing
from apps.datasets.domain.parsing import parse_shape
from apps.datasets.domain.rules import MOST_COMPARED, Breach, Labelled, LabelRules, Rules, breaches

CASES = json.loads(Path(__file__).with_name("rule_cases.json").read_text())


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_every_rule_that_is_broken_is_found(case: dict[str, Any]) -> None:
    rules = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in case["rules"].items()
    }
    shapes = [
        Labelled(span["label"], parse_shape(span, index=index), span.get("attributes", {}))
        for index, span in enumerate(case["spans"])
    ]
    asked, kinds = case.get("attributes", {}), case.get("kinds", {})
    labels = {
        label: LabelRules(
            kinds.get(label, LabelRules().kinds), [*map(Attribute.of, asked.get(label, []))]
        )
        for label in {*asked, *kinds}
    }
    wanted = case.get("drawing", {})
    drawing = Drawing(
        shapes=tuple(wanted.get("shapes", Drawing().shapes)),
        crossing=wanted.get("crossing", Drawing().crossing),
    )
    found = breaches(Rules(**rules), drawing, labels, shapes=shapes, options=case["options"])
    assert found == [Breach(**breach) for breach in case["broken"]]


def test_a_flood_of_shapes_is_refused_before_each_is_compared_with_each() -> None:
    flood = [
        Labelled("car", parse_shape({"x": 20 * n, "y": 0, "width": 10, "height": 10}, index=n))
        for n in range(MOST_COMPARED + 1)
    ]
    rules = Rules(max_overlap=0.5)
    found = breaches(rules, Drawing(), {}, shapes=flood, options=None)
    assert [breach.rule for breach in found] == ["max_overlap"]
    assert breaches(rules, Drawing(), {}, shapes=flood[1:], options=None) == []
