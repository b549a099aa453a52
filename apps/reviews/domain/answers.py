"""What goes into a merge: the question that was asked and each annotator's answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from apps.datasets.domain.blocks import Block
from apps.datasets.domain.parsing import parse_shape
from apps.datasets.domain.shapes import GEOMETRY_KEYS, Shape

Interface = Literal["image_manual", "classification", "choice", "image_choice", "image"]
Verdict = Literal["accept", "reject", "ignore"]
OptionId = int | str
"""The id of an option. 1 and "1" are two options; booleans and floats are none."""


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked of everyone.

    `options` are the ids offered, in the order shown; `multiple` says whether several may be
    picked. Interfaces without options leave both alone. `blocks` were asked beside the image.
    """

    interface: Interface
    options: tuple[OptionId, ...] = ()
    multiple: bool = False
    blocks: tuple[Block, ...] = ()

    @property
    def draws(self) -> bool:
        """Whether shapes are part of an answer; elsewhere they are part of the question."""
        return self.interface == "image_manual"

    @property
    def asks_for_options(self) -> bool:
        """Whether an accepting answer says something by its selection."""
        return self.interface in ("choice", "image_choice")

    @property
    def picks_several(self) -> bool:
        """Whether each option is a yes-or-no question of its own; so it is in a grid of images."""
        return self.multiple or self.interface == "image_choice"


@dataclass(frozen=True, slots=True)
class Mark:
    """One shape that one annotator drew. `id` is unique within the answer.

    `label` may be a name or a key: it is only ever compared and counted. `extra` holds the span's
    keys that are neither geometry nor label.
    """

    id: str
    shape: Shape
    label: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AnnotatorAnswer:
    """One annotator's answer to one question. `annotator` is any key that names the person;
    `attributes` is what they said to the blocks."""

    annotator: str
    answer: Verdict
    marks: tuple[Mark, ...] = ()
    accept: tuple[OptionId, ...] = ()
    attributes: Mapping[str, Any] = field(default_factory=dict)


def read_answer(
    *,
    annotator: str,
    answer: Verdict,
    spans: Sequence[Mapping[str, Any]] = (),
    accept: Iterable[OptionId] = (),
    attributes: Mapping[str, Any] | None = None,
) -> AnnotatorAnswer:
    """The answer held by a stored revision.

    A span that has no id, or one already used by an earlier span, is known by its place: `#0`.
    Raises ShapeError with the index of the span whose geometry is refused.
    """
    marks: list[Mark] = []
    taken: set[str] = set()
    for index, span in enumerate(spans):
        shape = parse_shape(span, index=index)
        mark_id = str(span["id"]) if span.get("id") is not None else f"#{index}"
        if mark_id in taken:
            mark_id = f"#{index}"
        taken.add(mark_id)
        marks.append(_mark(mark_id, shape, span))
    return AnnotatorAnswer(annotator, answer, tuple(marks), tuple(accept), attributes or {})


def _mark(mark_id: str, shape: Shape, span: Mapping[str, Any]) -> Mark:
    label = span.get("label")
    extra = {
        key: value for key, value in span.items() if key not in GEOMETRY_KEYS and key != "label"
    }
    return Mark(mark_id, shape, None if label is None else str(label), extra)
