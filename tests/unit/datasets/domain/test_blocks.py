"""What may be said to blocks, and what is then kept."""

from __future__ import annotations

from typing import Any

import pytest

from apps.datasets.domain.blocks import Block, BlockError, Option, check_said, left_open

ODD = (Option(0, "zero"), Option(-1, "minus"), Option("1", "word"), Option(1, "number"))
WEATHER = Block("weather", "choice", "Weather", options=ODD, required=True)
SEEN = Block("seen", "choice", "Seen", options=ODD, multiple=True)
NOTE = Block("note", "text", "Note", required=True)
BLOCKS = (WEATHER, SEEN, NOTE)


@pytest.mark.parametrize("option", [0, -1, "1", 1])
def test_an_option_keeps_its_type(option: Any) -> None:
    kept = check_said(BLOCKS, {"weather": option, "seen": [option]})
    assert repr(kept) == repr({"weather": option, "seen": [option]})


def test_what_says_nothing_is_left_out_and_the_rest_is_in_order() -> None:
    said = {"note": "  wet \n", "seen": [1, 0], "weather": None}
    assert check_said(BLOCKS, said) == {"seen": [0, 1], "note": "wet"}
    assert check_said(BLOCKS, {"note": "  ", "seen": []}) == {}


@pytest.mark.parametrize(
    ("said", "code", "at"),
    [
        ({"other": 1}, "unknown_block", "other"),
        ({"weather": 2}, "unknown_option", "weather"),
        ({"weather": True}, "unknown_option", "weather"),
        ({"weather": "0"}, "unknown_option", "weather"),
        ({"weather": [0]}, "wrong_type", "weather"),
        ({"weather": {"id": 0}}, "unknown_option", "weather"),
        ({"seen": 0}, "wrong_type", "seen"),
        ({"seen": [0, 0]}, "option_twice", "seen"),
        ({"seen": [0, 5]}, "unknown_option", "seen"),
        ({"note": 5}, "wrong_type", "note"),
        ({"note": "x" * 2001}, "text_too_long", "note"),
    ],
)
def test_what_nobody_could_have_said_is_refused(said: Any, code: str, at: str) -> None:
    with pytest.raises(BlockError) as error:
        check_said(BLOCKS, said)
    assert (error.value.code, error.value.block) == (code, at)


def test_zero_is_an_answer() -> None:
    assert left_open(BLOCKS, {"weather": 0}) == [NOTE]
    assert left_open(BLOCKS, {}) == [WEATHER, NOTE]
