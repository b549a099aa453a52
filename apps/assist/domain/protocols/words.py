"""What all languages of model servers say, in our words."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Word = dict[str, Any]
"""What a server says of one image: `spans`, `accept`, `label` and `score` as in a prediction."""


class AnswerError(ValueError):
    """A server's answer that cannot be read, and in which place."""


@dataclass(frozen=True, slots=True)
class Sent:
    """An image as it is sent: its bytes in base64, upright, and its size in pixels."""

    data: str
    media_type: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Asked:
    """The model to ask for on a server that has several, and the names of its classes in order."""

    model: str = ""
    version: str = ""
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Described:
    """What a server says of itself."""

    model: str
    version: str
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answered:
    """A word on each image in the order in which they were sent, and by which version; an empty
    one where the answer does not tell."""

    words: list[Word]
    version: str = ""


@dataclass(frozen=True, slots=True)
class Protocol:
    """One language: paths under the server's address, and what is sent and read there."""

    about: Callable[[Asked], str]
    described: Callable[[Any, Asked], Described]
    path: Callable[[Asked], str]
    body: Callable[[Sequence[Sent]], Any]
    answered: Callable[[Any, Sequence[Sent], Asked], Answered]


def object_of(value: Any, what: str) -> Mapping[str, Any]:
    """Return a JSON object. Raises AnswerError."""
    if not isinstance(value, Mapping):
        raise AnswerError(f"{what} is not a JSON object.")
    return value


def list_of(value: Any, what: str, *, length: int | None = None) -> list[Any]:
    """Return a list, of this length if it is given. Raises AnswerError."""
    if not isinstance(value, list):
        raise AnswerError(f"{what} is not a list.")
    if length is not None and len(value) != length:
        raise AnswerError(f"{what} has {len(value)} entries for {length} images.")
    return value


def text_of(value: Any, what: str) -> str:
    """Return a text or number as a text of at most 100 characters. Raises AnswerError."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise AnswerError(f"{what} is not a text.")
    return str(value)[:100]


def word_of(value: Any, what: str) -> Word:
    """Return what is said in our own form, without what we do not know. Raises AnswerError."""
    known = ("spans", "accept", "label", "score")
    return {key: value[key] for key in known if object_of(value, what).get(key) is not None}


def best_class(numbers: Any, labels: Sequence[str], what: str) -> Word:
    """Return the class with the highest of these numbers. Raises AnswerError."""
    scores = list_of(numbers, what)
    if len(scores) != len(labels):
        detail = f"{what} has {len(scores)} classes, and the server has {len(labels)} labels"
        raise AnswerError(f"{detail} here: name all of them in their order.")
    if not all(is_number(score) for score in scores):
        raise AnswerError(f"{what} is not a list of finite numbers.")
    best = max(range(len(scores)), key=scores.__getitem__)
    return {"label": labels[best], "score": float(scores[best])}


def is_number(value: Any) -> bool:
    """Whether this is a finite number."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
