"""One prediction as a model sends it, read strictly: every fault has a code and a sentence."""

from __future__ import annotations

import math
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

TargetKind = Literal["task", "image", "url"]
TARGETS: tuple[TargetKind, ...] = ("task", "image", "url")
SAYINGS = ("spans", "accept", "label", "score")
LONGEST_LABEL = 200
LONGEST_URL = 4000
MOST_CHOSEN = 1000


class PredictionError(ValueError):
    """Why one prediction is refused: a stable code and a sentence."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Target:
    """What a prediction is about: a task or an image by id, or an image by where it came from."""

    kind: TargetKind
    value: uuid.UUID | str


@dataclass(frozen=True, slots=True)
class Prediction:
    """What a model says of one target. `spans` and `accept` are as sent, None where it says
    nothing of them; an empty list says that nothing is there. `score` is finite."""

    target: Target
    spans: list[Any] | None
    accept: list[int | str] | None
    label: str
    score: float | None


def read_prediction(value: Any) -> Prediction:
    """Return the prediction that `value` (parsed JSON) holds; raises PredictionError.

    Spans are only known to be a list: what is in them depends on the dataset and the image.
    """
    if not isinstance(value, Mapping):
        raise PredictionError("not_an_object", "A prediction is a JSON object.")
    if unknown := sorted(value.keys() - {*TARGETS, *SAYINGS}):
        raise PredictionError("unknown_field", f"A prediction has no {unknown[0][:40]!r}.")
    prediction = Prediction(
        target=_target(value),
        spans=_list(value, "spans"),
        accept=_accept(value),
        label=_label(value.get("label")),
        score=read_score(value.get("score")),
    )
    if all(value.get(name) is None for name in SAYINGS):
        detail = f"A prediction says something: {', '.join(SAYINGS)}."
        raise PredictionError("empty_prediction", detail)
    return prediction


def _target(value: Mapping[str, Any]) -> Target:
    named = [kind for kind in TARGETS if value.get(kind) is not None]
    if len(named) != 1:
        raise PredictionError("bad_target", "A prediction names one of task, image and url.")
    (kind,) = named
    text = value[kind]
    if not isinstance(text, str) or not 0 < len(text) <= LONGEST_URL:
        raise PredictionError("bad_target", f"{kind} is not a text of reasonable length.")
    if kind == "url":
        return Target(kind, text)
    try:
        return Target(kind, uuid.UUID(text))
    except ValueError as error:
        raise PredictionError("bad_target", f"{kind} is not an id.") from error


def _list(value: Mapping[str, Any], name: str) -> list[Any] | None:
    found = value.get(name)
    if found is not None and not isinstance(found, list):
        raise PredictionError("bad_field", f"{name} is not a list.")
    return found


def _accept(value: Mapping[str, Any]) -> list[int | str] | None:
    accept = _list(value, "accept")
    for option in accept or []:
        if isinstance(option, bool) or not isinstance(option, int | str):
            raise PredictionError("bad_field", "accept is not a list of option ids.")
    if accept is not None and len(accept) > MOST_CHOSEN:
        raise PredictionError("bad_field", f"accept has more than {MOST_CHOSEN} ids.")
    return accept


def _label(value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, str) or not 0 < len(value.strip()) <= LONGEST_LABEL:
        detail = f"label is not a text of 1 to {LONGEST_LABEL} characters."
        raise PredictionError("bad_field", detail)
    return value.strip()


def read_score(value: Any) -> float | None:
    """Return a score, a finite number; None for none. Raises PredictionError."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise PredictionError("bad_score", "score is not a finite number.")
    return float(value)
