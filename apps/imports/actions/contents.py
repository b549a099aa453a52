"""What a line says beyond its image, as content of its task."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from apps.datasets.actions.labels import add_labels
from apps.datasets.models import Dataset, Image
from apps.imports.domain.boxes import in_pixels, require_size
from apps.imports.domain.rows import RowError
from apps.imports.models import Import, ImportRow
from apps.imports.options import Options
from apps.tasks.actions.boxes import suggest_boxes
from apps.tasks.actions.creating import TaskContent
from apps.tasks.actions.suggesting import Said, suggest
from apps.tasks.models import Task
from apps.tasks.options import check_options, options_of, picked_tiles
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
        said = Said(spans=_stored(dataset, image, payload, payload))
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
    if Options.of(found).unknown_label != "add":
        return
    spans = [span for said in all_said(payload) for span in said.get("spans", [])]
    if not _unknown(found.dataset, spans):
        return
    with transaction.atomic():
        Dataset.objects.select_for_update().get(pk=found.dataset_id)
        missing = _unknown(found.dataset, spans)
        try:
            add_labels(dataset=found.dataset, actor=found.created_by, labels=missing)
        except Invalid as error:
            raise Invalid("bad_label", f"{missing[0]!r} cannot be a label.") from error


def all_said(payload: dict[str, Any]) -> list[dict[str, Any]]:
    """Return everything in a line that may have `spans` or `accept`: itself, answers of people,
    predictions of models."""
    answers = [answer["data"] for answer in payload.get("answers", [])]
    return [payload, *answers, *payload.get("suggestions", [])]


def add_suggestions(*, task: Task, image: Image, payload: dict[str, Any]) -> int:
    """Offer a line's shapes and choices to annotators, as suggestions of the model `import`, and
    those of models under the versions that the line names; returns how many are new.

    Raises Invalid `unknown_label`, `invalid_spans`, and what `check_options` raises.
    """
    new = 0
    for said in (payload, *payload.get("suggestions", [])):
        if not said.get("spans") and not said.get("accept"):
            continue
        word = Said(
            spans=_stored(task.dataset, image, said, payload),
            accept=check_options(task, ids_of(task, said.get("accept", []))),
            score=None if said is payload else said["score"],
        )
        version = said.get("version", "")
        (made,) = suggest(said=[(task, word)], model="import", version=version)
        new += made.created
    return new


def add_picks(*, task: Task, payload: dict[str, Any]) -> None:
    """Offer what a line picks of the images that it names, as a suggestion of the model `import`.

    Raises Invalid `unknown_option`, and `not_for_interface` for shapes.
    """
    if "spans" in payload:
        raise Invalid("not_for_interface", "This dataset does not ask for shapes.")
    if accept := payload.get("accept", []):
        suggest(said=[(task, Said(accept=picked_tiles(task, accept)))], model="import")


def placed_spans(
    image: Image, spans: list[dict[str, Any]], payload: dict[str, Any]
) -> list[dict[str, Any]]:
    """Return shapes of a line in pixels of its image. Raises Invalid `other_size`."""
    width, height = image.blob.width, image.blob.height
    relative = payload.get("relative", False)
    try:
        if spans and (size := payload.get("size")):
            require_size(size, relative=relative, width=width, height=height)
    except RowError as error:
        raise Invalid(error.code, error.reason) from error
    if not relative:
        return spans
    return [in_pixels(span, width=width, height=height) for span in spans]


def ids_of(task: Task, accept: list[int | str]) -> list[int | str]:
    """Return what was chosen by the ids of options, where it goes by their texts."""
    options = options_of(task) or []
    known = {(type(each["id"]), each["id"]) for each in options}
    named = {each.get("text"): each["id"] for each in options}
    return [each if (type(each), each) in known else named.get(each, each) for each in accept]


def _stored(
    dataset: Dataset, image: Image, said: dict[str, Any], payload: dict[str, Any]
) -> list[dict[str, Any]]:
    """The shapes of a line as rows keep them; raises Invalid `unknown_label`, `invalid_spans`,
    `other_size`."""
    spans = placed_spans(image, said.get("spans", []), payload)
    if missing := _unknown(dataset, spans):
        raise Invalid("unknown_label", f"The dataset has no label {missing[0]!r}.")
    return store_spans(
        spans, labels=label_ids(dataset), width=image.blob.width, height=image.blob.height
    )


def _unknown(dataset: Dataset, spans: list[dict[str, Any]]) -> list[str]:
    """The labels of shapes that the dataset has not, each once."""
    used = dict.fromkeys(str(span["label"]) for span in spans if "label" in span)
    known = label_ids(dataset) if used else {}
    return [name for name in used if name not in known]
