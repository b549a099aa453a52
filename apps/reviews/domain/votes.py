"""Votes on what was answered as a whole: accept or reject, and the options picked.

Everything short of unanimity is a conflict; the leading side is what is proposed. A tie proposes
nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from apps.reviews.domain.answers import AnnotatorAnswer, OptionId, Question, Verdict
from apps.reviews.domain.results import Conflict, Member

_VERDICTS: tuple[Verdict, ...] = ("accept", "reject", "ignore")


@dataclass(frozen=True, slots=True)
class AnswerVote:
    """Whether the question was accepted or rejected. `share` is what the leading side
    has of all answers: 0 when nobody cast a vote."""

    answer: Verdict | None
    votes: tuple[tuple[Verdict, int], ...]
    share: float
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True)
class OptionVote:
    """Which options were picked. `share` is of those who picked."""

    accept: tuple[OptionId, ...] | None
    votes: tuple[tuple[OptionId, int], ...]
    share: float
    conflicts: tuple[Conflict, ...]


def vote_on_answer(answers: Sequence[AnnotatorAnswer]) -> AnswerVote:
    """The vote of at least one answer. `ignore` casts none, and when not more than half of those
    asked cast one, the question is `unsure` whatever they say."""
    counted = Counter(answer.answer for answer in answers)
    votes = tuple((verdict, counted[verdict]) for verdict in _VERDICTS if counted[verdict])
    accepts, rejects = counted["accept"], counted["reject"]
    conflicts = []
    if 2 * (accepts + rejects) <= len(answers):
        params = {"unsure": counted["ignore"], "of": len(answers)}
        unsure = _members(answer for answer in answers if answer.answer == "ignore")
        conflicts.append(Conflict("unsure", "too_few_votes", params, unsure))
    if accepts and rejects:
        split = {
            "counts": [["accept", accepts], ["reject", rejects]],
            "of": accepts + rejects,
        }
        voters = _members(answer for answer in answers if answer.answer != "ignore")
        conflicts.append(Conflict("answer", "answer_split", split, voters))
    share = max(accepts, rejects) / len(answers)
    return AnswerVote(_leader(accepts, rejects), votes, share, tuple(conflicts))


def vote_on_options(question: Question, answers: Sequence[AnnotatorAnswer]) -> OptionVote:
    """The vote of those whose selection counts: the answers that accept the question."""
    if not question.asks_for_options:
        return OptionVote(None, (), 1.0, ())
    if not answers:
        return OptionVote((), (), 1.0, ())
    order = _ballot_order(question, answers)
    ballots = [tuple(each for each in order if each in answer.accept) for answer in answers]
    picked = Counter(option for ballot in ballots for option in ballot)
    votes = tuple((option, picked[option]) for option in order)
    vote = _vote_on_each if question.picks_several else _vote_on_selections
    accept, share, conflicts = vote(answers, ballots, votes)
    return OptionVote(accept, votes, share, conflicts)


_Outcome = tuple[tuple[OptionId, ...] | None, float, tuple[Conflict, ...]]


def _vote_on_selections(
    answers: Sequence[AnnotatorAnswer],
    ballots: Sequence[tuple[OptionId, ...]],
    votes: tuple[tuple[OptionId, int], ...],
) -> _Outcome:
    """One option may be picked: whole selections compete, the empty one among them."""
    counts = Counter(ballots)
    place = {option: n for n, (option, _) in enumerate(votes)}
    ranked = sorted(counts.items(), key=lambda item: (-item[1], [place[each] for each in item[0]]))
    (leader, leading), rest = ranked[0], ranked[1:]
    share = leading / len(answers)
    if not rest:
        return leader, share, ()
    params = {
        "counts": [[list(selection), count] for selection, count in ranked],
        "of": len(answers),
    }
    conflict = Conflict("label", "selection_split", params, _members(answers))
    return (None if rest[0][1] == leading else leader), share, (conflict,)


def _vote_on_each(
    answers: Sequence[AnnotatorAnswer],
    ballots: Sequence[tuple[OptionId, ...]],
    votes: tuple[tuple[OptionId, int], ...],
) -> _Outcome:
    """Several may be picked: each option is a question of its own, and not picking it is a no."""
    of = len(ballots)
    conflicts = tuple(
        Conflict(
            "label",
            "option_split",
            {"option": option, "yes": yes, "no": of - yes, "of": of},
            _members(answers),
            option=option,
        )
        for option, yes in votes
        if 0 < yes < of
    )
    accept = tuple(option for option, yes in votes if 2 * yes > of)
    share = min((max(yes, of - yes) / of for _, yes in votes), default=1.0)
    return accept, share, conflicts


def _ballot_order(question: Question, answers: Sequence[AnnotatorAnswer]) -> tuple[OptionId, ...]:
    """The options offered, then those that were picked although no longer offered."""
    picked = {option for answer in answers for option in answer.accept}
    gone = picked - set(question.options)
    return question.options + tuple(sorted(gone, key=lambda each: (isinstance(each, str), each)))


def _leader(accepts: int, rejects: int) -> Verdict | None:
    if accepts == rejects:
        return None if accepts else "ignore"
    return "accept" if accepts > rejects else "reject"


def _members(answers: Iterable[AnnotatorAnswer]) -> tuple[Member, ...]:
    return tuple(Member(answer.annotator) for answer in answers)
