"""On what people differ, point by point, whoever is right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from apps.reviews.domain.answers import AnnotatorAnswer, Question
from apps.reviews.domain.judging import option_key

Point = Mapping[str, str | None]
"""What each annotator says of one thing; None where nothing is."""


@dataclass(frozen=True, slots=True)
class Differences:
    """Pairs of annotators who differ somewhere, by name, and the labels that it is about."""

    pairs: frozenset[tuple[str, str]]
    labels: frozenset[str]


def differences(
    question: Question, answers: Sequence[AnnotatorAnswer], objects: Sequence[Mapping[str, Any]]
) -> Differences:
    """Compare answers; `objects` are those of their merge, with the members that drew each."""
    pairs: set[tuple[str, str]] = set()
    labels: set[str] = set()
    for point in _points(question, answers, objects):
        said = sorted(point.items())
        apart = [(a, b) for (a, x), (b, y) in combinations(said, 2) if x != y]
        pairs.update(apart)
        if apart:
            labels.update(label for label in point.values() if label)
    return Differences(frozenset(pairs), frozenset(labels))


def _points(
    question: Question, answers: Sequence[AnnotatorAnswer], objects: Sequence[Mapping[str, Any]]
) -> Iterator[Point]:
    said = [answer for answer in answers if answer.answer != "ignore"]
    yield {answer.annotator: answer.answer for answer in said}
    accepting = [answer for answer in said if answer.answer == "accept"]
    if question.draws:
        marks = {answer.annotator: {mark.id: mark for mark in answer.marks} for answer in accepting}
        for entry in objects:
            point: dict[str, str | None] = dict.fromkeys(marks)
            for member in entry["members"]:
                mark = marks.get(member["annotator"], {}).get(member["span"])
                if mark is not None:
                    point[member["annotator"]] = mark.label or ""
            yield point
    elif question.asks_for_options:
        picked = {
            answer.annotator: frozenset(map(option_key, answer.accept)) for answer in accepting
        }
        for option in frozenset().union(*picked.values()):
            yield {name: option if option in keys else None for name, keys in picked.items()}
