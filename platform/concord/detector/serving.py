"""The two routes of our protocol: `GET /` says what the model is, `POST /predict` asks it."""

from __future__ import annotations

import base64
import binascii
import hmac
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

MOST_BYTES = 256_000_000
Span = dict[str, Any]


class UnreadableImage(ValueError):
    """Bytes that are no image."""


@dataclass(frozen=True, slots=True)
class Detector:
    """A model: what it is, and the shapes that it finds in the bytes of an image, in its pixels.

    `find` raises UnreadableImage, and is called by several threads at once.
    """

    model: str
    version: str
    labels: tuple[str, ...]
    find: Callable[[bytes], list[Span]]


class BadRequest(ValueError):
    """A request that cannot be answered, and why."""


def server_of(detector: Detector, *, host: str, port: int, token: str = "") -> ThreadingHTTPServer:
    """Return a bound server, not yet running; with a `token` it answers only to who sends it."""
    return _Server((host, port), detector, token)


class _Server(ThreadingHTTPServer):
    def __init__(self, address: tuple[str, int], detector: Detector, token: str) -> None:
        super().__init__(address, _Handler)
        self.detector, self.token = detector, token


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    timeout = 60

    def do_GET(self) -> None:
        if not self._may_enter():
            return
        if self.path != "/":
            self._answer(HTTPStatus.NOT_FOUND, {"detail": "Ask GET / or POST /predict."})
            return
        one = self.server.detector
        self._answer(
            HTTPStatus.OK,
            {"model": one.model, "version": one.version, "labels": list(one.labels)},
        )

    def do_POST(self) -> None:
        # The body is read in any case, or the connection could not be used again.
        body = self._body()
        if body is None or not self._may_enter():
            return
        if self.path != "/predict":
            self._answer(HTTPStatus.NOT_FOUND, {"detail": "Ask GET / or POST /predict."})
            return
        try:
            predictions = [self._predict(image) for image in _images(body)]
        except BadRequest as error:
            self._answer(HTTPStatus.BAD_REQUEST, {"detail": str(error)})
            return
        said = {"version": self.server.detector.version, "predictions": predictions}
        self._answer(HTTPStatus.OK, said)

    def _predict(self, image: bytes) -> dict[str, Any]:
        try:
            return {"spans": self.server.detector.find(image)}
        except UnreadableImage:
            # One broken image must not keep the others from being looked at.
            return {}

    def _body(self) -> bytes | None:
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > MOST_BYTES:
            self.close_connection = True
            self._answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, {"detail": "Send fewer images."})
            return None
        return self.rfile.read(int(length))

    def _may_enter(self) -> bool:
        token = self.server.token
        given = self.headers.get("Authorization", "").encode()
        if not token or hmac.compare_digest(given, f"Bearer {token}".encode()):
            return True
        self._answer(HTTPStatus.UNAUTHORIZED, {"detail": "Send the token of this server."})
        return False

    def _answer(self, status: HTTPStatus, value: Any) -> None:
        data = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


def _images(body: bytes) -> Sequence[bytes]:
    """Return the images of a request. Raises BadRequest."""
    try:
        rows = json.loads(body)["images"]
        return [base64.b64decode(row["bytes"], validate=True) for row in rows]
    except (ValueError, KeyError, TypeError, binascii.Error, RecursionError) as error:
        detail = 'Send {"images": [{"bytes": BASE64, ...}, ...]}.'
        raise BadRequest(detail) from error
