"""Whether a text is in what somebody saw of a task, or said of it."""

from __future__ import annotations

import json
from typing import Any

from django.db.models import (
    BooleanField,
    F,
    Func,
    JSONField,
    OuterRef,
    Q,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Coalesce, JSONObject
from django.db.models.lookups import IContains

from apps.datasets.config import DatasetConfig
from apps.datasets.models import Dataset, Interface
from apps.tasks.models import TaskImage
from apps.tasks.spans import label_names

SCALARS = 'strict $.** ? (@.type() == "string" || @.type() == "number")'
PICKED = "$[*] ? (@.id == $accept[*]).text"
LABELLED = "$[*] ? (@.label_id == $labels[*])"


def has_text(text: str, *, dataset: Dataset) -> Q:
    """Return the condition that an answer of `dataset` has `text` about it, in any case.

    Looked at are the label asked about, the image's name, what the task tells (`meta`), the labels
    of its shapes and of those drawn, the options chosen and the texts written. What annotators are
    not shown is not found either: where they pick among images, a name would tell that one comes
    again.
    """
    found = Q(IContains(F("task__label"), text)) | _in_json(_scalars("task__meta"), text)
    if dataset.interface == Interface.IMAGE_CHOICE:
        return found
    found |= _in_json(_scalars("head__attributes"), text) | Q(IContains(_image_name(), text))
    if labels := _labels(text, dataset):
        found |= Q(_labelled("head__spans", labels)) | Q(_labelled("task__spans", labels))
    if dataset.interface == Interface.CHOICE:
        found |= _in_json(_picked(dataset), text)
    return found


def _image_name() -> Subquery:
    """The name of a task's image. With EXISTS the planner would read the names of all images."""
    first = TaskImage.objects.filter(task=OuterRef("task"), n=0)
    return Subquery(first.values("image__name")[:1], output_field=TextField())


def _labels(text: str, dataset: Dataset) -> list[str]:
    wanted = text.casefold()
    return [key for key, name in label_names(dataset).items() if wanted in name.casefold()]


def _in_json(values: Func, text: str) -> Q:
    # As PostgreSQL writes it inside a JSON string.
    written = json.dumps(text, ensure_ascii=False)[1:-1]
    return Q(IContains(Cast(values, TextField()), written))


def _scalars(field: str) -> Func:
    """All texts and numbers in a field at any depth; the names of its keys do not count."""
    return _select(F(field), SCALARS)


def _picked(dataset: Dataset) -> Func:
    """The texts of the options that were chosen."""
    own = Value(DatasetConfig.of(dataset).options_as_json() or [], output_field=JSONField())
    offered = Coalesce(F("task__options"), own, output_field=JSONField())
    return _select(offered, PICKED, JSONObject(accept=F("head__accept")))


def _labelled(field: str, labels: list[str]) -> Func:
    """Whether one of a field's shapes has one of these labels, which are ids."""
    wanted = Value({"labels": labels}, output_field=JSONField())
    return Func(
        F(field),
        _path(LABELLED),
        wanted,
        function="jsonb_path_exists",
        output_field=BooleanField(),
    )


def _select(value: Any, path: str, *variables: Any) -> Func:
    return Func(
        value,
        _path(path),
        *variables,
        function="jsonb_path_query_array",
        output_field=JSONField(),
    )


def _path(text: str) -> Func:
    return Func(Value(text), template="%(expressions)s::jsonpath", output_field=TextField())
