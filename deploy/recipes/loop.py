"""The loop closed: what people agreed on teaches a small model, and that suggests the rest.

    CONCORD_URL=https://concord.example.org CONCORD_TOKEN=... python deploy/recipes/loop.py DATASET

For a dataset where people choose one of several options. A round reads the final answers that are
new, learns from all of them, writes a checkpoint, and sends predictions for what nobody has
answered yet, under a new version. With the order "prefer uncertain" people then see first what the
model doubts, and the page Models shows how each version does. Needs httpx, numpy and pillow.
"""

from __future__ import annotations

import argparse
import io
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import numpy as np
from numpy.typing import NDArray
from PIL import Image

MODEL = "colours-and-edges"
LEAST_ANSWERS = 4
BATCH = 500
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

    http: httpx.Client
    dataset: str
    checkpoints: Path
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
        self._publish(version, classes, weights)
        return version

    def _read_answers(self) -> int:
        """Read the final answers that are new; returns how many."""
        new = 0
        for row in self._tasks("final"):
            if row["id"] in self.answers:
                continue
            final = self._get(f"tasks/{row['id']}/")["final"]
            if final["answer"] == "accept" and len(final["accept"]) == 1:
                self._look(row)
                self.answers[row["id"]] = final["accept"][0]
                new += 1
        return new

    def _publish(self, version: str, classes: list[Any], weights: Vectors) -> None:
        waiting = [row for row in self._tasks("open") if row["answers"] == 0]
        for start in range(0, len(waiting), BATCH):
            rows = waiting[start : start + BATCH]
            sure = chances(np.array([self._look(row) for row in rows]), weights)
            predictions = [
                {"task": row["id"], "accept": [classes[each.argmax()]], "score": float(each.max())}
                for row, each in zip(rows, sure, strict=True)
            ]
            body = {"model": MODEL, "version": version, "predictions": predictions}
            self.http.post(f"datasets/{self.dataset}/predictions/", json=body).raise_for_status()

    def _look(self, row: dict[str, Any]) -> Vectors:
        if row["id"] not in self.seen:
            reply = self.http.get(str(self.http.base_url.join(row["image"]["thumbnail"])))
            self.seen[row["id"]] = features(reply.raise_for_status().content)
        return self.seen[row["id"]]

    def _tasks(self, state: str) -> Iterator[dict[str, Any]]:
        page: str | None = f"datasets/{self.dataset}/tasks/?state={state}&limit=500"
        while page:
            found = self._get(page)
            yield from found["results"]
            page = found["next"]

    def _get(self, path: str) -> Any:
        return self.http.get(path).raise_for_status().json()


def main() -> None:
    """Go round until Ctrl-C, or `--rounds` times."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("dataset", help="as its address names it")
    parser.add_argument("--rounds", type=int, default=0, help="0 goes on until Ctrl-C")
    parser.add_argument("--every", type=float, default=30.0, help="seconds between rounds")
    parser.add_argument("--checkpoints", type=Path, default=Path("checkpoints"))
    given = parser.parse_args()
    url = os.environ.get("CONCORD_URL", "http://127.0.0.1:8000").rstrip("/")
    headers = {"Authorization": f"Bearer {os.environ['CONCORD_TOKEN']}"}
    with httpx.Client(base_url=f"{url}/api/", headers=headers, timeout=60) as http:
        trainer, done = Trainer(http, given.dataset, given.checkpoints), 0
        while True:
            version = trainer.round()
            print(f"published {version}" if version else "nothing new", flush=True)
            done += 1
            if done == given.rounds:
                return
            time.sleep(given.every)


if __name__ == "__main__":
    main()
