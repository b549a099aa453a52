"""Figures of agreement as JSON."""

from __future__ import annotations

from typing import Any

import numpy as np

from apps.exchange.offline.files import Answers, Images, Refused
from apps.reviews.domain.agreement import Agreement
from apps.reviews.domain.box_agreement import Overlap, box_agreement
from apps.reviews.domain.class_agreement import TooMuchToCompare, class_agreement
from apps.reviews.domain.class_votes import to_ballots
from apps.reviews.domain.estimates import Estimate
from apps.reviews.domain.objects import merge_objects


def of_votes(answers: Answers, rng: np.random.Generator) -> dict[str, Any]:
    """The figures of votes on classes. Raises Refused if there is too much to compare."""
    ballots = to_ballots(answers.votes)
    try:
        found = class_agreement(ballots, rng)
    except TooMuchToCompare as error:
        raise Refused(
            "answers: too many items and labels, or answers to one item, to compare"
        ) from error
    return {
        "items": len(ballots.items),
        "annotators": len(ballots.annotators),
        "answers": len(answers.votes),
        **agreement(found.overall),
        "labels": {label: agreement(each) for label, each in found.labels.items()},
        "pairs": [
            {
                "annotators": [pair.first, pair.second],
                "percent": estimate(pair.percent),
                "cohen_kappa": estimate(pair.kappa),
            }
            for pair in found.pairs
        ],
        "alpha_without": {name: estimate(each) for name, each in found.without.items()},
    }


def of_images(images: Images, rng: np.random.Generator) -> dict[str, Any]:
    """The figures of boxes; `percent` to `gwet_ac1` are of the objects that people drew or not."""
    questions = list(images.answers.values())
    found = box_agreement(questions, merge_objects(questions), rng)
    return {
        "images": len(questions),
        "annotators": len({answer.annotator for answers in questions for answer in answers}),
        "boxes": sum(len(answer.marks) for answers in questions for answer in answers),
        **agreement(found.objects),
        **overlap(found.overlap),
        "labels": {label: agreement(each) for label, each in found.labels.items()},
        "pairs": [
            {"annotators": list(pair), **overlap(each)} for pair, each in found.pairs.items()
        ],
    }


def agreement(found: Agreement) -> dict[str, Any]:
    """The four figures of a table; `band` is how Krippendorff advises to read alpha."""
    return {
        "percent": estimate(found.percent),
        "alpha": {**estimate(found.alpha), "band": found.alpha.band},
        "fleiss_kappa": estimate(found.fleiss),
        "gwet_ac1": estimate(found.ac1),
    }


def overlap(found: Overlap) -> dict[str, Any]:
    """How well boxes lie in the same places: F1 at an IoU of .5 and of .75, mean IoU of matches."""
    return {
        "f1": estimate(found.f1),
        "strict_f1": estimate(found.strict_f1),
        "iou": estimate(found.iou),
    }


def estimate(found: Estimate) -> dict[str, Any]:
    """A figure, its 95 % interval and how many items it rests on."""
    return {"value": found.value, "low": found.low, "high": found.high, "n": found.n}
