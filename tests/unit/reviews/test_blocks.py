"""Answers to blocks made one, computed by hand."""

from __future__ import annotations

from typing import Any

import pytest

from apps.datasets.domain.blocks import Block, Option
from apps.reviews.domain.answers import AnnotatorAnswer, Question, Verdict
from apps.reviews.domain.consolidation import consolidate
from apps.reviews.domain.resolution import resolve
from apps.reviews.domain.results import Consolidation
from apps.reviews.domain.rulings import Act, Ruling, Undecidable, Version

SKY = (Option("sun", "Sun"), Option("rain", "Rain"), Option(0, "Fog"))
WEATHER = Block("weather", "choice", "Weather", options=SKY)
SEEN = Block("seen", "choice", "Seen", options=SKY, multiple=True)
NOTE = Block("note", "text", "Note")
QUESTION = Question("classification", blocks=(WEATHER, SEEN, NOTE))


def said(*attributes: dict[str, Any], answer: Verdict = "accept") -> list[AnnotatorAnswer]:
    return [
        AnnotatorAnswer(name, answer, attributes=each)
        for name, each in zip("abcd", attributes, strict=False)
    ]


def merged(*attributes: dict[str, Any]) -> Consolidation:
    return consolidate(QUESTION, said(*attributes))


def settled(*attributes: dict[str, Any], rulings: tuple[Ruling, ...] = ()) -> dict[str, Any]:
    versions = {
        name: Version("accept", {}, (), each)
        for name, each in zip("abcd", attributes, strict=False)
    }
    return dict(resolve(QUESTION, merged(*attributes).as_dict(), versions, rulings).attributes)


def ruling(act: Act, block: str, version: str | None = None, option: Any = None) -> Ruling:
    return Ruling(act, "block", block=block, version=version, option=option)


def test_what_all_say_alike_is_agreed() -> None:
    answers = [{"weather": 0, "seen": ["sun", 0], "note": "wet"}] * 3
    assert merged(*answers).agreed
    assert merged(*answers).confidence == 1
    assert settled(*answers) == answers[0]


def test_a_majority_leads_and_is_still_a_conflict() -> None:
    result = merged({"weather": "rain"}, {"weather": "rain"}, {"weather": 0})
    (conflict,) = result.conflicts
    assert (conflict.kind, conflict.block, conflict.code) == (
        "block",
        "weather",
        "block_selection_split",
    )
    assert conflict.params == {"block": "weather", "counts": [[["rain"], 2], [[0], 1]], "of": 3}
    assert result.blocks["weather"].value == ("rain",)
    assert result.confidence == pytest.approx(2 / 3)


def test_an_open_block_differs_from_an_answer() -> None:
    (conflict,) = merged({"note": "wet"}, {}).conflicts
    assert conflict.params["counts"] == [[[], 1], [["wet"], 1]]


def test_texts_agree_only_when_they_are_the_same() -> None:
    result = merged({"note": "wet"}, {"note": "Wet"})
    assert [conflict.block for conflict in result.conflicts] == ["note"]
    assert result.blocks["note"].value is None


def test_of_several_options_each_is_a_question_of_its_own() -> None:
    answers = ({"seen": ["sun", "rain"]}, {"seen": ["sun"]}, {"seen": ["sun", "rain"]})
    (conflict,) = merged(*answers).conflicts
    assert (conflict.block, conflict.option) == ("seen", "rain")
    assert settled(*answers) == {"seen": ["sun", "rain"]}
    dropped = ruling("version", "seen", version="b", option="rain")
    assert settled(*answers, rulings=(dropped,)) == {"seen": ["sun"]}


def test_rejecting_answers_have_no_say() -> None:
    answers = [*said({"note": "wet"}, {"note": "wet"})]
    answers.append(AnnotatorAnswer("z", "reject", attributes={"note": "dry"}))
    kinds = [conflict.kind for conflict in consolidate(QUESTION, answers).conflicts]
    assert kinds == ["answer"]


def test_a_version_settles_a_tie_and_accepting_does_not() -> None:
    answers = ({"note": "wet"}, {"note": "dry"})
    with pytest.raises(Undecidable, match="tied"):
        settled(*answers)
    with pytest.raises(Undecidable) as error:
        settled(*answers, rulings=(ruling("accept", "note"),))
    assert error.value.code == "no_proposal"
    assert settled(*answers, rulings=(ruling("version", "note", "b"),)) == {"note": "dry"}


def test_a_decision_on_the_answer_takes_all_that_the_version_says() -> None:
    answers = ({"weather": "sun"}, {"weather": "rain"})
    theirs = Ruling("version", "answer", version="b")
    assert settled(*answers, rulings=(theirs,)) == {"weather": "rain"}
    assert settled(*answers, rulings=(theirs, Ruling("reject", None))) == {}


def test_a_block_that_is_not_asked_any_more_cannot_be_ruled_on() -> None:
    with pytest.raises(Undecidable) as error:
        settled({}, rulings=(ruling("accept", "gone"),))
    assert error.value.code == "not_applicable"


def test_what_scripts_wrote_before_there_were_blocks_is_no_vote() -> None:
    assert merged({"note": {"by": "script"}}, {"note": True}).agreed
