"""What an accepting answer must keep to, and in what it fails to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any, get_args

import numpy as np

from apps.datasets.domain.attributes import Attribute, fault_of
from apps.datasets.domain.crossing import crosses_itself
from apps.datasets.domain.drawing import Drawing, ShapeKind
from apps.datasets.domain.iou import box_iou, shape_iou
from apps.datasets.domain.shapes import Shape

MOST_COMPARED = 500
KINDS = {"rect": "box", "polygon": "polygon", "freehand": "freehand shape"}
MANY = {"rect": "boxes", "polygon": "polygons", "freehand": "freehand shapes"}


@dataclass(frozen=True, slots=True)
class Rules:
    """What an accepting answer must keep to; None and empty ask for nothing.

    `max_overlap` is the IoU (0 to 1) that two shapes of one label may have. An accepted answer
    without shapes says "nothing here", so only `min_shapes` and `required_labels` can forbid it.
    """

    min_shapes: int | None = None
    max_shapes: int | None = None
    required_labels: tuple[str, ...] = ()
    max_overlap: float | None = None
    min_options: int | None = None
    max_options: int | None = None


@dataclass(frozen=True, slots=True)
class LabelRules:
    """What a label asks of its shapes: to be of one of these kinds, and to say these attributes."""

    kinds: Sequence[ShapeKind] = get_args(ShapeKind)
    attributes: Sequence[Attribute] = ()


@dataclass(frozen=True, slots=True)
class Labelled:
    """A shape of an answer with the name of its label and what its attributes say."""

    label: str
    shape: Shape
    said: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Breach:
    """One rule that an answer breaks: its setting's name, and a sentence for the annotator."""

    rule: str
    detail: str


def breaches(
    rules: Rules,
    drawing: Drawing,
    labels: Mapping[str, LabelRules],
    *,
    shapes: Sequence[Labelled],
    options: int | None,
) -> list[Breach]:
    """Return every rule that an accepting answer breaks.

    `labels` are what each asks, by name; `options` is how many were picked, None where the
    dataset offers none.
    """
    found = _of_count("shapes", len(shapes), rules.min_shapes, rules.max_shapes)
    if options is not None:
        found += _of_count("options", options, rules.min_options, rules.max_options)
    there = Counter(each.label for each in shapes)
    found += [
        Breach("required_labels", f"Something must have the label {label}.")
        for label in rules.required_labels
        if not there[label]
    ]
    found += _of_kind(drawing, shapes)
    found += _of_label(labels, shapes)
    found += _of_crossing(drawing, shapes)
    found += _of_attributes(labels, shapes)
    if rules.max_overlap is not None:
        found += _of_overlap(shapes, rules.max_overlap)
    return found


def _of_count(what: str, count: int, least: int | None, most: int | None) -> list[Breach]:
    if least is not None and count < least:
        detail = f"This needs at least {_counted(least, what)}; it has {count}."
        return [Breach(f"min_{what}", detail)]
    if most is not None and count > most:
        detail = f"This may have at most {_counted(most, what)}; it has {count}."
        return [Breach(f"max_{what}", detail)]
    return []


def _counted(count: int, what: str) -> str:
    return f"{count} {what.removesuffix('s') if count == 1 else what}"


def _of_kind(drawing: Drawing, shapes: Sequence[Labelled]) -> list[Breach]:
    """The first shape of a kind that the dataset does not draw: it came as a suggestion."""
    for number, each in enumerate(shapes, start=1):
        if each.shape.type not in drawing.shapes:
            only = f"only {_listed(drawing.shapes)} are wanted"
            return [Breach("drawing", f"{_named(number, each)}; {only}.")]
    return []


def _of_label(labels: Mapping[str, LabelRules], shapes: Sequence[Labelled]) -> list[Breach]:
    """The first shape of a kind that its label is not for."""
    for number, each in enumerate(shapes, start=1):
        kinds = labels.get(each.label, LabelRules()).kinds
        if each.shape.type not in kinds:
            only = f"{each.label} is only for {_listed(kinds)}"
            return [Breach("labels", f"{_named(number, each)}; {only}.")]
    return []


def _named(number: int, labelled: Labelled) -> str:
    return f"Shape {number} ({labelled.label}) is a {KINDS[labelled.shape.type]}"


def _listed(kinds: Sequence[ShapeKind]) -> str:
    return " and ".join(MANY[kind] for kind in kinds)


def _of_crossing(drawing: Drawing, shapes: Sequence[Labelled]) -> list[Breach]:
    """The first outline that crosses itself, where those are refused."""
    if drawing.crossing != "refuse":
        return []
    for number, each in enumerate(shapes, start=1):
        if crosses_itself(each.shape):
            outline = f"The outline of shape {number} ({each.label})"
            return [Breach("drawing", f"{outline} crosses itself.")]
    return []


def _of_attributes(labels: Mapping[str, LabelRules], shapes: Sequence[Labelled]) -> list[Breach]:
    """The first shape that leaves open what its label asks, or says what nobody asked."""
    for number, each in enumerate(shapes, start=1):
        asked = labels.get(each.label, LabelRules()).attributes
        if fault := fault_of(asked, each.said):
            return [Breach("attributes", f"Shape {number} ({each.label}) {fault}")]
    return []


def _of_overlap(shapes: Sequence[Labelled], most: float) -> list[Breach]:
    """The first two shapes of one label that overlap by more than `most`."""
    places: dict[str, list[int]] = {}
    for place, each in enumerate(shapes):
        places.setdefault(each.label, []).append(place)
    for label, those in places.items():
        if len(those) > MOST_COMPARED:
            detail = f"At most {MOST_COMPARED} shapes of one label can be checked for overlap."
            return [Breach("max_overlap", detail)]
        pairs = list(combinations(those, 2))
        overlaps = _overlaps([(shapes[a].shape, shapes[b].shape) for a, b in pairs])
        for (a, b), share in zip(pairs, overlaps, strict=True):
            if share > most:
                detail = f"Shapes {a + 1} and {b + 1} ({label}) overlap by {100 * share:.3g}%"
                return [Breach("max_overlap", f"{detail}; {100 * most:.3g}% is allowed.")]
    return []


def _overlaps(pairs: Sequence[tuple[Shape, Shape]]) -> list[float]:
    """IoU of the rectangles around each two shapes, and of their outlines where those overlap."""
    if not pairs:
        return []
    first, second = (np.array([pair[side].edges for pair in pairs]) for side in (0, 1))
    return [
        shape_iou(*pair) if share > 0 and not pair[0].type == pair[1].type == "rect" else share
        for pair, share in zip(pairs, box_iou(first, second).tolist(), strict=True)
    ]
