"""From the answer that arrived to the answer that is kept: checked against the dataset."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import Any

from apps.datasets.config import DatasetConfig
from apps.datasets.config_rules import PICKING
from apps.datasets.domain.blocks import BlockError, check_said, left_open
from apps.datasets.domain.drawing import Drawing
from apps.datasets.domain.parsing import parse_shape
from apps.datasets.domain.rules import Breach, Rules, breaches
from apps.datasets.models import Interface
from apps.tasks.actions.answering import Response
from apps.tasks.models import Task, Verdict
from apps.tasks.options import check_options
from apps.tasks.origins import with_origins
from apps.tasks.queries import size_of
from apps.tasks.spans import label_ids, label_names, store_spans
from concord.errors import Invalid


def check_response(*, task: Task, data: dict[str, Any]) -> Response:
    """Return the answer as stored; raises Invalid with the place of everything that is wrong."""
    dataset = task.dataset
    if dataset.interface != Interface.IMAGE_MANUAL and data["spans"]:
        raise Invalid("spans_not_asked", "This dataset does not ask for shapes.")
    if dataset.interface not in PICKING and data["accept"]:
        raise Invalid("options_not_asked", "This dataset does not ask to choose options.")
    spans = _check_spans(task, data["spans"])
    accept = check_options(task, data["accept"])
    config = DatasetConfig.of(dataset)
    attributes = _check_attributes(config, data["attributes"])
    if data["answer"] == Verdict.ACCEPT:
        _check_rules(task, config, spans=spans, accept=accept, attributes=attributes)
    return Response(
        answer=data["answer"],
        spans=spans,
        accept=accept,
        attributes=attributes,
        seconds=data["seconds"],
    )


def _check_spans(task: Task, spans: list[Any]) -> list[dict[str, Any]]:
    if not spans:
        return []
    width, height = size_of(task)
    labels = label_ids(task.dataset)
    return with_origins(task, store_spans(spans, labels=labels, width=width, height=height))


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
    *,
    spans: list[dict[str, Any]],
    accept: list[int | str],
    attributes: dict[str, Any],
) -> None:
    """Hold an accepting answer to the dataset's rules; raises Invalid with all that it breaks."""
    broken = _breaches(task, config, spans=spans, accept=accept)
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


def _breaches(
    task: Task, config: DatasetConfig, *, spans: list[dict[str, Any]], accept: list[int | str]
) -> list[Breach]:
    if config.rules == Rules() and config.drawing == Drawing():
        return []
    names = label_names(task.dataset)
    shapes = [
        (names[span["label_id"]], parse_shape(span, index=index))
        for index, span in enumerate(spans)
    ]
    chosen = len(accept) if task.dataset.interface in PICKING else None
    return breaches(config.rules, config.drawing, shapes=shapes, options=chosen)
