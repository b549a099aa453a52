"""Teams of rising carelessness before regular and crowded images, with a known truth.

`CONCORD_SCENES_DATA` may name a folder with such scenes as `crowded-5.json.gz`; without it they are
made here by the same description, from the first of the team to the last: edges miss by 2 to 6 % of
the side (crowded 3 to 10), one box in fifty by four times that, 3 to 11 % of the objects are missed
(8 to 25), .4 to 1.2 boxes an image are invented (1 to 3), 2 to 8 % of the labels wrong (5 to 20).
"""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bench.scenes import CLUMP, IMAGE, LABELS, Boxes, FloatArray, Generator, Scene, upright

IMAGES, OBJECTS, SEED = 1000, 20, 7
SLIP, SLIP_FACTOR = 0.02, 4.0


@dataclass(frozen=True, slots=True)
class Range:
    """How careless the first and the last of a team are."""

    spread: tuple[float, float]
    miss: tuple[float, float]
    invented: tuple[float, float]
    wrong: tuple[float, float]


RANGES = {
    "regular": Range((0.02, 0.06), (0.03, 0.11), (0.4, 1.2), (0.02, 0.08)),
    "crowded": Range((0.03, 0.10), (0.08, 0.25), (1.0, 3.0), (0.05, 0.20)),
}


def scenes(crowd: str, people: int) -> list[Scene]:
    """The given scenes if there are some, else made ones."""
    folder = os.environ.get("CONCORD_SCENES_DATA")
    return read(Path(folder), crowd, people) if folder else made(crowd, people)


def made(crowd: str, people: int, *, images: int = IMAGES) -> list[Scene]:
    """Scenes by the description above."""
    rng = np.random.default_rng(SEED)
    care = RANGES[crowd]
    team = [
        [low + (high - low) * n / max(people - 1, 1) for low, high in _ranges(care)]
        for n in range(people)
    ]
    found = []
    for _ in range(images):
        truth = _truth(rng, crowded=crowd == "crowded")
        found.append(Scene(truth, tuple(_answer(rng, truth, *person) for person in team)))
    return found


def read(folder: Path, crowd: str, people: int) -> list[Scene]:
    """Scenes of a file; annotators by name, labels by their order."""
    with gzip.open(folder / f"{crowd}-{people}.json.gz") as file:
        images: Mapping[str, Any] = json.load(file)["images"]
    rows = [row for image in images.values() for row in image["truth"]]
    labels = {label: n for n, label in enumerate(sorted({row[4] for row in rows}))}
    return [
        Scene(
            _boxes(image["truth"], labels),
            tuple(
                _boxes(image["annotators"][name], labels) for name in sorted(image["annotators"])
            ),
        )
        for image in images.values()
    ]


def _ranges(care: Range) -> Sequence[tuple[float, float]]:
    return care.spread, care.miss, care.invented, care.wrong


def _boxes(rows: Sequence[Sequence[Any]], labels: dict[str, int]) -> Boxes:
    edges = np.array([row[:4] for row in rows], np.float64).reshape(-1, 4)
    edges[:, 2:] += edges[:, :2]
    known = [labels.setdefault(row[4], len(labels)) for row in rows]
    return Boxes(edges, np.array(known, np.int64))


def _truth(rng: Generator, *, crowded: bool) -> Boxes:
    sides = np.exp(rng.normal((4.6, 4.4), 0.5, (OBJECTS, 2))).clip(30, 400)
    corners = rng.uniform(0, 1, (OBJECTS, 2)) * (np.array(IMAGE) - sides)
    if crowded:
        first = np.arange(OBJECTS) - np.arange(OBJECTS) % CLUMP
        place = np.arange(OBJECTS) % CLUMP
        step = np.stack((place % 2, place // 2), axis=1) * rng.uniform(0.5, 0.75, (OBJECTS, 2))
        corners = corners[first] + step * sides[first]
        sides = sides[first] * rng.uniform(0.85, 1.15, (OBJECTS, 2))
    edges = upright(np.hstack((corners, corners + sides)))
    return Boxes(edges, rng.integers(0, LABELS, OBJECTS))


def _answer(
    rng: Generator, truth: Boxes, spread: float, miss: float, invented: float, wrong: float
) -> Boxes:
    seen = rng.random(truth.labels.size) >= miss
    edges = truth.edges[seen]
    sides = np.tile(edges[:, 2:] - edges[:, :2], 2)
    slip = np.where(rng.random(len(edges)) < SLIP, SLIP_FACTOR, 1.0)[:, None]
    drawn = edges + rng.normal(0, spread, edges.shape) * sides * slip
    mistaken = rng.random(len(edges)) < wrong
    labels = (truth.labels[seen] + mistaken * rng.integers(1, LABELS, len(edges))) % LABELS
    more = _invented(rng, int(rng.poisson(invented)))
    return Boxes(
        upright(np.vstack((drawn, more))),
        np.concatenate((labels, rng.integers(0, LABELS, len(more)))),
    )


def _invented(rng: Generator, count: int) -> FloatArray:
    sides = rng.uniform(20, 200, (count, 2))
    corners = rng.uniform(0, 1, (count, 2)) * (np.array(IMAGE) - sides)
    return np.hstack((corners, corners + sides))
