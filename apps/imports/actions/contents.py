"""What a line says beyond its image, as content of its task."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from apps.datasets.actions.labels import add_labels
from apps.datasets.models import Dataset, Image
from apps.imports.models import Import, ImportRow
from apps.imports.options import Options
from apps.tasks.actions.boxes import suggest_boxes
from apps.tasks.actions.creating import TaskContent
from apps.tasks.actions.suggesting import Said, suggest
from apps.tasks.models import Task
from apps.tasks.options import check_options, picked_tiles
from apps.tasks.spans import label_ids, store_spans
from concord.errors import Invalid

MOST_PLACES = (1 << 24) - 1


def order_key_of(found: Import, row: ImportRow) -> int:
    """Tasks are served in the order of imports, within an import in the order of lines."""
    return order_keys_of(found).start | min(row.line + row.item, MOST_PLACES)


def order_keys_of(found: Import) -> range:
    """Return the keys of all tasks of an import; another of the same second has the same ones."""
    first = int(found.created_at.timestamp()) << 24
    return range(first, first + MOST_PLACES + 1)


def content_of(payload: dict[str, Any]) -> TaskContent:
    """Return the question that a line asks of its image, and how soon it asks it."""
    return TaskContent(
        label=payload.get("label", ""),
        options=payload.get("options"),
        meta=payload.get("meta", {}),
        priority=payload.get("priority", 0),
        score=payload.get("score"),
        extra=payload.get("extra", {}),
    )


def meta_of_image(payload: dict[str, Any]) -> dict[str, Any]:
    """Return what a line says of an image that is to be put into groups.

    `label` and unknown keys, a `score` say, stand beside those of its `meta`. Raises Invalid
    `not_for_interface` for an answer or a question of its own, which only a group can have.
    """
    if payload.keys() & {"spans", "options", "accept"}:
        reason = "A line of one image has neither shapes nor options here; options are images."
        raise Invalid("not_for_interface", reason)
    label = {"label": payload["label"]} if "label" in payload else {}
    extra = {key: value for key, value in payload.get("extra", {}).items() if key != "known"}
    return {**extra, **label, **payload.get("meta", {})}


def meta_of_boxes(payload: dict[str, Any]) -> dict[str, Any]:
    """Return what a line says of an image beyond its boxes, for the tasks that ask about them.

    Raises Invalid `not_for_interface` for an answer or a question of its own.
    """
    if payload.keys() & {"options", "accept", "label"}:
        reason = "A line has shapes here, and neither options nor a label of its own."
        raise Invalid("not_for_interface", reason)
    return {**payload.get("extra", {}), **payload.get("meta", {})}


def add_boxes(*, dataset: Dataset, image: Image, payload: dict[str, Any]) -> None:
    """Ask about every shape of a line, as a suggestion of the model `import`.

    Raises Invalid `unknown_label`, `invalid_spans`.
    """
    if "spans" in payload:
        said = Said(spans=_stored(dataset, image, payload))
        suggest_boxes(dataset=dataset, said=[(image, said)], model="import")


def set_known(*, image: Image, said: dict[str, Any]) -> None:
    """Mark an image as the list does that says `known`: whether it is to be picked.

    Raises Invalid `bad_field`.
    """
    known = said.get("known", image.known)
    if known is not None and not isinstance(known, bool):
        raise Invalid("bad_field", "known is neither true nor false.")
    if known != image.known:
        image.known = known
        image.save(update_fields=["known"])


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

    Raises Invalid `unknown_label`, `invalid_spans`, and what `check_options` raises.
    """
    spans, accept = payload.get("spans", []), payload.get("accept", [])
    if not spans and not accept:
        return
    stored = _stored(task.dataset, image, payload)
    said = Said(spans=stored, accept=check_options(task, accept))
    suggest(said=[(task, said)], model="import")


def add_picks(*, task: Task, payload: dict[str, Any]) -> None:
    """Offer what a line picks of the images that it names, as a suggestion of the model `import`.

    Raises Invalid `unknown_option`, and `not_for_interface` for shapes.
    """
    if "spans" in payload:
        raise Invalid("not_for_interface", "This dataset does not ask for shapes.")
    if accept := payload.get("accept", []):
        suggest(said=[(task, Said(accept=picked_tiles(task, accept)))], model="import")


def _stored(dataset: Dataset, image: Image, payload: dict[str, Any]) -> list[dict[str, Any]]:
    """The shapes of a line as rows keep them; raises Invalid `unknown_label`, `invalid_spans`."""
    if missing := _unknown(dataset, payload):
        raise Invalid("unknown_label", f"The dataset has no label {missing[0]!r}.")
    return store_spans(
        payload.get("spans", []),
        labels=label_ids(dataset),
        width=image.blob.width,
        height=image.blob.height,
    )


def _unknown(dataset: Dataset, payload: dict[str, Any]) -> list[str]:
    """The labels used by a line's shapes that the dataset has not, each once."""
    used = dict.fromkeys(str(span["label"]) for span in payload.get("spans", []) if "label" in span)
    known = label_ids(dataset) if used else {}
    return [name for name in used if name not in known]
