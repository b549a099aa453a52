"""The loop closed: what people agreed on teaches a small model, and that suggests the rest.

python loop.py DATASET

For a dataset where people choose one of several options. A round reads the final answers that are
new, learns from all of them, writes a checkpoint, and sends predictions for what nobody has
answered yet, under a new version. With the order "prefer uncertain" people then see first what the
model doubts, and the page Models shows how each version does. Needs numpy and pillow.
"""

from __future__ import annotations

import argparse
import io
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from concord.client import Client, Dataset, Task

MODEL = "colours-and-edges"
LEAST_ANSWERS = 4
Vectors = NDArray[np.float64]


def features(data: bytes) -> Vectors:
    """How often each of 64 colours occurs, and how strong edges are in each of 8 directions."""
    pixels = np.asarray(Image.open(io.BytesIO(data)).convert("RGB").resize((64, 64)), float)
    bins = (pixels // 64).astype(int) @ (16, 4, 1)
    colours = np.bincount(bins.ravel(), minlength=64) / bins.size
    down, right = np.gradient(pixels.mean(axis=2))
    strength, angle = np.hypot(down, right) / 128, np.arctan2(down, right) % np.pi
    sector = np.minimum((angle / np.pi * 8).astype(int), 7)
    edges = np.bincount(sector.ravel(), strength.ravel(), minlength=8) / strength.size
    return np.concatenate([np.sqrt(colours), 2 * edges, [1.0]])


def learn(vectors: Vectors, targets: Vectors, *, steps: int = 400) -> Vectors:
    """Weights of a logistic regression over several classes, by plain descent with some decay."""
    weights = np.zeros((vectors.shape[1], targets.shape[1]))
    for _ in range(steps):
        error = chances(vectors, weights) - targets
        weights -= 1.0 * (vectors.T @ error / len(vectors) + 0.002 * weights)
    return weights


def chances(vectors: Vectors, weights: Vectors) -> Vectors:
    """How likely each class is, row by row."""
    scores = vectors @ weights
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


@dataclass
class Trainer:
    """What was read so far: final answers by task, and the features of images."""

    dataset: Dataset
    checkpoints: Path
    cursor: str | None = None
    answers: dict[str, Any] = field(default_factory=dict)
    seen: dict[str, Vectors] = field(default_factory=dict)

    def round(self) -> str | None:
        """Learn if there are new answers, and publish; returns the new version."""
        if not self._read_answers() or len(self.answers) < LEAST_ANSWERS:
            return None
        classes = sorted(set(self.answers.values()), key=repr)
        vectors = np.array([self.seen[task] for task in self.answers])
        targets = np.array([[said == one for one in classes] for said in self.answers.values()])
        weights = learn(vectors, targets.astype(float))
        version = f"{len(self.answers)} answers"
        self.checkpoints.mkdir(parents=True, exist_ok=True)
        np.savez(self.checkpoints / f"{len(self.answers)}.npz", weights=weights)
        waiting = [task for task in self.dataset.tasks(state="open") if task["answers"] == 0]
        said = (self._prediction(task, classes, weights) for task in waiting)
        self.dataset.predict(MODEL, version, said)
        return version

    def _read_answers(self) -> int:
        """Read what was agreed or changed since the last time; returns how much that is."""
        feed, new = self.dataset.answers(since=self.cursor), 0
        for line in feed:
            task, new = line["_task_id"], new + 1
            self.answers.pop(task, None)
            if line["answer"] == "accept" and len(line["accept"]) == 1:
                self._look(task, line)
                self.answers[task] = line["accept"][0]
        self.cursor = feed.cursor
        return new

    def _prediction(self, task: Task, classes: list[Any], weights: Vectors) -> dict[str, Any]:
        (sure,) = chances(self._look(task["id"], task)[None], weights)
        return {"task": task["id"], "accept": [classes[sure.argmax()]], "score": float(sure.max())}

    def _look(self, task: str, image: Task) -> Vectors:
        if task not in self.seen:
            self.seen[task] = features(image.image_bytes())
        return self.seen[task]


def main() -> None:
    """Go round until Ctrl-C, or until `--versions` were published."""
    parser = argparse.ArgumentParser(description="Learn from answers, and suggest the rest.")
    parser.add_argument("dataset", help="as its address names it")
    parser.add_argument("--versions", type=int, default=0, help="0 goes on until Ctrl-C")
    parser.add_argument("--every", type=float, default=30.0, help="seconds between rounds")
    parser.add_argument("--checkpoints", type=Path, default=Path("checkpoints"))
    given = parser.parse_args()
    trainer = Trainer(Client().dataset(given.dataset), given.checkpoints)
    published = 0
    while not given.versions or published < given.versions:
        if version := trainer.round():
            published += 1
            print(f"published {version}", flush=True)
        if published != given.versions:
            time.sleep(given.every)


if __name__ == "__main__":
    main()
