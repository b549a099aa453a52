"""Label Studio's JSON: a list of tasks with their annotations.

The labelling configuration to read it with has `<Image name="image" value="$image"/>` and, to that,
`<RectangleLabels name="box">`, `<PolygonLabels name="outline">` and `<Choices name="choice">`.
https://labelstud.io/guide/tasks#Import-pre-annotated-data

Sizes are percent of the image. Label Studio refuses a file that names somebody it does not know, so
there is a `completed_by` only where people's e-mail addresses were asked for; a pseudonym stands
beside, in `_annotator_id`. An answer other than accept is the choice of that name; an unsure one
counts as skipped, too. The final answer is the ground truth.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from apps.exchange.domain.choices import option_of
from apps.exchange.domain.options import ExportOptions
from apps.exchange.domain.records import Asked, Given, Placed, Response, Source

Json = dict[str, Any]


def task_of(placed: Placed, options: ExportOptions) -> Json:
    """One task with the annotations that were asked for."""
    entry = placed.entry
    annotations = []
    if options.finals and entry.settled is not None:
        annotations.append(_annotation(entry.asked, entry.settled.response, final=True))
    if options.answers:
        annotations += [_given(entry.asked, given, names=options.names) for given in entry.given]
    return {"data": _data(entry.asked, placed.name), "annotations": annotations}


def _data(asked: Asked, name: str) -> Json:
    source = asked.source
    return {
        "image": source.address,
        "file_name": name,
        "width": source.width,
        "height": source.height,
        "task_id": asked.id,
        "image_sha256": source.sha256,
        **({"label": asked.label} if asked.label else {}),
        **({"options": asked.options} if asked.options else {}),
        "meta": asked.meta,
        "more": asked.extra,
    }


def _given(asked: Asked, given: Given, *, names: bool) -> Json:
    who = {"completed_by": {"email": given.annotator}} if names else {}
    return {
        **_annotation(asked, given.response, final=False),
        **who,
        "_annotator_id": given.annotator,
        "_timestamp": given.timestamp,
    }


def _annotation(asked: Asked, response: Response, *, final: bool) -> Json:
    return {
        "result": list(_results(asked, response)),
        "was_cancelled": response.answer == "ignore",
        "ground_truth": final,
        "answer": response.answer,
        **({"accept": response.accept} if response.accept else {}),
        **({"attributes": response.attributes} if response.attributes else {}),
    }


def _results(asked: Asked, response: Response) -> Iterator[Json]:
    for span in response.spans:
        if span.get("label"):
            yield _region(span, asked.source)
    if response.answer != "accept" or asked.interface == "classification":
        yield _choices([response.answer], name="answer", about=asked.source)
    if response.accept:
        texts = [option_of(asked, chosen)["text"] for chosen in response.accept]
        yield _choices(texts, name="choice", about=asked.source)


def _region(span: Mapping[str, Any], source: Source) -> Json:
    across, down = 100 / source.width, 100 / source.height
    if span["type"] == "rect":
        name, kind = "box", "rectanglelabels"
        where: Json = {
            "x": span["x"] * across,
            "y": span["y"] * down,
            "width": span["width"] * across,
            "height": span["height"] * down,
            "rotation": 0,
        }
    else:
        name, kind = "outline", "polygonlabels"
        points = [[x * across, y * down] for x, y in span["points"]]
        where = {"points": points, "closed": True}
    said = {"attributes": span["attributes"]} if span.get("attributes") else {}
    value = {**where, kind: [span["label"]]}
    return {"id": span["id"], **_result(kind, name, source), "value": value, **said}


def _choices(texts: list[str], *, name: str, about: Source) -> Json:
    return {"id": name, **_result("choices", name, about), "value": {"choices": texts}}


def _result(kind: str, name: str, source: Source) -> Json:
    return {
        "type": kind,
        "from_name": name,
        "to_name": "image",
        "original_width": source.width,
        "original_height": source.height,
        "image_rotation": 0,
    }
