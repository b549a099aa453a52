"""Spans between their two forms: in files and the API a label is a name, in rows it is an id."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from apps.datasets.domain.attributes import Attribute
from apps.datasets.domain.parsing import EXTREMES, parse_extremes, parse_shape
from apps.datasets.domain.rules import LabelRules
from apps.datasets.domain.shapes import ShapeError, render_shape
from apps.datasets.models import Dataset, Label
from concord.errors import Invalid
from concord.ids import uuid7
from concord.rows import all_rows

MOST_SPANS = 10_000

LABELS_IN_USE = """
SELECT id, name, shapes, attributes FROM datasets_label
 WHERE dataset_id = %s AND retired_at IS NULL AND merged_into_id IS NULL
"""


@dataclass(frozen=True, slots=True)
class LabelInUse:
    """A label that new shapes may have."""

    id: str
    name: str
    rules: LabelRules


def store_spans(
    spans: Sequence[Any], *, labels: Mapping[str, str], width: int, height: int
) -> list[dict[str, Any]]:
    """Return spans as rows keep them: checked, clamped to the image, labels by id.

    `labels` maps names to ids; `width` and `height` are the image's pixels. Every span gets an
    `id` of its own, so that a merged object can name the shapes it was made of. Raises Invalid
    with the index of each span that is wrong.
    """
    if len(spans) > MOST_SPANS:
        raise Invalid("too_many_spans", f"At most {MOST_SPANS} shapes fit into one answer.")
    stored: list[dict[str, Any]] = []
    errors: dict[str, Any] = {}
    taken: set[str] = set()
    for index, span in enumerate(spans):
        try:
            stored.append(_store(span, index=index, labels=labels, size=(width, height)))
        except (ShapeError, Invalid) as error:
            errors[str(index)] = {"code": error.code, "detail": error.detail}
            continue
        if stored[-1]["id"] in taken:
            stored[-1]["id"] = str(uuid7())
        taken.add(stored[-1]["id"])
    if errors:
        first = next(iter(errors.values()))
        raise Invalid("invalid_spans", first["detail"], errors={"spans": errors})
    return stored


def _store(
    span: Any, *, index: int, labels: Mapping[str, str], size: tuple[int, int]
) -> dict[str, Any]:
    width, height = size
    shape = parse_shape(span, index=index, image_width=width, image_height=height)
    extremes = parse_extremes(span, shape, index=index, image_width=width, image_height=height)
    rest = {key: value for key, value in span.items() if key != "label"}
    name = span.get("label")
    if not isinstance(name, str) or name not in labels:
        raise Invalid(
            "unknown_label", f"Shape {index + 1} has the label {name!r}, which is unknown."
        )
    if not isinstance(span.get("attributes", {}), Mapping):
        raise Invalid("not_attributes", f"The attributes of shape {index + 1} are no object.")
    if extremes is not None:
        rest[EXTREMES] = [list(point) for point in extremes]
    identifier = rest.get("id")
    rest["id"] = identifier if isinstance(identifier, str) and identifier else str(uuid7())
    return render_shape(shape, onto={**rest, "label_id": labels[name]})


def show_spans(
    spans: Sequence[Mapping[str, Any]], *, names: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Return stored spans as the API and files show them; `names` maps label ids to names."""
    return [
        {
            **{key: value for key, value in span.items() if key != "label_id"},
            "label": names.get(span.get("label_id", "")),
        }
        for span in spans
    ]


def labels_in_use(dataset: Dataset) -> list[LabelInUse]:
    """Return the labels that new shapes may have."""
    return [
        LabelInUse(
            str(identifier), name, LabelRules(kinds, [*map(Attribute.of, json.loads(attributes))])
        )
        for identifier, name, kinds, attributes in all_rows(LABELS_IN_USE, [dataset.pk])
    ]


def label_ids(dataset: Dataset) -> dict[str, str]:
    """Map the names of a dataset's labels in use to their ids."""
    return {label.name: label.id for label in labels_in_use(dataset)}


def label_names(dataset: Dataset) -> dict[str, str]:
    """Map the ids of a dataset's labels to names; a merged label is read as its successor.

    Retired labels are included, because shapes that carry them stay.
    """
    rows = Label.objects.filter(dataset=dataset).select_related("merged_into")
    return {str(row.id): (row.merged_into or row).name for row in rows}
