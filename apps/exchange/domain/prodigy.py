"""Lines of Prodigy-style JSON: one task with one answer each.

Keys of ours stand before the keys of an imported line that we do not know, which pass through as
they came.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

from apps.exchange.domain.records import (
    Asked,
    Entry,
    Given,
    Provenance,
    Response,
    Settled,
    Source,
    Tile,
)

SPAN_KEYS = ("id", "label", "type", "x", "y", "width", "height", "points", "center")
REVIEW_KEYS = [field.name for field in fields(Provenance)]
OURS = frozenset(
    {
        "image",
        "width",
        "height",
        "meta",
        "label",
        "options",
        "spans",
        "accept",
        "answer",
        "attributes",
        "_annotator_id",
        "_timestamp",
        "_revision",
        "_review",
        "_task_id",
        "_input_hash",
        "_image_sha256",
    }
)


def final_line(asked: Asked, settled: Settled) -> dict[str, Any]:
    """The line of a final answer; `_review` tells how it came about."""
    # Not `asdict`, which would copy every object in it.
    review = {key: getattr(settled.provenance, key) for key in REVIEW_KEYS}
    return {**_line(asked, settled.response), "_review": review, **_unknown(asked)}


def answer_line(asked: Asked, given: Given) -> dict[str, Any]:
    """The line of one annotator's answer."""
    who = {
        "_annotator_id": given.annotator,
        "_timestamp": given.timestamp,
        "_revision": given.revision,
    }
    return {**_line(asked, given.response), **who, **_unknown(asked)}


def lines_of(entry: Entry, *, finals: bool, answers: bool) -> Iterator[dict[str, Any]]:
    """The lines of a task: the final answer first, then what people said."""
    if finals and entry.settled is not None:
        yield final_line(entry.asked, entry.settled)
    if answers:
        for given in entry.given:
            yield answer_line(entry.asked, given)


def _line(asked: Asked, response: Response) -> dict[str, Any]:
    one = not asked.tiles
    return {
        **(_image(asked.source) if one else {}),
        **({"label": asked.label} if asked.label else {}),
        "meta": asked.meta,
        **_content(asked, response),
        "answer": response.answer,
        **({"attributes": response.attributes} if response.attributes else {}),
        "_task_id": asked.id,
        "_input_hash": asked.input_hash,
        **({"_image_sha256": asked.source.sha256} if one else {}),
    }


def _image(source: Source) -> dict[str, Any]:
    return {"image": source.address, "width": source.width, "height": source.height}


def _option(tile: Tile) -> dict[str, Any]:
    image = {**_image(tile.source), "_image_sha256": tile.source.sha256}
    return {"id": tile.id, **image, **{k: v for k, v in tile.said.items() if k not in image}}


def _content(asked: Asked, response: Response) -> dict[str, Any]:
    """What the interface asked for, present even when empty: nothing there is an answer too."""
    if asked.interface == "image_manual":
        return {"spans": [span_of(span) for span in response.spans]}
    if asked.interface == "image":
        return {"spans": [span_of(span) for span in asked.spans]}
    if asked.interface == "choice":
        return {"options": asked.options or [], "accept": list(response.accept)}
    if asked.interface == "image_choice":
        return {"options": [_option(t) for t in asked.tiles], "accept": list(response.accept)}
    return {}


def span_of(span: Mapping[str, Any]) -> dict[str, Any]:
    """The span with the keys that everybody knows first and all others after them, untouched."""
    known = {key: span[key] for key in SPAN_KEYS if span.get(key) is not None}
    if len(known) == len(span):
        return known
    return {**known, **{key: value for key, value in span.items() if key not in SPAN_KEYS}}


def _unknown(asked: Asked) -> dict[str, Any]:
    return {key: value for key, value in asked.extra.items() if key not in OURS}
