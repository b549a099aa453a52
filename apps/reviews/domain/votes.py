"""Votes on what was answered as a whole: accept or reject, and the options picked.

Everything short of unanimity is a conflict; the leading side is what is proposed. A tie proposes
nothing, nor does a majority against which speaks what is known of its voters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from apps.reviews.domain.answers import AnnotatorAnswer, OptionId, Question, Verdict
from apps.reviews.domain.class_ballots import LEFT, PICKED, key_of, selection_key
from apps.reviews.domain.class_skills import ClassSkills
from apps.reviews.domain.class_verdicts import ClassVerdict, decide
from apps.reviews.domain.known import Known
from apps.reviews.domain.results import Conflict, Member
from apps.reviews.domain.rulings import is_among

_VERDICTS: tuple[Verdict, ...] = ("accept", "reject", "ignore")


@dataclass(frozen=True, slots=True)
class AnswerVote:
    """Whether the question was accepted or rejected. `share` is what the leading side has of all
    answers, weighed by what is known of their authors: 0 when nobody cast a vote."""

    answer: Verdict | None
    votes: tuple[tuple[Verdict, int], ...]
    share: float
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True)
class OptionVote:
    """Which options were picked. `share` is of those who picked, weighed by what is known of
    them."""

    accept: tuple[OptionId, ...] | None
    votes: tuple[tuple[OptionId, int], ...]
    share: float
    conflicts: tuple[Conflict, ...]


def vote_on_answer(
    answers: Sequence[AnnotatorAnswer], skills: ClassSkills | None = None
) -> AnswerVote:
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
        split: dict[str, object] = {
            "counts": [["accept", accepts], ["reject", rejects]],
            "of": accepts + rejects,
        }
        voters = _members(answer for answer in answers if answer.answer != "ignore")
        conflicts.append(Conflict("answer", "answer_split", split, voters))
    if not accepts + rejects:
        return AnswerVote("ignore", votes, 0.0, tuple(conflicts))
    cast = {each.annotator: each.answer for each in answers if each.answer != "ignore"}
    verdict = decide(cast, skills)
    if verdict.conflict == "differs" and not (accepts and rejects):
        doubted = {"said": verdict.majority, "likely": verdict.label, "of": len(cast)}
        conflicts.append(Conflict("answer", "answer_doubted", doubted, _members(answers)))
    leader: dict[str | None, Verdict] = {"accept": "accept", "reject": "reject"}
    proposed = None if verdict.conflict else leader[verdict.label]
    share = verdict.confidence * len(cast) / len(answers)
    return AnswerVote(proposed, votes, share, tuple(conflicts))


def vote_on_options(
    question: Question, answers: Sequence[AnnotatorAnswer], known: Known | None = None
) -> OptionVote:
    """The vote of those whose selection counts: the answers that accept the question."""
    if not question.asks_for_options:
        return OptionVote(None, (), 1.0, ())
    if not answers:
        return OptionVote((), (), 1.0, ())
    order = _ballot_order(question, answers)
    ballots = [tuple(each for each in order if each in answer.accept) for answer in answers]
    picked = Counter(option for ballot in ballots for option in ballot)
    votes = tuple((option, picked[option]) for option in order)
    known = known or Known()
    if question.picks_several:
        skills = [known.options.get(key_of(option, question)) for option in order]
        accept, share, conflicts = _vote_on_each(answers, votes, skills)
    else:
        accept, share, conflicts = _vote_on_selections(answers, ballots, votes, known.selections)
    return OptionVote(accept, votes, share, conflicts)


_Outcome = tuple[tuple[OptionId, ...] | None, float, tuple[Conflict, ...]]


def _vote_on_selections(
    answers: Sequence[AnnotatorAnswer],
    ballots: Sequence[tuple[OptionId, ...]],
    votes: tuple[tuple[OptionId, int], ...],
    skills: ClassSkills | None,
) -> _Outcome:
    """One option may be picked: whole selections compete, the empty one among them."""
    named = {selection_key(ballot): ballot for ballot in ballots}
    cast = zip((answer.annotator for answer in answers), map(selection_key, ballots), strict=True)
    verdict = decide(dict(cast), skills)
    if verdict.conflict is None and len(named) == 1:
        return ballots[0], verdict.confidence, ()
    place = {option: n for n, (option, _) in enumerate(votes)}
    counts = sorted(
        Counter(ballots).items(), key=lambda item: (-item[1], [place[each] for each in item[0]])
    )
    params = {
        "counts": [[list(selection), count] for selection, count in counts],
        "of": len(answers),
    }
    code = "selection_split" if len(named) > 1 else "selection_doubted"
    conflict = Conflict("label", code, params, _members(answers))
    proposed = None if verdict.conflict else named.get(verdict.label or "")
    return proposed, verdict.confidence, (conflict,)


def _vote_on_each(
    answers: Sequence[AnnotatorAnswer],
    votes: tuple[tuple[OptionId, int], ...],
    skills: Sequence[ClassSkills | None],
) -> _Outcome:
    """Several may be picked: each option is a question of its own, and not picking it is a no."""
    accept, conflicts, shares = [], [], [1.0]
    for (option, yes), known in zip(votes, skills, strict=True):
        verdict = _verdict_on(option, answers, known)
        shares.append(verdict.confidence)
        if verdict.conflict is None and verdict.label == PICKED:
            accept.append(option)
        if 0 < yes < len(answers) or verdict.conflict:
            code = "option_split" if 0 < yes < len(answers) else "option_doubted"
            conflicts.append(_about(option, yes, answers, code))
    return tuple(accept), min(shares), tuple(conflicts)


def _verdict_on(
    option: OptionId, answers: Sequence[AnnotatorAnswer], skills: ClassSkills | None
) -> ClassVerdict:
    cast = {
        answer.annotator: PICKED if is_among(option, answer.accept) else LEFT for answer in answers
    }
    return decide(cast, skills)


def _about(option: OptionId, yes: int, answers: Sequence[AnnotatorAnswer], code: str) -> Conflict:
    params = {"option": option, "yes": yes, "no": len(answers) - yes, "of": len(answers)}
    return Conflict("label", code, params, _members(answers), option=option)


def _ballot_order(question: Question, answers: Sequence[AnnotatorAnswer]) -> tuple[OptionId, ...]:
    """The options offered, then those that were picked although no longer offered."""
    picked = {option for answer in answers for option in answer.accept}
    gone = picked - set(question.options)
    return question.options + tuple(sorted(gone, key=lambda each: (isinstance(each, str), each)))


def _members(answers: Iterable[AnnotatorAnswer]) -> tuple[Member, ...]:
    return tuple(Member(answer.annotator) for answer in answers)
