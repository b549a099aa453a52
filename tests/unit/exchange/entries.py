"""Records that tests make files of."""

from __future__ import annotations

from typing import Any

from apps.exchange.domain.records import (
    Asked,
    Category,
    Entry,
    Given,
    Placed,
    Provenance,
    Response,
    Settled,
    Source,
)

CATEGORIES = [
    Category(id=1, name="stop", retired=False),
    Category(id=2, name="old", retired=True),
    Category(id=4, name="yield", retired=False),
]
RECT = {
    "id": "r",
    "type": "rect",
    "label": "yield",
    "x": 10.25,
    "y": 20.5,
    "width": 4.0,
    "height": 2.5,
    "points": [[10.25, 20.5], [10.25, 23.0], [14.25, 23.0], [14.25, 20.5]],
}
# An L of 3 x 3 less 2 x 2: five square pixels.
ELL = {
    "id": "l",
    "type": "polygon",
    "label": "old",
    "x": 0,
    "y": 0,
    "width": 3,
    "height": 3,
    "points": [[0, 0], [1, 0], [1, 2], [3, 2], [3, 3], [0, 3]],
}


def source(**changes: Any) -> Source:
    fields: dict[str, Any] = {
        "address": "https://x.org/a.jpg",
        "name": "a.jpg",
        "sha256": "0" * 64,
        "width": 200,
        "height": 100,
    }
    return Source(**{**fields, **changes})


def asked(**changes: Any) -> Asked:
    fields: dict[str, Any] = {
        "id": "t",
        "number": 1,
        "interface": "image_manual",
        "source": source(),
        "label": "",
        "options": None,
        "meta": {},
        "extra": {},
        "input_hash": "cd",
        "image": 1,
    }
    return Asked(**{**fields, **changes})


def response(*spans: dict[str, Any], **changes: Any) -> Response:
    fields: dict[str, Any] = {"answer": "accept", "spans": spans, "accept": [], "attributes": {}}
    return Response(**{**fields, **changes})


def settled(*spans: dict[str, Any], **changes: Any) -> Settled:
    provenance = Provenance("agreed", False, {}, [], [], 1.0, "", None, "")
    return Settled(response(*spans, **changes), provenance)


def given(*spans: dict[str, Any], who: str = "p1", **changes: Any) -> Given:
    return Given(response(*spans, **changes), who, "r1", 1_700_000_000)


def entry(
    task: Asked | None = None, final: Settled | None = None, answers: list[Given] | None = None
) -> Entry:
    return Entry(asked=task or asked(), settled=final, given=answers or [])


def placed(whole: Entry, name: str = "a.jpg", split: str = "") -> Placed:
    return Placed(whole, [name], split)
