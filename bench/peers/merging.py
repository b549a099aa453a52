"""The tools that merge boxes elsewhere, on the same scenes, from an environment of their own."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from bench.records import Record
from bench.scenes import IMAGE, LABELS, Boxes, Scene

ENVIRONMENT = "CONCORD_PEER_MERGE"
"""Names the folder of an environment that has datumaro and ensemble-boxes."""
FUSING = Path(__file__).with_name("fusing.py")
PEERS = {"wbf": 1000, "intersect": 100}
"""By how many images each is judged: the second takes a tenth of a second for one."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What a peer made of the first scenes, and how long it would take for 1,000."""

    found: list[Boxes]
    seconds: float


def merged_by_peers(known: Sequence[Scene]) -> dict[str, Merged]:
    """By each peer; nothing where no environment is named."""
    folder = os.environ.get(ENVIRONMENT)
    if not folder:
        return {}
    return {name: _merged(Path(folder), name, known[:images]) for name, images in PEERS.items()}


def beside(record: Record, theirs: Mapping[str, float]) -> Record:
    """The record with what the peers reached: weighted boxes fusion as its peer, all in words."""
    if not theirs:
        return record
    peer = theirs["wbf"]
    told = (f"{name} {figure:.4g}" for name, figure in theirs.items())
    ratio = None if record.value is None or not peer else record.value / peer
    return replace(record, peer=peer, ratio=ratio, note="; ".join((record.note, *told)))


def _merged(folder: Path, name: str, known: Sequence[Scene]) -> Merged:
    work = {
        "size": IMAGE,
        "labels": LABELS,
        "images": [[_plain(answer) for answer in scene.answers] for scene in known],
    }
    done = subprocess.run(
        [folder / "bin" / "python", FUSING, name],
        input=json.dumps(work),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{name} of {ENVIRONMENT} failed: {done.stderr[-2000:]}")
    found = json.loads(done.stdout)
    return Merged([_boxes(each) for each in found["images"]], found["seconds"] * 1000 / len(known))


def _plain(boxes: Boxes) -> dict[str, Any]:
    return {"edges": boxes.edges.tolist(), "labels": boxes.labels.tolist()}


def _boxes(plain: dict[str, Any]) -> Boxes:
    edges = np.array(plain["edges"], np.float64).reshape(-1, 4)
    return Boxes(edges, np.array(plain["labels"], np.int64))
