"""KServe V2, which MLServer, Triton and others speak (the Open Inference Protocol).

Images go as one BYTES tensor `image` of base64 texts. The answer has a BYTES tensor `predictions`
with a JSON text in our own form for each image, or a tensor of numbers, a row of classes for each.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from apps.assist.domain.protocols.words import (
    Answered,
    AnswerError,
    Asked,
    Described,
    Protocol,
    Sent,
    Word,
    best_class,
    list_of,
    object_of,
    text_of,
    word_of,
)

NUMBERS = ("FP16", "FP32", "FP64")


def _about(asked: Asked) -> str:
    version = f"/versions/{quote(asked.version, safe='')}" if asked.version else ""
    return f"/v2/models/{quote(asked.model, safe='')}{version}"


def _described(value: Any, asked: Asked) -> Described:
    found = object_of(value, "The model's metadata")
    versions = list_of(found.get("versions") or [], "versions")
    newest = text_of(versions[-1], "versions") if versions else ""
    name = text_of(found.get("name"), "name")
    return Described(name, asked.version or newest, asked.labels)


def _body(images: Sequence[Sent]) -> Any:
    tensor = {
        "name": "image",
        "shape": [len(images)],
        "datatype": "BYTES",
        "parameters": {"content_type": "base64"},
        "data": [image.data for image in images],
    }
    return {"inputs": [tensor]}


def _answered(value: Any, images: Sequence[Sent], asked: Asked) -> Answered:
    found = object_of(value, "The answer")
    version = text_of(found.get("model_version") or "", "model_version")
    tensors = [object_of(each, "outputs") for each in list_of(found.get("outputs"), "outputs")]
    for tensor in tensors:
        if tensor.get("name") == "predictions":
            return Answered(_texts(tensor, len(images)), version)
    for tensor in tensors:
        if tensor.get("datatype") in NUMBERS:
            return Answered(_classes(tensor, len(images), asked), version)
    raise AnswerError("The answer has no output named predictions, and none of numbers.")


def _texts(tensor: Mapping[str, Any], count: int) -> list[Word]:
    words = []
    for place, text in enumerate(list_of(tensor.get("data"), "predictions", length=count)):
        try:
            words.append(word_of(json.loads(text), f"predictions[{place}]"))
        except (TypeError, ValueError, RecursionError) as error:
            if isinstance(error, AnswerError):
                raise
            raise AnswerError(f"predictions[{place}] is not a JSON text.") from error
    return words


def _classes(tensor: Mapping[str, Any], count: int, asked: Asked) -> list[Word]:
    data, width = list_of(tensor.get("data"), "data"), len(asked.labels)
    # Rows may come one by one, or all in one list.
    if len(data) != count or not all(isinstance(row, list) for row in data):
        if len(data) != count * width:
            detail = f"The output has {len(data)} numbers for {count} images"
            raise AnswerError(f"{detail} and {width} labels: name all classes in their order.")
        data = [data[row * width : (row + 1) * width] for row in range(count)]
    return [best_class(row, asked.labels, "data") for row in data]


PROTOCOL = Protocol(
    about=_about,
    described=_described,
    path=lambda asked: f"{_about(asked)}/infer",
    body=_body,
    answered=_answered,
)
