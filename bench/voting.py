"""Votes on classes: how often the verdict is right, and how fast it comes."""

from __future__ import annotations

import time
from collections.abc import Iterator

import numpy as np

from apps.reviews.domain.class_verdicts import decide_all
from apps.reviews.domain.class_votes import to_ballots
from bench.records import Record
from bench.votes import Crowd, poll

ITEMS, SEED = 10_000, 7
CROWDS = {
    "": Crowd(np.linspace(0.35, 0.95, 50).tolist(), per_item=5),
    "_careless": Crowd([0.95] * 15 + [0.2] * 25, per_item=5),
}


def measure_votes() -> Iterator[Record]:
    """Figures about votes, part of `merge`."""
    for name, crowd in CROWDS.items():
        asked = poll(crowd, items=ITEMS, seed=SEED)
        taken: list[float] = []
        for _ in range(5):
            began = time.perf_counter()
            verdicts, _ = decide_all(to_ballots(asked.votes))
            taken.append(time.perf_counter() - began)
        right = sum(verdicts[item].label == label for item, label in asked.truth.items())
        most = sum(verdicts[item].votes[0][0] == label for item, label in asked.truth.items())
        note = f"{len(crowd.accuracies)} simulated people, {crowd.per_item} answers per item"
        told = f"{note}; the majority: {most / ITEMS:.3f}"
        yield Record(f"vote_accuracy{name}", right / ITEMS, "", ITEMS, note=told)
        told = f"{note}, learning included; best of {len(taken)} passes"
        yield Record(f"vote_seconds{name}", min(taken), "s", ITEMS, note=told)
