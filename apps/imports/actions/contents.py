"""What a line says beyond its image, as content of its task."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from apps.datasets.actions.labels import add_labels
from apps.datasets.config import DatasetConfig
from apps.datasets.models import Dataset, Image
from apps.imports.models import Import
from apps.imports.options import Options
from apps.tasks.actions.creating import TaskContent, suggest
from apps.tasks.models import Task
from apps.tasks.spans import label_ids, store_spans
from concord.errors import Invalid


def content_of(payload: dict[str, Any]) -> TaskContent:
    """Return the question that a line asks of its image."""
    return TaskContent(
        label=payload.get("label", ""),
        options=payload.get("options"),
        meta=payload.get("meta", {}),
        extra=payload.get("extra", {}),
    )


def add_labels_used(*, found: Import, payload: dict[str, Any]) -> None:
    """Add the labels of a line's shapes that the dataset lacks, where the import asks for that.

    Its own transaction, before the row's: it locks the dataset, and a row that has made an image
    holds a lesser lock on it already, so that two such rows would wait for one another.
    Raises Invalid `bad_label`.
    """
    if Options.of(found).unknown_label != "add" or not _unknown(found.dataset, payload):
        return
    with transaction.atomic():
        Dataset.objects.select_for_update().get(pk=found.dataset_id)
        missing = _unknown(found.dataset, payload)
        try:
            add_labels(dataset=found.dataset, actor=found.created_by, labels=missing)
        except Invalid as error:
            raise Invalid("bad_label", f"{missing[0]!r} cannot be a label.") from error


def add_suggestion(*, task: Task, image: Image, payload: dict[str, Any]) -> None:
    """Offer a line's shapes and choices to annotators as a suggestion of the model `import`.

    Raises Invalid `unknown_label`, `invalid_spans`, `unknown_option`.
    """
    spans, accept = payload.get("spans", []), payload.get("accept", [])
    if not spans and not accept:
        return
    if missing := _unknown(task.dataset, payload):
        raise Invalid("unknown_label", f"The dataset has no label {missing[0]!r}.")
    stored = store_spans(
        spans,
        labels=label_ids(task.dataset),
        width=image.blob.width,
        height=image.blob.height,
    )
    suggest(task=task, model="import", spans=stored, accept=_offered(task, accept))


def _offered(task: Task, accept: list[int | str]) -> list[int | str]:
    options = task.options or DatasetConfig.of(task.dataset).options_as_json() or []
    known = [option["id"] for option in options]
    for identifier in accept:
        if identifier not in known:
            raise Invalid("unknown_option", f"There is no option {identifier!r}.")
    return accept


def _unknown(dataset: Dataset, payload: dict[str, Any]) -> list[str]:
    """The labels used by a line's shapes that the dataset has not, each once."""
    used = dict.fromkeys(str(span["label"]) for span in payload.get("spans", []) if "label" in span)
    known = label_ids(dataset) if used else {}
    return [name for name in used if name not in known]
