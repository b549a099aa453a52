"""The reference model server: what it sees in photos of the demo, and how it answers."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image
from typer.testing import CliRunner

from concord.client.cli import cli
from concord.detector.serving import Detector, UnreadableImage, server_of

PHOTOS = Path(__file__).resolve().parents[3] / "deploy" / "demo" / "photos"
SPAN = {"type": "rect", "x": 1, "y": 2, "width": 3, "height": 4, "label": "dot", "score": 0.5}


def find(data: bytes) -> list[dict[str, Any]]:
    if data == b"broken":
        raise UnreadableImage
    return [SPAN]


DOTS = Detector(model="dots", version="1", labels=("dot",), find=find)


@contextmanager
def served(token: str = "") -> Iterator[str]:
    with server_of(DOTS, host="127.0.0.1", port=0, token=token) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def images(*data: bytes) -> dict[str, Any]:
    return {"images": [{"bytes": base64.b64encode(each).decode()} for each in data]}


def test_it_says_what_it_is_and_what_it_sees() -> None:
    with served() as url, httpx.Client() as http:
        assert http.get(url).json() == {"model": "dots", "version": "1", "labels": ["dot"]}
        answer = http.post(f"{url}/predict", json=images(b"a", b"broken")).json()
    assert answer == {"version": "1", "predictions": [{"spans": [SPAN]}, {}]}


@pytest.mark.parametrize(
    "body", ["", "[", "[]", "{}", '{"images": 1}', '{"images": [{"bytes": "?"}]}', "[" * 100_000]
)
def test_what_it_does_not_understand_it_refuses(body: str) -> None:
    with served() as url, httpx.Client() as http:
        reply = http.post(f"{url}/predict", content=body)
        assert (reply.status_code, "images" in reply.json()["detail"]) == (400, True)
        assert http.get(f"{url}/other").status_code == 404


def test_with_a_token_it_answers_only_to_who_sends_it() -> None:
    with served("s3cret") as url, httpx.Client() as http:
        for token in ("", "Bearer other", "s3cret"):
            reply = http.post(f"{url}/predict", json=images(b"a"), headers={"Authorization": token})
            assert reply.status_code == 401
        right = {"Authorization": "Bearer s3cret"}
        assert http.post(f"{url}/predict", json=images(b"a"), headers=right).status_code == 200


def centre(span: dict[str, Any]) -> tuple[float, float]:
    return span["x"] + span["width"] / 2, span["y"] + span["height"] / 2


def test_the_face_of_a_real_photo_is_found() -> None:
    pytest.importorskip("cv2", reason="the extra `detector` is not installed")
    from concord.detector.seeing import face_detector  # noqa: PLC0415

    (face,) = face_detector().find((PHOTOS / "astronaut.jpg").read_bytes())
    x, y = centre(face)
    # Her nose, as one sees it.
    assert abs(x - 224) < 25
    assert abs(y - 115) < 25
    assert (face["label"], face["score"] > 0.5) == ("face", True)
    assert face_detector().find((PHOTOS / "living-room.jpg").read_bytes()) == []


def test_people_are_boxes_inside_the_image_as_it_came() -> None:
    pytest.importorskip("cv2", reason="the extra `detector` is not installed")
    from concord.detector.seeing import people_detector  # noqa: PLC0415

    # It takes narrow windows for people; what counts here is that what it says can be kept.
    photo = PHOTOS / "papal-palace.jpg"
    with Image.open(photo) as image:
        width, height = image.size
    found = people_detector().find(photo.read_bytes())
    assert found == json.loads(json.dumps(found)) != []  # plain numbers, not numpy's
    for span in found:
        assert span["x"] >= 0
        assert span["y"] >= 0
        assert span["x"] + span["width"] <= width
        assert span["y"] + span["height"] <= height
        assert 0 <= span["score"] <= 1


def test_bytes_that_are_no_image_are_named() -> None:
    pytest.importorskip("cv2", reason="the extra `detector` is not installed")
    from concord.detector.seeing import face_detector  # noqa: PLC0415

    for data in (b"", b"GIF89a", b"\xff\xd8\xff" + b"x" * 100):
        with pytest.raises(UnreadableImage):
            face_detector().find(data)


def test_a_port_that_is_taken_is_named() -> None:
    pytest.importorskip("cv2", reason="the extra `detector` is not installed")
    with served() as url:
        port = url.rpartition(":")[2]
        done = CliRunner().invoke(cli, ["serve-model", "--port", port])
    assert done.exit_code == 2
    assert done.stderr.startswith(f"127.0.0.1:{port} cannot be listened at: Address already in use")


def test_the_verb_serves_until_ctrl_c(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("cv2", reason="the extra `detector` is not installed")
    described: list[tuple[str, str]] = []

    def ask_and_stop(server: Any) -> None:
        described.append((server.detector.model, server.token))
        raise KeyboardInterrupt

    monkeypatch.setattr("http.server.ThreadingHTTPServer.serve_forever", ask_and_stop)
    monkeypatch.setenv("CONCORD_MODEL_TOKEN", "s3cret")
    done = CliRunner().invoke(cli, ["serve-model", "faces", "--port", "0"])
    assert (done.exit_code, described) == (0, [("opencv-haar-faces", "s3cret")])
    assert done.stdout.startswith("Looking for faces at http://127.0.0.1:")
