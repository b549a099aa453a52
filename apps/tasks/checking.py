"""From the answer that arrived to the answer that is kept: checked against the dataset."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import Any

from apps.datasets.config import DatasetConfig
from apps.datasets.config_rules import PICKING
from apps.datasets.domain.blocks import BlockError, check_said, left_open
from apps.datasets.domain.parsing import parse_shape
from apps.datasets.domain.rules import Breach, Labelled, breaches
from apps.datasets.models import Interface
from apps.tasks.actions.answering import Response
from apps.tasks.models import Task, Verdict
from apps.tasks.options import check_options
from apps.tasks.origins import with_origins
from apps.tasks.queries import size_of
from apps.tasks.spans import LabelInUse, labels_to_give, store_spans
from concord.errors import Invalid


def check_response(*, task: Task, data: dict[str, Any]) -> Response:
    """Return the answer as stored; raises Invalid with the place of everything that is wrong."""
    dataset = task.dataset
    if dataset.interface != Interface.IMAGE_MANUAL and data["spans"]:
        raise Invalid("spans_not_asked", "This dataset does not ask for shapes.")
    if dataset.interface not in PICKING and data["accept"]:
        raise Invalid("options_not_asked", "This dataset does not ask to choose options.")
    labels = labels_to_give(dataset) if data["spans"] else []
    spans = _check_spans(task, data["spans"], labels)
    accept = check_options(task, data["accept"])
    config = DatasetConfig.of(dataset)
    attributes = _check_attributes(config, data["attributes"])
    if data["answer"] == Verdict.ACCEPT:
        shapes = _labelled(spans, labels)
        _check_rules(task, config, labels, shapes=shapes, accept=accept, attributes=attributes)
    return Response(
        answer=data["answer"],
        spans=spans,
        accept=accept,
        attributes=attributes,
        seconds=data["seconds"],
    )


def _check_spans(task: Task, spans: list[Any], labels: list[LabelInUse]) -> list[dict[str, Any]]:
    if not spans:
        return []
    width, height = size_of(task)
    ids = {label.name: label.id for label in labels}
    return with_origins(task, store_spans(spans, labels=ids, width=width, height=height))


def _check_attributes(config: DatasetConfig, attributes: dict[str, Any]) -> dict[str, Any]:
    """What was said to the dataset's blocks; where it has none, scripts may say what they like."""
    if not config.blocks:
        return attributes
    try:
        return check_said(config.blocks, attributes)
    except BlockError as error:
        errors = {"attributes": {error.block: [error.detail]}}
        raise Invalid(error.code, error.detail, errors=errors) from error


def _check_rules(
    task: Task,
    config: DatasetConfig,
    labels: list[LabelInUse],
    *,
    shapes: list[Labelled],
    accept: list[int | str],
    attributes: dict[str, Any],
) -> None:
    """Hold an accepting answer to the dataset's rules; raises Invalid with all that it breaks."""
    broken = breaches(
        config.rules,
        config.drawing,
        {label.counts_as: label.rules for label in labels},
        shapes=shapes,
        options=len(accept) if task.dataset.interface in PICKING else None,
    )
    broken += [
        Breach("blocks", f"{block.title} needs an answer.")
        for block in left_open(config.blocks, attributes)
    ]
    if broken:
        errors = {
            rule: [breach.detail for breach in group]
            for rule, group in groupby(broken, key=attrgetter("rule"))
        }
        raise Invalid("rules_broken", broken[0].detail, errors=errors)


def _labelled(spans: list[dict[str, Any]], labels: list[LabelInUse]) -> list[Labelled]:
    names = {label.id: label.counts_as for label in labels}
    return [
        Labelled(
            names[span["label_id"]],
            parse_shape(span, index=index),
            span.get("attributes") or {},
        )
        for index, span in enumerate(spans)
    ]
