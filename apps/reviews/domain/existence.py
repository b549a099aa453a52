"""Whether an object is there, from who drew it and who did not: step D of the README."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from apps.datasets.domain.iou import FloatArray
from apps.reviews.domain.columns import BoolArray, Columns, IntArray, spread, totals
from apps.reviews.domain.groups import Groups

RECALL, LEAST_RECALL, MOST_RECALL = 0.85, 0.28, 0.99
SPURIOUS, SPURIOUS_RATIO = 0.25, 8.0
JOINED = 0.03
"""The most that a spurious box is ever taken to be joined by another: unbounded, it explains away
what two of three saw."""
PER_IMAGE = 1.0
ROUNDS, ENOUGH = 50, 1e-4
CLIP = 30.0


@dataclass(frozen=True, slots=True)
class Sight:
    """What people see, each by place: `recall` of real objects, `spurious` ones per image.

    `joined` is the chance that a spurious object is drawn by another too, `per_image` how many real
    ones an image has.
    """

    recall: FloatArray
    spurious: FloatArray
    joined: float
    per_image: float


@dataclass(frozen=True, slots=True)
class _Patterns:
    """Who was asked and who drew: each distinct combination once.

    `of` is the pattern of each object. `person` and `drew` are those asked, pattern by pattern; p
    begins at `starts[p]` and has `asked[p]` people, of whom `votes[p]` drew. So many objects as
    `counts` teach it: none where one alone was asked, since all that is known there was drawn.
    """

    of: IntArray
    counts: FloatArray
    starts: IntArray
    asked: IntArray
    votes: IntArray
    person: IntArray
    drew: BoolArray


def unknown_sight(people: int) -> Sight:
    """Of people of whom nothing is known."""
    return Sight(np.full(people, RECALL), np.full(people, SPURIOUS), JOINED, PER_IMAGE)


def existence(columns: Columns, groups: Groups, sight: Sight) -> FloatArray:
    """The probability that each object is real."""
    patterns = _patterns(columns, groups)
    z: FloatArray = _expected(patterns, sight)[patterns.of]
    return z


def learn_sight(columns: Columns, groups: Groups) -> tuple[Sight, FloatArray]:
    """What people see, and the probability that each object is real, by expectation maximisation
    over all objects."""
    patterns = _patterns(columns, groups)
    share = patterns.votes / patterns.asked
    z = np.where(share > 0.5, 0.95, np.where(patterns.votes > 1, 0.6, 0.2))
    sight = unknown_sight(len(columns.people))
    for _ in range(ROUNDS):
        sight = _maximised(columns, patterns, z)
        before, z = z, _expected(patterns, sight)
        if not z.size or np.abs(z - before).max() < ENOUGH:
            break
    return sight, z[patterns.of]


def bounded(spurious: FloatArray) -> FloatArray:
    """Rates of spurious objects, none below an eighth of the largest.

    With recalls of at least .28 this is why a vote that agrees never makes an object less probable:
    .28 > (1 + 8) * .03.
    """
    floor = float(spurious.max(initial=0.0)) / SPURIOUS_RATIO
    return np.asarray(np.maximum(spurious, floor))


def _expected(patterns: _Patterns, sight: Sight) -> FloatArray:
    recall = sight.recall[patterns.person]
    seen = np.log(np.where(patterns.drew, recall, 1 - recall))
    rate = np.where(patterns.drew, sight.spurious[patterns.person], 0.0)
    if not patterns.starts.size:
        return np.empty(0)
    real = np.log(sight.per_image) + np.add.reduceat(seen, patterns.starts)
    others, absent = patterns.votes - 1, patterns.asked - patterns.votes
    joined = others * np.log(sight.joined) + absent * np.log1p(-sight.joined)
    spurious = np.log(np.add.reduceat(rate, patterns.starts)) + joined
    return np.asarray(1 / (1 + np.exp(-np.clip(real - spurious, -CLIP, CLIP))))


def _maximised(columns: Columns, patterns: _Patterns, z: FloatArray) -> Sight:
    teams, people = columns.teams, len(columns.people)
    real, spurious = patterns.counts * z, patterns.counts * (1 - z)
    weight = np.repeat(real, patterns.asked)
    hits = totals(patterns.person, weight * patterns.drew, people)
    chances = totals(patterns.person, weight, people)
    recall = np.clip((5.1 + hits) / (6 + chances), LEAST_RECALL, MOST_RECALL)
    false = np.repeat(spurious, patterns.asked) * patterns.drew
    questions = np.bincount(teams.kind, minlength=teams.sizes.size) * (teams.sizes > 1)
    answered = totals(teams.person, np.repeat(questions, teams.sizes).astype(float), people)
    rates = bounded((0.5 + totals(patterns.person, false, people)) / (2 + answered))
    team = np.repeat(np.arange(teams.sizes.size), teams.sizes)
    blind: FloatArray = np.log1p(-recall[teams.person])
    missed = np.exp(totals(team, blind, teams.sizes.size))
    per_image = (real.sum() + 1) / ((questions * (1 - missed)).sum() + 1)
    others = (spurious * (patterns.votes - 1)).sum()
    chances_to_join = (spurious * (patterns.asked - 1)).sum()
    joined = min(JOINED, (1.5 + others) / (50 + chances_to_join))
    return Sight(recall, rates, float(joined), float(per_image))


def _patterns(columns: Columns, groups: Groups) -> _Patterns:
    teams = columns.teams
    firsts = groups.rows[groups.starts]
    team = teams.kind[columns.question[firsts]]
    keys = [*_bit_rows(columns.annotator[groups.rows], groups.starts), team]
    order = np.lexsort(keys)
    new = np.zeros(order.size, np.bool_)
    for key in keys:
        new[1:] |= key[order[1:]] != key[order[:-1]]
    new[:1] = True
    of = np.empty(order.size, np.int64)
    of[order] = np.cumsum(new) - 1
    example = order[new]
    asked = teams.sizes[team[example]]
    starts = np.cumsum(asked) - asked
    person = spread(teams.person, teams.starts[team[example]], asked)
    drew = np.zeros(person.size, np.bool_)
    members = spread(groups.rows, groups.starts[example], groups.sizes[example])
    drew[np.repeat(starts, groups.sizes[example]) + columns.annotator[members]] = True
    return _Patterns(
        of=of,
        counts=np.where(asked > 1, np.bincount(of, minlength=example.size), 0.0),
        starts=starts,
        asked=asked,
        votes=groups.sizes[example],
        person=person,
        drew=drew,
    )


def _bit_rows(annotator: IntArray, starts: IntArray) -> list[IntArray]:
    """The set of annotators of each object as words of 62 bits."""
    words = int(annotator.max(initial=0)) // 62 + 1
    bit = np.left_shift(1, annotator % 62)
    return [
        np.add.reduceat(np.where(annotator // 62 == word, bit, 0), starts)
        if starts.size
        else np.empty(0, np.int64)
        for word in range(words)
    ]
