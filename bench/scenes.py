"""Scenes with a known truth and what people of known care would draw in them.

Statistics of real crowds: edges miss by a share of the side with heavy tails, small things are
overlooked more often, boxes come out too large. Two things are shared by all who look at an object,
because without them every merge looks too good: how hard it is, and what it is mistaken for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
Generator = np.random.Generator

IMAGE = (1920.0, 1080.0)
LABELS = 10
ADJACENT = 0.35
CLUMP = 4
GROUPED, DOUBLED, GROSS = 0.02, 0.01, 0.03
OUTWARD = np.array([-1.0, -1.0, 1.0, 1.0])


@dataclass(frozen=True, slots=True)
class Boxes:
    """N boxes: (N, 4) left, top, right, bottom, and N labels."""

    edges: FloatArray
    labels: IntArray


@dataclass(frozen=True, slots=True)
class Scene:
    """An image: what is there, and what each annotator drew."""

    truth: Boxes
    answers: tuple[Boxes, ...]


@dataclass(frozen=True, slots=True)
class Care:
    """How carefully somebody works: standard deviation of an edge as a share of the side and in
    pixels, misses per object, invented boxes per image, share of right labels."""

    spread: float
    pixels: float
    miss: float
    extra: float
    accuracy: float


PRO = Care(0.018, 1.0, 0.03, 0.05, 0.97)
REGULAR = Care(0.035, 1.6, 0.08, 0.2, 0.92)
SLOPPY = Care(0.08, 2.5, 0.2, 0.5, 0.85)
SPAMMER = Care(0.35, 8.0, 0.6, 3.0, 0.2)


@dataclass(frozen=True, slots=True)
class _Person:
    """Habits of one annotator: care, outward bias per edge, what each label is mistaken for."""

    care: Care
    bias: FloatArray
    confusion: FloatArray


@dataclass(frozen=True, slots=True)
class _World:
    """What is in an image. `neighbour` is the object next to which one stands, or -1;
    `difficulty` is 0 to 1, `lookalike` the label that a hard object seems to have, `unclear` by
    how many pixels everybody sees its edges elsewhere."""

    boxes: Boxes
    neighbour: IntArray
    difficulty: FloatArray
    lookalike: IntArray
    unclear: FloatArray


def simulate(
    *, count: int, objects: int, team: Sequence[Care], seed: int, crowded: bool = False
) -> list[Scene]:
    """`count` images of `objects` things each, every one answered by the whole team.

    `crowded` puts the objects into clumps of four of like size that overlap.
    """
    rng = np.random.default_rng(seed)
    people = [_person(rng, care) for care in team]
    scenes = []
    for _ in range(count):
        world = _world(rng, objects, crowded=crowded)
        answers = tuple(_drawn_by(rng, person, world) for person in people)
        scenes.append(Scene(world.boxes, answers))
    return scenes


def _person(rng: Generator, care: Care) -> _Person:
    confusion = rng.dirichlet(np.full(LABELS, 0.4), LABELS)
    np.fill_diagonal(confusion, 0.0)
    confusion += 1e-9 * ~np.eye(LABELS, dtype=bool)
    confusion /= confusion.sum(axis=1, keepdims=True)
    # Real boxes are 8 % too wide and 2 % too tall, shared unequally among people.
    bias = rng.normal((0.04, 0.01, 0.04, 0.01), 0.02) * care.spread / SLOPPY.spread
    return _Person(care, bias, confusion)


def _world(rng: Generator, count: int, *, crowded: bool) -> _World:
    sides = np.exp(rng.normal((4.6, 4.4), 0.5, (count, 2))).clip(16, 400)
    corners = rng.uniform(0, 1, (count, 2)) * (np.array(IMAGE) - sides)
    neighbour = np.full(count, -1)
    for row in range(1, count):
        if row % CLUMP if crowded else rng.random() < ADJACENT:
            neighbour[row] = row - row % CLUMP if crowded else row - 1
            _stand_beside(rng, sides, corners, row, int(neighbour[row]), crowded=crowded)
    corners = np.minimum(corners.clip(0), np.array(IMAGE) - sides)
    difficulty = rng.beta(1.0, 4.0, count)
    labels = rng.integers(0, LABELS, count)
    return _World(
        boxes=Boxes(np.hstack((corners, corners + sides)), labels),
        neighbour=neighbour,
        difficulty=difficulty,
        lookalike=(labels + rng.integers(1, LABELS, count)) % LABELS,
        unclear=rng.normal(0, 0.08, (count, 4)) * difficulty[:, None] * np.tile(sides, 2),
    )


def _stand_beside(
    rng: Generator, sides: FloatArray, corners: FloatArray, row: int, other: int, *, crowded: bool
) -> None:
    """Move an object to where it touches another, or overlaps it if it is one of a clump."""
    if crowded:
        sides[row] = sides[other] * rng.uniform(0.85, 1.15, 2)
        place = row % CLUMP
        step = np.array([place % 2, place // 2]) * rng.uniform(0.5, 0.75, 2)
    else:
        step = rng.permutation([1.0, rng.uniform(-0.2, 0.2)])
    corners[row] = corners[other] + step * sides[other]


def _drawn_by(rng: Generator, person: _Person, world: _World) -> Boxes:
    care, truth = person.care, world.boxes
    sides = truth.edges[:, 2:] - truth.edges[:, :2]
    tiny = 1 + 4 * np.exp(-sides.min(axis=1) / 20)
    seen = rng.random(len(sides)) >= care.miss * tiny * (0.4 + 3 * world.difficulty)
    edges = truth.edges + world.unclear + _slips(rng, person, sides, world.difficulty)
    labels = _named(rng, person, world)
    for row in np.flatnonzero((world.neighbour >= 0) & (rng.random(len(sides)) < GROUPED)):
        other = world.neighbour[row]
        edges[row, :2] = np.minimum(edges[row, :2], edges[other, :2])
        edges[row, 2:] = np.maximum(edges[row, 2:], edges[other, 2:])
        seen[other] = False
    again = seen & (rng.random(len(sides)) < DOUBLED)
    invented = _invented(rng, int(rng.poisson(care.extra)))
    doubled = edges[again] + rng.normal(0, 2, (int(again.sum()), 4))
    return Boxes(
        upright(np.vstack((edges[seen], doubled, invented.edges))),
        np.concatenate((labels[seen], labels[again], invented.labels)),
    )


def _slips(
    rng: Generator, person: _Person, sides: FloatArray, difficulty: FloatArray
) -> FloatArray:
    """By how much each edge is drawn off: Student's t with 3 degrees of freedom, of unit variance,
    on a bias outwards, and now and then grossly wrong."""
    along = np.tile(sides, 2)
    size = person.care.spread * along * (0.8 + difficulty)[:, None] + person.care.pixels
    slips = rng.standard_t(3, along.shape) / np.sqrt(3) * size
    gross = rng.normal(0, 0.25, along.shape) * along * (rng.random(along.shape) < GROSS)
    return np.asarray(slips + gross + OUTWARD * person.bias * along)


def _named(rng: Generator, person: _Person, world: _World) -> IntArray:
    labels, hard = world.boxes.labels, world.difficulty
    wrong = rng.random(labels.size) < (1 - person.care.accuracy) * (0.4 + 3 * hard)
    fooled = rng.random(labels.size) < hard
    own = np.array([rng.choice(LABELS, p=person.confusion[label]) for label in labels], np.int64)
    return np.where(wrong, np.where(fooled, world.lookalike, own), labels)


def _invented(rng: Generator, count: int) -> Boxes:
    sides = rng.uniform(20, 200, (count, 2))
    corners = rng.uniform(0, 1, (count, 2)) * (np.array(IMAGE) - sides)
    return Boxes(np.hstack((corners, corners + sides)), rng.integers(0, LABELS, count))


def upright(edges: FloatArray) -> FloatArray:
    """Edges in order, at least 2 px apart, within the image."""
    low = np.minimum(edges[:, :2], edges[:, 2:]).clip(0, np.array(IMAGE) - 2)
    high = np.maximum(edges[:, :2], edges[:, 2:])
    return np.hstack((low, np.minimum(np.maximum(high, low + 2), np.array(IMAGE))))
