"""An HTTP server of real images, and of everything that goes wrong where images are fetched.

/ok/7.jpg, /ok/7.png    image number 7; every number is a different image
/dup                    the bytes of /ok/1.jpg at another address
/pack/cat.jpg           a photo of the demo
/own/large.jpg          what a test has put into `own`
/text.jpg               a web page that calls itself image/jpeg
/truncated.jpg          the first half of /ok/1.jpg, honestly announced
/slow?ms=500&n=7        /ok/7.jpg after half a second
/redirect?to=URL        302 there; to /ok/1.jpg unless told
/500-then-ok?n=7        500 at the first request of that query, /ok/7.jpg from the second on
/huge?mb=600            that much of a JPEG that never ends
anything else           404
"""

import io
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, urlsplit

import pytest
from PIL import Image, ImageDraw

from tests.servers.ports import loopback_allowance

PACK = Path(__file__).parents[2] / "deploy" / "demo" / "photos"
TYPES = {".jpg": "image/jpeg", ".png": "image/png"}


@lru_cache(maxsize=1024)
def picture(n: int, kind: str = "jpeg") -> bytes:
    """Image `n`: 96 + n % 160 by 80 + n % 90 pixels, colours of its own, and its number."""
    size = (96 + n % 160, 80 + n % 90)
    image = Image.new("RGB", size, (n * 37 % 256, n * 91 % 256, n * 53 % 256))
    draw = ImageDraw.Draw(image)
    draw.rectangle((12, 10, 60, 50), outline="white", width=2)
    draw.text((16, 20), str(n), fill="white")
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


class ImageServer:
    """A running server; `requests` counts by path, `busiest` is the most it answered at once,
    `own` are JPEGs of the test by name."""

    def __init__(self) -> None:
        self.requests: Counter[str] = Counter()
        self.busiest = 0
        self.own: dict[str, bytes] = {}
        self._busy = 0
        self._lock = threading.Lock()
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self._http.image_server = self  # type: ignore[attr-defined]
        self.port: int = self._http.server_address[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.allowance = loopback_allowance(self.port)
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.05,), daemon=True)

    def url(self, path: str) -> str:
        return f"{self.address}{path}"

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    @contextmanager
    def counted(self, target: str) -> Iterator[int]:
        """Counts one request by path and by path with query; yields the latter count."""
        with self._lock:
            self.requests.update({target.partition("?")[0], target})
            seen = self.requests[target]
            self._busy += 1
            self.busiest = max(self.busiest, self._busy)
        try:
            yield seen
        finally:
            with self._lock:
                self._busy -= 1


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        server: ImageServer = self.server.image_server  # type: ignore[attr-defined]
        # A client that hangs up early, as one does on /huge, is part of the test.
        with server.counted(self.path) as seen, suppress(ConnectionError):
            self._answer(urlsplit(self.path), seen, server.own)

    def _answer(self, url: SplitResult, seen: int, own: dict[str, bytes]) -> None:
        query = dict(parse_qsl(url.query))
        picked = picture(int(query.get("n", "1")))
        match url.path.split("/")[1:]:
            case ["ok", name]:
                self._send_numbered(Path(name))
            case ["pack", name] if (PACK / name).is_file():
                self._send((PACK / name).read_bytes(), TYPES[Path(name).suffix])
            case ["own", name] if name in own:
                self._send(own[name])
            case ["dup"]:
                self._send(picture(1))
            case ["slow"]:
                time.sleep(int(query.get("ms", "1000")) / 1000)
                self._send(picked)
            case ["500-then-ok"] if seen > 1:
                self._send(picked)
            case ["redirect"]:
                self._redirect(query.get("to", "/ok/1.jpg"))
            case [name]:
                self._fail(name, query)
            case _:
                self._fail("404", query)

    def _fail(self, name: str, query: dict[str, str]) -> None:
        match name:
            case "text.jpg":
                self._send(b"<!doctype html><title>Not an image</title><p>Please log in.</p>")
            case "truncated.jpg":
                self._send(picture(1)[: len(picture(1)) // 2])
            case "500-then-ok":
                self._send(b"not now", "text/plain", status=500)
            case "huge":
                self._send_endlessly(int(query.get("mb", "600")))
            case _:
                self._send(b"no such image", "text/plain", status=404)

    def _send_numbered(self, name: Path) -> None:
        if name.suffix in TYPES and name.stem.isdecimal():
            kind = TYPES[name.suffix]
            self._send(picture(int(name.stem), kind.removeprefix("image/")), kind)
        else:
            self._fail("404", {})

    def _send(self, body: bytes, kind: str = "image/jpeg", status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _redirect(self, to: str) -> None:
        self.send_response(302)
        self.send_header("Location", to)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send_endlessly(self, megabytes: int) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "image/jpeg")
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(picture(1)[:200])
        for _ in range(megabytes):
            self.wfile.write(bytes(1 << 20))

    def log_message(self, *args: object) -> None:
        """Silence: the tests say what was asked."""


@pytest.fixture
def image_server() -> Iterator[ImageServer]:
    server = ImageServer()
    server.start()
    yield server
    server.stop()
