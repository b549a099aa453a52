"""What an answer says about classes, as votes: the verdict, one selection, or each option."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from apps.reviews.domain.answers import AnnotatorAnswer, OptionId, Question
from apps.reviews.domain.class_votes import Vote

TILE = "tile"
"""Tiles are named anew in every task, so what is known of one is known of all."""
PICKED, LEFT = "yes", "no"

Asked = tuple[Question, Sequence[AnnotatorAnswer]]
"""A question with those of its answers that count."""


def key_of(option: OptionId, question: Question) -> str:
    """The name of a yes-or-no question, the same in every task that asks it."""
    return TILE if question.interface == "image_choice" else selection_key((option,))


def selection_key(selection: Iterable[OptionId]) -> str:
    """A selection as one class; 1 and "1" are two."""
    return json.dumps(list(selection))


def votes_on_answers(asked: Sequence[Asked]) -> list[Vote]:
    """Who accepted and who rejected; `ignore` is no vote."""
    return [
        (str(place), answer.annotator, answer.answer)
        for place, (_, answers) in enumerate(asked)
        for answer in answers
        if answer.answer != "ignore"
    ]


def votes_on_selections(asked: Sequence[Asked]) -> list[Vote]:
    """Who picked what, where one option may be picked."""
    return [
        (str(place), answer.annotator, selection_key(answer.accept))
        for place, (question, answers) in enumerate(asked)
        if question.asks_for_options and not question.picks_several
        for answer in answers
        if answer.answer == "accept"
    ]


def votes_on_each(asked: Sequence[Asked]) -> dict[str, list[Vote]]:
    """Who picked each option and who left it, where several may be picked, by the option's key."""
    votes: dict[str, list[Vote]] = {}
    for place, (question, answers) in enumerate(asked):
        if not (question.asks_for_options and question.picks_several):
            continue
        for n, option in enumerate(question.options):
            of_option = votes.setdefault(key_of(option, question), [])
            of_option += (
                (f"{place}/{n}", answer.annotator, PICKED if option in answer.accept else LEFT)
                for answer in answers
                if answer.answer == "accept"
            )
    return votes
