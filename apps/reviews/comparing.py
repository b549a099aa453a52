"""How far people agree, and how well each draws or names: the figures of `domain`, as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from apps.reviews.cases import Case
from apps.reviews.domain.agreement import Agreement, agreement
from apps.reviews.domain.answers import AnnotatorAnswer, Question, read_answer
from apps.reviews.domain.box_agreement import box_agreement
from apps.reviews.domain.class_agreement import (
    TooMuchToCompare,
    class_agreement,
    label_counts,
    pair_agreements,
)
from apps.reviews.domain.class_ballots import (
    votes_on_answers,
    votes_on_each,
    votes_on_selections,
)
from apps.reviews.domain.class_votes import to_ballots
from apps.reviews.domain.objects import merge_objects
from apps.reviews.domain.quality import Answered, box_quality
from apps.reviews.second_looks import Compared, says_same
from apps.reviews.stored import question_of

SEED = 1
"""The same answers give the same intervals."""
MOST_UNDECIDED = 2000
"""Against the others everybody is merged away once; so many tasks tell enough."""

Figures = dict[str, Any]


def agreement_of(cases: Sequence[Case]) -> Figures | None:
    """Agreement of the answers to tasks of one dataset; None where there are none, or
    more kinds of them than can be compared."""
    if not cases:
        return None
    question, rng = cases[0].question, np.random.default_rng(SEED)
    asked = [(case.question, case.answers) for case in cases]
    try:
        if question.draws:
            return _of_boxes([_accepting(case) for case in cases], rng)
        if question.asks_for_options and question.picks_several:
            return _of_options(votes_on_each(asked), rng)
        votes = votes_on_selections if question.asks_for_options else votes_on_answers
        return _of_classes(votes(asked), rng)
    except TooMuchToCompare:
        return None


def _accepting(case: Case) -> list[AnnotatorAnswer]:
    return [answer for answer in case.answers if answer.answer == "accept"]


def _of_boxes(questions: list[list[AnnotatorAnswer]], rng: np.random.Generator) -> Figures:
    shared = [answers for answers in questions if len(answers) > 1]
    found = box_agreement(shared, merge_objects(shared), rng)
    return {
        "overall": asdict(found.objects),
        "labels": {label: _label(figures) for label, figures in found.labels.items()},
        "overlap": asdict(found.overlap),
        "pairs": [
            {"first": first, "second": second, "agreement": asdict(overlap.f1), "kappa": None}
            for (first, second), overlap in found.pairs.items()
        ],
        "without": {name: asdict(alpha) for name, alpha in found.without.items()},
    }


def _of_classes(votes: Sequence[tuple[str, str, str]], rng: np.random.Generator) -> Figures:
    found = class_agreement(to_ballots(votes), rng)
    return {
        "overall": asdict(found.overall),
        "labels": {label: _label(figures) for label, figures in found.labels.items()},
        "overlap": None,
        "pairs": [
            {
                "first": pair.first,
                "second": pair.second,
                "agreement": asdict(pair.percent),
                "kappa": asdict(pair.kappa),
            }
            for pair in found.pairs
        ],
        "without": {name: asdict(alpha) for name, alpha in found.without.items()},
    }


def _of_options(votes: dict[str, list[Any]], rng: np.random.Generator) -> Figures:
    """Each option is a yes-or-no question; all of them together are the whole."""
    whole = _of_classes([vote for of_option in votes.values() for vote in of_option], rng)
    labels = {
        option: _label(agreement(label_counts(to_ballots(of_option)), rng))
        for option, of_option in votes.items()
        if of_option
    }
    return {**whole, "labels": labels}


def _label(figures: Agreement) -> Figures:
    return {"alpha": asdict(figures.alpha), "percent": asdict(figures.percent)}


def quality_of(cases: Sequence[Case]) -> dict[str, Figures]:
    """How well everybody draws, by name; nothing where nobody draws."""
    if not cases or not cases[0].question.draws:
        return {}
    decided = [case for case in cases if case.truth is not None]
    others = [case for case in cases if case.truth is None][:MOST_UNDECIDED]
    answered = [
        Answered(_accepting(case), tuple(case.truth.marks) if case.truth else None)
        for case in [*decided, *others]
    ]
    found = box_quality(answered, [], np.random.default_rng(SEED))
    return {name: asdict(figures) for name, figures in found.items()}


def reviewers_agreement(found: Sequence[Compared]) -> Figures | None:
    """How far two reviewers come to the same, each without the other; None of no task.

    Answers that the second sent back are no second answer, but differ. `kappa` is Cohen's of what
    was said as a whole, of options each; None where shapes are drawn, of which `overlap` tells.
    """
    if not found:
        return None
    same = sum(map(says_same, found))
    asked = [
        (question_of(row.task), [_said("first", row.first), _said("second", row.second)])
        for row in found
        if row.second is not None
    ]
    return {"same": [same, len(found)], **_of_reviewers(asked)}


def _of_reviewers(asked: list[tuple[Question, list[AnnotatorAnswer]]]) -> Figures:
    nothing: Figures = {"kappa": None, "overlap": None}
    if not asked:
        return nothing
    (question, _), rng = asked[0], np.random.default_rng(SEED)
    if question.draws:
        both = [answers for _, answers in asked]
        overlap = box_agreement(both, merge_objects(both), rng).overlap
        return {**nothing, "overlap": asdict(overlap)}
    if question.asks_for_options and question.picks_several:
        votes = [vote for each in votes_on_each(asked).values() for vote in each]
    else:
        votes = (votes_on_selections if question.asks_for_options else votes_on_answers)(asked)
    pairs = pair_agreements(to_ballots(votes), rng)
    return {**nothing, "kappa": asdict(pairs[0].kappa) if pairs else None}


def _said(by: str, body: Mapping[str, Any]) -> AnnotatorAnswer:
    return read_answer(
        annotator=by,
        answer=body["answer"],
        spans=body["spans"] if body["answer"] == "accept" else [],
        accept=body["accept"],
    )
