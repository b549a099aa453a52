"""What `concord merge`, `concord vote` and `concord agreement` do with a file."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from apps.exchange.offline.figures import of_images, of_votes
from apps.exchange.offline.files import Answers, Refused, images_of, quoted, read_object, votes_of
from apps.reviews.domain.class_skills import ALGORITHM as VOTE_ALGORITHM
from apps.reviews.domain.class_verdicts import TIE, ClassVerdict, decide_all
from apps.reviews.domain.class_votes import to_ballots
from apps.reviews.domain.objects import learn_and_merge
from apps.reviews.domain.results import ALGORITHM, Member, MergedObject

SEED = 0
"""Intervals are drawn; the same file gives the same ones."""


def run(verb: str, file: str, output: str | None) -> str | None:
    """Do what a verb says, write JSON to `output` or to standard output; return why not, if so.

    Nothing is written unless all is well.
    """
    path = Path(file)
    try:
        result = VERBS[verb](read_object(path))
    except Refused as refusal:
        return f"{quoted(path.name)[1:-1]}: {refusal}"
    text = json.dumps(result, ensure_ascii=False, indent=2 if verb == "agreement" else None)
    data = f"{text}\n".encode()
    if output is None:
        sys.stdout.buffer.write(data)
        return None
    try:
        Path(output).write_bytes(data)
    except OSError as error:
        return f"{quoted(output, 1000)[1:-1]}: {error.strerror}"
    return None


def merge(content: Mapping[str, Any]) -> dict[str, Any]:
    """The objects of every image, merged from all annotators' boxes with what these boxes show of
    their skills. Raises Refused."""
    images = images_of(content)
    _, merged = learn_and_merge(list(images.answers.values()))
    return {
        "images": {
            name: [_object(each) for each in objects]
            for name, objects in zip(images.answers, merged, strict=True)
        },
        "left_out": [
            {"image": image, "annotator": annotator, "box": box}
            for image, annotator, box in images.left_out
        ],
        "algorithm": ALGORITHM,
    }


def vote(content: Mapping[str, Any]) -> dict[str, Any]:
    """The verdict on every item, and what was learnt of annotators. Raises Refused."""
    answers = votes_of(content)
    verdicts, skills = decide_all(to_ballots(answers.votes))
    known = {} if skills is None else skills.annotators
    return {
        "items": {item: _verdict(verdict, answers) for item, verdict in verdicts.items()},
        "annotators": {
            name: {"answers": skill.answers, "accuracy": skill.accuracy}
            for name, skill in known.items()
        },
        "algorithm": VOTE_ALGORITHM,
    }


def agreement(content: Mapping[str, Any]) -> dict[str, Any]:
    """How far annotators agree, on boxes or on votes. Raises Refused."""
    rng = np.random.default_rng(SEED)
    if "images" in content:
        return of_images(images_of(content), rng)
    if "answers" in content:
        return of_votes(votes_of(content), rng)
    raise Refused('neither "images" nor "answers" in it')


def _object(merged: MergedObject) -> dict[str, Any]:
    shape = merged.shape
    return {
        "x": shape.x,
        "y": shape.y,
        "width": shape.width,
        "height": shape.height,
        "label": _likeliest_label(merged),
        "votes": merged.votes,
        "of": merged.of,
        "confidence": merged.confidence,
        "state": merged.state,
        "existence": merged.existence,
        "label_votes": dict(merged.label_votes),
        "members": [_member(member) for member in merged.members],
        "disputed": list(merged.disputed),
        "duplicates": [_member(member) for member in merged.duplicates],
    }


def _likeliest_label(merged: MergedObject) -> str | None:
    """What to call it until somebody decides, also where more people call it something else (then
    its state tells that the label is in dispute); None if two labels are as probable."""
    ranked = merged.label_posterior
    if not ranked or (len(ranked) > 1 and ranked[0][1] - ranked[1][1] <= TIE):
        return None
    return ranked[0][0]


def _member(member: Member) -> dict[str, Any]:
    """Whose box it is, and the place of the box in the list of that annotator."""
    return {"annotator": member.annotator, "box": int(member.span or 0)}


def _verdict(verdict: ClassVerdict, answers: Answers) -> dict[str, Any]:
    def said(label: str | None) -> Any:
        return None if label is None else answers.labels[label]

    return {
        "label": said(verdict.label),
        "majority": said(verdict.majority),
        "votes": dict(verdict.votes),
        "confidence": verdict.confidence,
        "by": verdict.by,
        "conflict": verdict.conflict,
    }


VERBS: Mapping[str, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
    "merge": merge,
    "vote": vote,
    "agreement": agreement,
}
