"""The merge on simulated teams of unequal care, and how far its confidence can be believed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from apps.reviews.domain.calibration import calibrate
from apps.reviews.domain.objects import learn_and_merge
from apps.reviews.domain.results import MergedObject
from bench.peers.merging import beside, merged_by_peers
from bench.records import Record
from bench.scenes import PRO, REGULAR, SLOPPY, SPAMMER, Scene, simulate
from bench.scoring import MATCH, against_truth, calibration_error
from bench.spoken import answers_of, likely, reviewed

IMAGES, OBJECTS, SEED = 100, 20, 1
CLOSE = 0.9
TEAMS = {
    "2_regular": (REGULAR,) * 2,
    "3_regular": (REGULAR,) * 3,
    "3_unequal": (PRO, REGULAR, SLOPPY),
    "5_mixed": (PRO, REGULAR, REGULAR, SLOPPY, SLOPPY),
    "5_with_spammer": (PRO, REGULAR, REGULAR, SLOPPY, SPAMMER),
    "7_mixed": (PRO, PRO, REGULAR, REGULAR, REGULAR, SLOPPY, SLOPPY),
}


def measure_teams() -> Iterator[Record]:
    """Figures about simulated teams, part of `merge`."""
    for name, team in TEAMS.items():
        scenes = simulate(count=IMAGES, objects=OBJECTS, team=team, seed=SEED)
        _, merged = learn_and_merge([answers_of(scene) for scene in scenes])
        yield from _found(name, scenes, merged)
        yield from _believed(name, scenes, merged)


def _found(
    name: str, scenes: Sequence[Scene], merged: Sequence[Sequence[MergedObject]]
) -> Iterator[Record]:
    peers = merged_by_peers(scenes)
    for overlap in (MATCH, CLOSE):
        ours = against_truth(scenes, map(likely, merged), overlap=overlap)
        note = f"{IMAGES} images of {OBJECTS} objects, matches from an IoU of {overlap}"
        record = Record(f"simulated_f1_{overlap * 100:.0f}_{name}", ours.f1, "", IMAGES, note=note)
        theirs = {
            peer: against_truth(scenes, each.found, overlap=overlap).f1
            for peer, each in peers.items()
        }
        yield beside(record, theirs)


def _believed(
    name: str, scenes: Sequence[Scene], merged: Sequence[Sequence[MergedObject]]
) -> Iterator[Record]:
    """The error of the confidence on every other object, by a curve fitted to the rest."""
    for overlap in (MATCH, CLOSE):
        raw, fitted, n = errors_of_confidence(scenes, merged, right_iou=overlap)
        note = f"expected calibration error, right from an IoU of {overlap}; not fitted {raw:.3f}"
        yield Record(f"calibration_error_{overlap * 100:.0f}_{name}", fitted, "", n, note=note)


def errors_of_confidence(
    scenes: Sequence[Scene], merged: Sequence[Sequence[MergedObject]], *, right_iou: float
) -> tuple[float, float, int]:
    """The calibration error of what the merge says itself, of the curve, and of how many objects.

    The curve is fitted to the first half of the images and judged on the second.
    """
    half = len(scenes) // 2
    curve = calibrate(
        [row for row, _ in reviewed(scenes[:half], merged[:half], right_iou=right_iou)],
        right_iou=right_iou,
    )
    assert curve is not None, "half of the scenes hold too few objects"
    rest = list(reviewed(scenes[half:], merged[half:], right_iou=right_iou))
    right = np.array([row.right for row, _ in rest])
    raw = np.array([each.confidence for _, each in rest])
    fitted = np.array([curve.confidence(row.features) for row, _ in rest])
    return calibration_error(raw, right), calibration_error(fitted, right), len(rest)
