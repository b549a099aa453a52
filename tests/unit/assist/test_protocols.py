"""What model servers say, in each of their languages."""

from __future__ import annotations

from typing import Any

import pytest

from apps.assist.domain.adapting import adapted
from apps.assist.domain.protocols import PROTOCOLS
from apps.assist.domain.protocols.words import AnswerError, Asked, Described, Sent

IMAGES = [Sent("QQ==", "image/jpeg", 200, 100), Sent("Qg==", "image/png", 50, 50)]
ASKED = Asked(model="signs & lights", version="3", labels=("stop", "yield"))
SPAN = {"type": "rect", "x": 1, "y": 2, "width": 3, "height": 4, "label": "stop", "score": 0.5}


def said(kind: str, answer: Any, asked: Asked = ASKED) -> list[dict[str, Any]]:
    return PROTOCOLS[kind].answered(answer, IMAGES, asked).words


def test_each_language_has_its_addresses() -> None:
    paths = {kind: (each.about(ASKED), each.path(ASKED)) for kind, each in PROTOCOLS.items()}
    kserve, tensorflow = "/v2/models/signs%20%26%20lights", "/v1/models/signs%20%26%20lights"
    assert paths == {
        "concord": ("/", "/predict"),
        "kserve": (f"{kserve}/versions/3", f"{kserve}/versions/3/infer"),
        "tensorflow": (f"{tensorflow}/versions/3", f"{tensorflow}/versions/3:predict"),
    }


def test_each_language_describes_the_model() -> None:
    plain = Asked(model="m", labels=("a",))
    assert PROTOCOLS["concord"].described(
        {"model": "m", "version": 2, "labels": ["x"], "more": 1}, plain
    ) == Described("m", "2", ("x",))
    assert PROTOCOLS["kserve"].described({"name": "m", "versions": ["1", "2"]}, plain) == Described(
        "m", "2", ("a",)
    )
    status = [{"version": "1", "state": "END"}, {"version": "2", "state": "AVAILABLE"}]
    assert PROTOCOLS["tensorflow"].described({"model_version_status": status}, plain) == Described(
        "m", "2", ("a",)
    )


def test_our_own_language() -> None:
    assert PROTOCOLS["concord"].body(IMAGES)["images"][0] == {
        "bytes": "QQ==",
        "media_type": "image/jpeg",
        "width": 200,
        "height": 100,
    }
    rows = [{"spans": [SPAN], "unknown": 1}, {"label": "stop", "score": 0.25}]
    assert said("concord", {"predictions": rows}) == [
        {"spans": [SPAN]},
        {"label": "stop", "score": 0.25},
    ]


def test_kserve_texts_and_numbers() -> None:
    (tensor,) = PROTOCOLS["kserve"].body(IMAGES)["inputs"]
    assert (tensor["shape"], tensor["datatype"], tensor["data"]) == ([2], "BYTES", ["QQ==", "Qg=="])
    texts = {"name": "predictions", "datatype": "BYTES", "data": ['{"label": "stop"}', "{}"]}
    assert said("kserve", {"outputs": [texts]}) == [{"label": "stop"}, {}]
    expected = [{"label": "yield", "score": 0.75}, {"label": "stop", "score": 0.5}]
    for data in ([0.25, 0.75, 0.5, 0.5], [[0.25, 0.75], [0.5, 0.5]]):
        assert said("kserve", {"outputs": [{"datatype": "FP32", "data": data}]}) == expected


def test_tensorflow_boxes_and_numbers() -> None:
    assert PROTOCOLS["tensorflow"].body(IMAGES) == {"instances": [{"b64": "QQ=="}, {"b64": "Qg=="}]}
    detected = {
        # top, left, bottom, right as parts of an image of 200 x 100; the second is only filling.
        "detection_boxes": [[0.1, 0.25, 0.6, 1.5], [0, 0, 0, 0]],
        "detection_scores": [0.9, 0],
        "detection_classes": [2.0, 1.0],
    }
    words = said("tensorflow", {"predictions": [detected, [0.9, 0.1]]})
    assert words == [
        {
            "spans": [
                {
                    "type": "rect",
                    "x": 50.0,
                    "y": 10.0,
                    "width": 150.0,
                    "height": 50.0,
                    "label": "yield",
                    "score": 0.9,
                }
            ]
        },
        {"label": "stop", "score": 0.9},
    ]


BOX = {"detection_boxes": [[0, 0, 1, 1]], "detection_scores": [1], "detection_classes": [1]}


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        *((kind, answer) for kind in PROTOCOLS for answer in (None, [], 1, "x", {})),
        ("concord", {"predictions": [{}]}),
        ("concord", {"predictions": [{}, []]}),
        ("kserve", {"outputs": [{"name": "predictions", "data": ["{}", "{"]}]}),
        ("kserve", {"outputs": [{"name": "predictions", "data": ["{}", "1"]}]}),
        ("kserve", {"outputs": [{"name": "predictions", "data": ["{}", 1]}]}),
        ("kserve", {"outputs": [{"datatype": "FP32", "data": [1, 2, 3]}]}),
        ("kserve", {"outputs": [{"datatype": "FP32", "data": [1, 2, 3, float("nan")]}]}),
        ("kserve", {"outputs": [{"datatype": "INT64", "data": [1, 2, 3, 4]}]}),
        ("tensorflow", {"predictions": [[1, 2, 3], [1, 2, 3]]}),
        ("tensorflow", {"predictions": [{**BOX, "detection_classes": [3]}] * 2}),
        ("tensorflow", {"predictions": [{**BOX, "detection_scores": []}] * 2}),
        ("tensorflow", {"predictions": [{**BOX, "detection_boxes": [[0, 0, 1]]}] * 2}),
        ("tensorflow", {"predictions": [{**BOX, "detection_boxes": [[0, 0, 1, "1"]]}] * 2}),
    ],
)
def test_what_cannot_be_read_is_named(kind: str, answer: Any) -> None:
    with pytest.raises(AnswerError, match=r"."):
        said(kind, answer)


def fit(word: dict[str, Any], asked: str, **more: Any) -> dict[str, Any]:
    given: dict[str, Any] = {"labels": {"stop"}, "options": [], "threshold": 0.0, **more}
    return adapted(word, asked=asked, **given)


def test_shapes_that_nobody_asks_for_are_left_out() -> None:
    unsure, zebra = {**SPAN, "score": 0.1}, {**SPAN, "label": "zebra"}
    unscored = {key: value for key, value in SPAN.items() if key != "score"}
    word = {"spans": [SPAN, unsure, zebra, unscored, 7], "score": 0.5, "label": "x"}
    assert fit(word, "spans", threshold=0.3) == {"spans": [SPAN, unscored, 7], "score": 0.5}


def test_a_label_stands_for_an_option() -> None:
    options = [{"id": 1, "text": "one"}, {"id": "stop", "text": "two"}]
    for label, expected in (("one", [1]), ("1", [1]), ("stop", ["stop"]), ("zebra", None)):
        assert fit({"label": label}, "accept", options=options) == {"accept": expected}
    assert fit({"accept": [], "label": "one"}, "accept", options=options) == {"accept": []}
    assert fit({"label": "stop", "spans": [SPAN]}, "label") == {"label": "stop"}
