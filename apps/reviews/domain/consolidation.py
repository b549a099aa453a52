"""The one door of the merge: several annotators' answers in, one consolidation out."""

from __future__ import annotations

from collections.abc import Sequence

from apps.reviews.domain.answers import AnnotatorAnswer, Question
from apps.reviews.domain.block_votes import vote_on_blocks
from apps.reviews.domain.disputes import disputes
from apps.reviews.domain.known import Known
from apps.reviews.domain.objects import merge_objects
from apps.reviews.domain.results import Consolidation
from apps.reviews.domain.votes import vote_on_answer, vote_on_options


def consolidate(
    question: Question, answers: Sequence[AnnotatorAnswer], known: Known | None = None
) -> Consolidation:
    """Make several answers to one question one, with what is known of those who gave them.

    One answer per annotator, at least one answer; their order does not matter. Pure and total: it
    raises ValueError for no answers or two by one annotator, and nothing else.
    """
    answers = sorted(answers, key=lambda answer: answer.annotator)
    if not answers or len({answer.annotator for answer in answers}) < len(answers):
        raise ValueError("a consolidation needs one answer per annotator, and at least one")
    known = known or Known()
    verdict = vote_on_answer(answers, known.answers)
    content = _answers_with_content(answers)
    selection = vote_on_options(question, content, known)
    blocks = vote_on_blocks(question.blocks, content)
    drawn = content if question.draws else []
    (objects,) = merge_objects([drawn], known.boxes)
    return Consolidation(
        answer=verdict.answer,
        answer_votes=verdict.votes,
        accept=selection.accept,
        option_votes=selection.votes,
        objects=objects,
        conflicts=(
            *verdict.conflicts,
            *selection.conflicts,
            *disputes(objects, drawn),
            *(conflict for vote in blocks.values() for conflict in vote.conflicts),
        ),
        confidence=min(
            verdict.share,
            selection.share,
            *(each.confidence for each in objects),
            *(vote.share for vote in blocks.values()),
        ),
        of=len(answers),
        blocks=blocks,
    )


def _answers_with_content(answers: Sequence[AnnotatorAnswer]) -> Sequence[AnnotatorAnswer]:
    """Whose shapes and selections count: those who accept the question. Who rejects or ignores it
    says nothing by what is left on the canvas; only a lone answer is taken exactly as it is."""
    if len(answers) == 1:
        return answers
    return [answer for answer in answers if answer.answer == "accept"]
