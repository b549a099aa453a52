"""Spans between their two forms: in files and the API a label is a name, in rows it is an id."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from apps.datasets.domain.attributes import Attribute
from apps.datasets.domain.label_merging import ends_of
from apps.datasets.domain.parsing import EXTREMES, parse_extremes, parse_shape
from apps.datasets.domain.rules import LabelRules
from apps.datasets.domain.shapes import ShapeError, render_shape
from apps.datasets.models import Dataset, Label
from concord.errors import Invalid
from concord.ids import uuid7
from concord.rows import all_rows

MOST_SPANS = 10_000

LABELS = """
SELECT id, name, shapes, attributes, merged_into_id FROM datasets_label
 WHERE dataset_id = %s AND (retired_at IS NULL OR merged_into_id IS NOT NULL)
 ORDER BY position, id
"""


@dataclass(frozen=True, slots=True)
class LabelInUse:
    """A label that new shapes may have.

    It `counts_as` itself, or as the one in use that it was merged into, whose rules hold for it.
    """

    id: str
    name: str
    counts_as: str
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
    """Return the labels that are offered for new shapes, in their order."""
    return [label for label in labels_to_give(dataset) if label.counts_as == label.name]


def labels_to_give(dataset: Dataset) -> list[LabelInUse]:
    """Return the labels in use, and those that were merged into one in use.

    Who still calls a shape by a name of before, as a page that was open then or a list does, means
    it: the shape keeps that label, and is read as the other.
    """
    rows = {str(row[0]): row for row in all_rows(LABELS, [dataset.pk])}
    ends = ends_of({label: str(row[4]) for label, row in rows.items() if row[4] is not None})
    found = []
    for label, (_, name, *_) in rows.items():
        end = rows.get(ends.get(label, label))
        if end is not None:
            _, counts_as, kinds, attributes, _ = end
            rules = LabelRules(kinds, [*map(Attribute.of, json.loads(attributes))])
            found.append(LabelInUse(label, name, counts_as, rules))
    return found


def label_ids(dataset: Dataset) -> dict[str, str]:
    """Map the names that new shapes may have (`labels_to_give`) to the ids of these labels."""
    return {label.name: label.id for label in labels_to_give(dataset)}


def label_names(dataset: Dataset) -> dict[str, str]:
    """Map the ids of a dataset's labels to names; a merged label is read as its successor.

    Retired labels are included, because shapes that carry them stay.
    """
    rows = Label.objects.filter(dataset=dataset).values_list("id", "name", "merged_into")
    found = [(str(label), name, into) for label, name, into in rows]
    ends = ends_of({label: str(into) for label, _, into in found if into is not None})
    names = {label: name for label, name, _ in found}
    return {label: names[ends.get(label, label)] for label in names}
