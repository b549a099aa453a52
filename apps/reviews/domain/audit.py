"""What a review says of the proposal that it was shown: which parts of it were right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Any

from apps.datasets.domain.matching import SAME_OBJECT, Labelled, same_objects
from apps.datasets.domain.parsing import parse_shape
from apps.reviews.domain.answers import OptionId, Question
from apps.reviews.domain.calibration import SURE, Features, Reviewed, features_of
from apps.reviews.domain.results import Consolidation, MergedObject

RIGHT_IOU = SAME_OBJECT


@dataclass(frozen=True, slots=True)
class Truth:
    """A final answer; its spans name labels as the merge does."""

    answer: str
    spans: Sequence[Mapping[str, Any]] = ()
    accept: Sequence[OptionId] = ()


def parts_of(question: Question, merged: Consolidation) -> list[Features]:
    """The parts of a proposal that can be right or wrong by themselves: where people draw each
    object, elsewhere the answer as a whole."""
    if question.draws:
        return [features_of(each) for each in merged.objects]
    return [_features_of_answer(merged)]


def judged(question: Question, merged: Consolidation, truth: Truth, *, task: str) -> list[Reviewed]:
    """The parts on which the reviewer has a word, and whether each was right.

    An object is right if one with its label overlaps it by half. Where objects are in dispute the
    reviewer is led from one to the next and only those count; else the whole image was looked at.
    """
    if not question.draws:
        right = merged.answer == truth.answer and _picked(merged.accept) == _picked(truth.accept)
        return [Reviewed(task, _features_of_answer(merged), right)]
    disputed = [each for each in merged.objects if each.disputed]
    shown = disputed or merged.objects
    found = {place for place, _ in same_objects([_labelled(each) for each in shown], _all(truth))}
    return [Reviewed(task, features_of(each), n in found) for n, each in enumerate(shown)]


def _features_of_answer(merged: Consolidation) -> Features:
    """Like those of an object, without its extent."""
    confidence = min(max(merged.confidence, SURE), 1 - SURE)
    votes = [count for _, count in (*merged.answer_votes, *merged.option_votes)]
    share = max(votes, default=0) / merged.of
    return log(confidence / (1 - confidence)), share, float(merged.of == 1), 0.0, 0.0


def _labelled(merged: MergedObject) -> Labelled:
    likely = merged.label_posterior[0][0] if merged.label_posterior else ""
    return likely, merged.shape


def _all(truth: Truth) -> list[Labelled]:
    spans = truth.spans if truth.answer == "accept" else ()
    return [(str(span.get("label") or ""), parse_shape(span, index=0)) for span in spans]


def _picked(options: Sequence[OptionId] | None) -> set[tuple[type, OptionId]] | None:
    return None if options is None else {(type(option), option) for option in options}
