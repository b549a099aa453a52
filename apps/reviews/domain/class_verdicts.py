"""Which class several votes come to: the majority, and above it what annotators' skills say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Literal

import numpy as np

from apps.reviews.domain.class_skills import ClassSkills, FloatArray, can_learn, learn
from apps.reviews.domain.class_votes import Ballots

Conflict = Literal["tie", "differs"]
Votes = tuple[tuple[str, int], ...]
Proposal = tuple[str | None, float]
"""A label, None on a tie, and how probable it is."""

ENOUGH_ANSWERS = 20
"""Below so many answers of an annotator a majority is right more often than a learnt skill."""
TIE = 1e-6


@dataclass(frozen=True, slots=True)
class ClassVerdict:
    """What is proposed for one item. Only a person settles what has a `conflict`.

    `label` is what the skills say where most voters are known well, else the `majority`; None on a
    tie. `votes` are labels with their votes, most first. `confidence` is how probable the skills
    hold the label, else its share of the votes; neither is calibrated, the first is often too sure.
    `conflict` is `tie` if no label leads in votes or in probability, `differs` if another leads in
    each.
    """

    label: str | None
    majority: str | None
    votes: Votes
    confidence: float
    by: Literal["majority", "skills"]
    conflict: Conflict | None


def decide(votes: Mapping[str, str], skills: ClassSkills | None = None) -> ClassVerdict:
    """The verdict on one item from each annotator's label, at least one, with stored skills."""
    counts = Counter(votes.values())
    counted = tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
    if skills is not None and _well_known([skills.answers_of(who) for who in votes]):
        likely = skills.posterior(votes)
        if likely is not None:
            return _verdict(counted, next(_proposals(likely[None], skills.labels)))
    return _verdict(counted, None)


def decide_all(ballots: Ballots) -> tuple[dict[str, ClassVerdict], ClassSkills | None]:
    """The verdict on each item, and the skills that were learnt from all of them for it.

    Skills are None where nothing can be learnt: one label, or too many for the memory.
    """
    if not ballots.items:
        return {}, None
    skills: ClassSkills | None = None
    proposals: Iterator[Proposal | None] = repeat(None, len(ballots.items))
    if can_learn(ballots):
        skills, likely = learn(ballots)
        proposals = _proposals(likely, ballots.labels)
    known = _known_items(ballots)
    verdicts = {
        item: _verdict(counted, proposal if by_skill else None)
        for item, counted, proposal, by_skill in zip(
            ballots.items, _counted(ballots), proposals, known, strict=True
        )
    }
    return verdicts, skills


def _well_known(answers: Sequence[int]) -> bool:
    """Whether at least half of an item's voters, and two of them, have shown what they can do."""
    known = sum(each >= ENOUGH_ANSWERS for each in answers)
    return 2 * known >= len(answers) >= 2


def _known_items(ballots: Ballots) -> list[bool]:
    """`_well_known` for every item."""
    answers = np.bincount(ballots.annotator)
    known = np.add.reduceat(
        (answers >= ENOUGH_ANSWERS)[ballots.annotator], ballots.starts, dtype=int
    )
    voters = np.diff(ballots.starts, append=ballots.item.size)
    well_known: list[bool] = ((2 * known >= voters) & (voters >= 2)).tolist()
    return well_known


def _counted(ballots: Ballots) -> Iterator[Votes]:
    """The votes of each item by label: most first, equals by name."""
    labels = len(ballots.labels)
    cells, counts = np.unique(ballots.item * labels + ballots.label, return_counts=True)
    item, label = np.divmod(cells, labels)
    order = np.lexsort((label, -counts, item))
    names = [ballots.labels[code] for code in label[order].tolist()]
    pairs = list(zip(names, counts[order].tolist(), strict=True))
    starts = np.flatnonzero(np.diff(item, prepend=-1)).tolist()
    for start, end in zip(starts, [*starts[1:], len(pairs)], strict=True):
        yield tuple(pairs[start:end])


def _proposals(likely: FloatArray, labels: Sequence[str]) -> Iterator[Proposal]:
    """For each row of probabilities the most probable label, unless a second one is as probable."""
    best = likely.argmax(axis=1)
    second, first = np.partition(likely, -2, axis=1)[:, -2:].T
    for label, sure, tied in zip(
        best.tolist(), first.tolist(), (first - second <= TIE).tolist(), strict=True
    ):
        yield None if tied else labels[label], sure


def _verdict(counted: Votes, proposal: Proposal | None) -> ClassVerdict:
    leading = counted[0][1]
    tied = len(counted) > 1 and counted[1][1] == leading
    majority = None if tied else counted[0][0]
    if proposal is None:
        share = leading / sum(votes for _, votes in counted)
        return ClassVerdict(majority, majority, counted, share, "majority", "tie" if tied else None)
    label, confidence = proposal
    conflict: Conflict | None = "differs" if label != majority else None
    if tied or label is None:
        conflict = "tie"
    return ClassVerdict(label, majority, counted, confidence, "skills", conflict)
