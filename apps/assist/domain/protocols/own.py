"""Our own language: `GET /` describes the model, `POST /predict` asks it; see the app's README."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from apps.assist.domain.protocols.words import (
    Answered,
    Asked,
    Described,
    Protocol,
    Sent,
    list_of,
    object_of,
    text_of,
    word_of,
)


def _described(value: Any, _: Asked) -> Described:
    found = object_of(value, "The description")
    labels = list_of(found.get("labels", []), "labels")
    return Described(
        model=text_of(found.get("model"), "model"),
        version=text_of(found.get("version", ""), "version"),
        labels=tuple(text_of(label, "labels") for label in labels),
    )


def _body(images: Sequence[Sent]) -> Any:
    rows = [
        {
            "bytes": image.data,
            "media_type": image.media_type,
            "width": image.width,
            "height": image.height,
        }
        for image in images
    ]
    return {"images": rows}


def _answered(value: Any, images: Sequence[Sent], _: Asked) -> Answered:
    found = object_of(value, "The answer")
    rows = list_of(found.get("predictions"), "predictions", length=len(images))
    words = [word_of(row, f"predictions[{place}]") for place, row in enumerate(rows)]
    return Answered(words, version=text_of(found.get("version", ""), "version"))


PROTOCOL = Protocol(
    about=lambda _: "/",
    described=_described,
    path=lambda _: "/predict",
    body=_body,
    answered=_answered,
)
