"""How far proposals may be trusted unseen: what reviewers found of those that they saw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

from apps.reviews.domain.acceptance import Acceptance, Look, accept_rule
from apps.reviews.domain.audit import RIGHT_IOU
from apps.reviews.domain.calibration import (
    Calibration,
    Features,
    Reviewed,
    calibrate,
    out_of_fold,
)

TARGETS = (0.005, 0.01, 0.02, 0.03, 0.05, 0.07, 0.1, 0.15)
"""Shares of errors for which it is always told what could be accepted."""


@dataclass(frozen=True, slots=True)
class Trust:
    """A calibrated confidence, and for each target of errors what may be accepted.

    `curve` is None while fewer than 30 parts were reviewed; nothing is accepted then.
    """

    reviewed: int = 0
    curve: Calibration | None = None
    acceptances: tuple[Acceptance, ...] = ()

    def confidence(self, parts: Sequence[Features]) -> float | None:
        """The chance that the least certain part is right; None while that is not known."""
        if self.curve is None or not parts:
            return None
        return min(self.curve.confidence(part) for part in parts)

    def threshold(self, target: float) -> float | None:
        """The confidence from which parts may be accepted so that at most the share `target` of
        them is wrong; None while that cannot be promised."""
        for each in self.acceptances:
            if each.target == target:
                return each.threshold
        return None

    def as_dict(self) -> dict[str, Any]:
        """JSON for storage."""
        return {
            "reviewed": self.reviewed,
            "curve": self.curve and self.curve.as_dict(),
            "acceptances": [asdict(each) for each in self.acceptances],
        }

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Self:
        """What `as_dict` wrote."""
        return cls(
            reviewed=stored["reviewed"],
            curve=stored["curve"] and Calibration.from_dict(stored["curve"]),
            acceptances=tuple(
                Acceptance(**{**each, "looks": tuple(Look(**look) for look in each["looks"])})
                for each in stored["acceptances"]
            ),
        )


def earn_trust(reviewed: Sequence[Reviewed], targets: Sequence[float] = ()) -> Trust:
    """What these reviews allow; `targets` are looked at beside the usual ones."""
    curve = calibrate(reviewed, right_iou=RIGHT_IOU)
    confidences = out_of_fold(reviewed, right_iou=RIGHT_IOU)
    if curve is None or confidences is None:
        return Trust(reviewed=len(reviewed))
    right = [each.right for each in reviewed]
    return Trust(
        reviewed=len(reviewed),
        curve=curve,
        acceptances=tuple(
            accept_rule(confidences, right, target=target)
            for target in sorted({*TARGETS, *targets})
        ),
    )
