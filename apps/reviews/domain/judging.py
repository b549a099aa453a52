"""What each annotator said, beside what a reviewer's final answer says of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from apps.reviews.domain.answers import AnnotatorAnswer, Mark, OptionId, Question
from apps.reviews.domain.rulings import is_among

Kind = Literal["label", "option", "answer"]
Edges = tuple[float, float, float, float]
PICKED = "picked"
"""Where people pick among images an option is an image of this task alone: no name to confuse."""


@dataclass(frozen=True, slots=True)
class Truth:
    """A final answer: its shapes, and where each object came from.

    `objects` are the entries of `Resolution.objects`, dropped ones too.
    """

    answer: str
    marks: Sequence[Mark]
    accept: Sequence[OptionId]
    objects: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Judgement:
    """One thing, what one person said of it, and what holds.

    `said` is None where they did not see it, `final` where nothing is there. `ruled` says that
    people differed on it or a reviewer ruled on it; `edges` are where it is, for shapes.
    """

    annotator: str
    kind: Kind
    said: str | None
    final: str | None
    ruled: bool
    edges: Edges | None = None

    @property
    def right(self) -> bool:
        """Whether the final says the same."""
        return self.said == self.final


def judge(
    question: Question, answers: Sequence[AnnotatorAnswer], truth: Truth
) -> Iterator[Judgement]:
    """Yield all that was said, in the order of the answers. `ignore` says nothing.

    Shapes and options are judged where person and final accept; elsewhere the verdict is all there
    is to say. A verdict on which everybody is right is told only where it is the question.
    """
    said = [answer for answer in answers if answer.answer != "ignore"]
    if truth.answer != "ignore":
        yield from _verdicts(question, said, truth)
    accepting = [answer for answer in said if answer.answer == "accept"]
    if truth.answer != "accept":
        return
    if question.draws:
        yield from _objects(accepting, truth)
    elif question.asks_for_options:
        yield from _options(question, accepting, truth)


def _verdicts(
    question: Question, said: Sequence[AnnotatorAnswer], truth: Truth
) -> Iterator[Judgement]:
    disputed = {answer.answer for answer in said} != {truth.answer}
    if disputed or question.interface in ("classification", "image"):
        for answer in said:
            yield Judgement(answer.annotator, "answer", answer.answer, truth.answer, disputed)


def _objects(accepting: Sequence[AnnotatorAnswer], truth: Truth) -> Iterator[Judgement]:
    marks = {answer.annotator: {mark.id: mark for mark in answer.marks} for answer in accepting}
    finals = {mark.id: mark for mark in truth.marks}
    for entry in truth.objects:
        drawn = {
            member["annotator"]: marks[member["annotator"]].get(member["span"])
            for member in entry["members"]
            if member["annotator"] in marks
        }
        final = finals.get(str(entry["span"])) if entry["kept"] else None
        for annotator in marks:
            found = _object(annotator, drawn.get(annotator), final, ruled=bool(entry["rulings"]))
            if found is not None:
                yield found


def _object(
    annotator: str, mark: Mark | None, final: Mark | None, *, ruled: bool
) -> Judgement | None:
    """None where nobody had to say that nothing is there. A shape without a label has label ""."""
    if mark is None and final is None:
        return Judgement(annotator, "label", None, None, ruled) if ruled else None
    said = None if mark is None else mark.label or ""
    if final is not None:
        label, edges = final.label or "", final.shape.edges
        return Judgement(annotator, "label", said, label, ruled, edges)
    assert mark is not None, "told apart above"
    return Judgement(annotator, "label", said, None, ruled, mark.shape.edges)


def _options(
    question: Question, accepting: Sequence[AnnotatorAnswer], truth: Truth
) -> Iterator[Judgement]:
    if not question.picks_several:
        final = _selection(truth.accept)
        disputed = {_selection(answer.accept) for answer in accepting} != {final}
        for answer in accepting:
            said = _selection(answer.accept)
            yield Judgement(answer.annotator, "option", said, final, disputed)
        return
    for option in question.options:
        picked = [is_among(option, answer.accept) for answer in accepting]
        holds = is_among(option, truth.accept)
        key = option_key(option) if question.interface == "choice" else PICKED
        for answer, said_so in zip(accepting, picked, strict=True):
            if said_so or holds:
                yield Judgement(
                    answer.annotator,
                    "option",
                    key if said_so else None,
                    key if holds else None,
                    set(picked) != {holds},
                )


def _selection(accept: Sequence[OptionId]) -> str | None:
    return option_key(accept[0]) if accept else None


def option_key(option: OptionId) -> str:
    """The option's id as text that keeps its type: 1 and "1" are two."""
    return json.dumps(option)
