"""Whatever a file holds, a verb of the offline command line answers or says what is wrong."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from apps.exchange.offline.files import Refused
from apps.exchange.offline.verbs import VERBS

NAMES = st.sampled_from(["ann", "bob", "cyd", "", "a\nb", "猫"])
ODD = st.one_of(st.none(), st.booleans(), st.integers(-3, 3), NAMES, st.just([]), st.just({}))
SIDES = st.one_of(st.sampled_from([0, 0.5, 1, 50, 1e9]), st.floats(-1, 1e9))
BOX = st.one_of(
    st.tuples(SIDES, SIDES, SIDES, SIDES).map(list),
    st.tuples(SIDES, SIDES, SIDES, SIDES, NAMES).map(list),
)
IMAGE = st.fixed_dictionaries(
    {"annotators": st.dictionaries(NAMES, st.lists(BOX, max_size=6), max_size=4)}
)
ANSWER = st.tuples(NAMES, NAMES, st.one_of(NAMES, st.booleans(), st.integers(-3, 3))).map(list)
CONTENT = st.one_of(
    st.fixed_dictionaries({"images": st.dictionaries(NAMES, IMAGE, max_size=3)}),
    st.fixed_dictionaries({"answers": st.lists(ANSWER, max_size=12)}),
)


def spoilt(content: Any, data: st.DataObject) -> Any:
    """Something in it, at any depth, is something odd instead."""
    inner: list[Any] = []
    if isinstance(content, dict | list) and content:
        inner = list(content) if isinstance(content, dict) else list(range(len(content)))
    if not inner or data.draw(st.integers(0, 3)) == 0:
        return data.draw(ODD)
    key = data.draw(st.sampled_from(inner))
    copy = dict(content) if isinstance(content, dict) else list(content)
    copy[key] = spoilt(content[key], data)
    return copy


@settings(max_examples=60)
@given(st.sampled_from(sorted(VERBS)), CONTENT, st.booleans(), st.data())
def test_a_verb_answers_in_json_or_says_what_is_wrong_in_one_line(
    verb: str, content: Any, odd: bool, data: st.DataObject
) -> None:
    if odd:
        content = spoilt(content, data)
    if not isinstance(content, dict):
        return
    try:
        result = VERBS[verb](content)
    except Refused as refusal:
        assert str(refusal) and "\n" not in str(refusal)
    else:
        json.dumps(result, allow_nan=False)
