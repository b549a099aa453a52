"""A server that misbehaves in every way there is, each way at a path of its own."""

import gzip
import socket
import struct
import time
import zlib
from collections.abc import Callable

from PIL import Image

from tests.attacks.image_bytes import saved
from tests.unit.concord.peers import Script, answer, raw

BEAT = 0.05
Make = Callable[[str], Script]
"""What makes the script of a path, from its name."""


def picture(name: str) -> bytes:
    """A different image for every name."""
    number = zlib.crc32(name.encode())
    return saved(
        Image.new("RGB", (3, 2), (number & 255, number >> 8 & 255, number >> 16 & 255)), "PNG"
    )


def drip(head: bytes, more: bytes) -> Script:
    """Sends `head`, then `more` for ever, a little at a time."""

    def script(connection: socket.socket, _head: bytes) -> None:
        connection.sendall(head)
        while True:
            for at in range(len(more)):
                connection.sendall(more[at : at + 1])
                time.sleep(BEAT)

    return script


def pour(head: bytes, more: bytes) -> Script:
    """Sends `head`, then `more` for ever, as fast as it goes."""

    def script(connection: socket.socket, _head: bytes) -> None:
        connection.sendall(head)
        while True:
            connection.sendall(more)

    return script


def silent(connection: socket.socket, _head: bytes) -> None:
    connection.recv(1)  # until the other side has had enough


def breaking_off(data: bytes) -> Script:
    """Sends this and resets the connection."""

    def script(connection: socket.socket, _head: bytes) -> None:
        connection.sendall(data)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()

    return script


def said(*headers: str, status: str = "200 OK", body: bytes | None = None) -> Make:
    """An answer with these headers, of a good image unless it has another body. It says that it is
    the last one, or somebody might ask for more just when the connection is closed."""
    lines = "\r\n".join([f"HTTP/1.1 {status}", "Connection: close", *headers, "", ""])
    return lambda name: raw(lines.encode("latin-1") + (picture(name) if body is None else body))


def length(of: Callable[[int], str], *more: str) -> Make:
    """A good image whose length is told like this."""

    def make(name: str) -> Script:
        body = picture(name)
        return said(*of(len(body)).split("|"), *more, body=body)(name)

    return make


def always(script: Script) -> Make:
    return lambda _name: script


def good(*headers: str) -> Make:
    return lambda name: answer("200 OK", picture(name), *headers)


OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
BOMB = gzip.compress(bytes(100_000))
LATE, BROKEN, LARGE, CODED = "timed_out", "connection_broken", "too_large", "unexpected_encoding"
DONE, NO_IMAGE = "", "not_an_image"

# What each path does, and the code of the row that asks for it; none where the image comes in.
TABLE: dict[str, tuple[Make, str]] = {
    "D1-body": (always(drip(OK + b"Content-Length: 9999\r\n\r\n", b"x")), LATE),
    "D1-body-of-no-length": (always(drip(OK + b"\r\n", b"x")), LATE),
    "D1-chunks": (always(drip(CHUNKED, b"1\r\nx\r\n")), LATE),
    "D1-size-of-a-chunk": (always(drip(CHUNKED, b"0")), LATE),
    "D2-headers": (always(drip(OK, b"X: y\r\n")), LATE),
    "D2-status-line": (always(drip(b"HTTP/1.1 200 ", b"O")), LATE),
    "D2-for-now": (always(drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n")), LATE),
    "D2-endless-for-now": (always(pour(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n")), LATE),
    "D4-silent": (always(silent), LATE),
    "D6-no-length": (always(pour(OK + b"\r\n", bytes(65536))), LARGE),
    "D6-chunks": (always(pour(CHUNKED, b"10000\r\n" + bytes(65536) + b"\r\n")), LARGE),
    "D6-announced": (said("Content-Length: 50000000000", body=b""), LARGE),
    "D6-announced-beyond-numbers": (said(f"Content-Length: {10**19}", body=b""), LARGE),
    "D6-headers": (always(pour(OK, b"X: " + b"y" * 1000 + b"\r\n")), BROKEN),
    "D6-one-header": (always(pour(OK + b"X: ", b"y" * 1000)), BROKEN),
    "D6-chunk-extension": (always(pour(CHUNKED + b"1;", b"y" * 1000)), BROKEN),
    "D7-right": (length("Content-Length: {}".format), DONE),
    "D7-twice-the-same": (length("Content-Length: {0}|Content-Length: {0}".format), DONE),
    "D7-low": (length(lambda n: f"Content-Length: {n - 20}"), "damaged_image"),
    "D7-nought": (said("Content-Length: 0"), "empty_file"),
    "D7-high": (length(lambda n: f"Content-Length: {n + 20}"), BROKEN),
    "D7-negative": (said("Content-Length: -5"), BROKEN),
    "D7-two": (length("Content-Length: {}|Content-Length: 5".format), BROKEN),
    "D7-no-number": (said("Content-Length: many"), BROKEN),
    "D7-hexadecimal": (said("Content-Length: 0x10"), BROKEN),
    "D7-and-chunks": (length("Content-Length: {}|Transfer-Encoding: chunked".format), BROKEN),
    "D7-bad-chunks": (said("Transfer-Encoding: chunked", body=b"zz\r\n"), BROKEN),
    "D7-chunk-less-than-nothing": (said("Transfer-Encoding: chunked", body=b"-5\r\nx"), BROKEN),
    "D8-gzip": (said("Content-Encoding: gzip", body=BOMB), CODED),
    "D8-capitals": (said("content-encoding: GZip", body=BOMB), CODED),
    "D8-brotli": (said("Content-Encoding: br", body=b"\x1b"), CODED),
    "D8-stacked": (said("Content-Encoding: gzip, gzip", body=gzip.compress(BOMB)), CODED),
    "D8-hidden": (said("Content-Encoding: gzip", "Content-Encoding:", body=BOMB), NO_IMAGE),
    "D8-on-the-way": (said("Transfer-Encoding: gzip, chunked", body=BOMB), BROKEN),
    "D8-not-said": (said(body=BOMB), NO_IMAGE),
    "D8-identity": (good("Content-Encoding: identity"), DONE),
    "D10-101": (said(status="101 Switching", body=b""), BROKEN),
    "D10-204": (said(status="204 x", body=b""), "http_204"),
    "D10-206": (said("Content-Range: bytes 0-9/99", status="206 x"), "http_206"),
    "D10-302-nowhere": (said(status="302 x", body=b""), "http_302"),
    "D10-304": (said(status="304 x", body=b""), "http_304"),
    "D10-401": (said("WWW-Authenticate: Basic", status="401 x"), "http_401"),
    "D10-403": (said(status="403 x"), "http_403"),
    "D10-404": (said(status="404 x"), "http_404"),
    "D10-408": (said(status="408 x"), "http_408"),
    "D10-410": (said(status="410 x"), "http_410"),
    "D10-429": (said("Retry-After: 1000000000", status="429 x"), "rate_limited"),
    "D10-500": (said(status="500 x"), "server_error"),
    "D10-501": (said(status="501 x"), "server_error"),
    "D10-503": (said("Retry-After: Fri, 31 Dec 2999 23:59:59 GMT", status="503 x"), "server_error"),
    "D10-999": (said(status="999 x"), "server_error"),
    "D10-error-that-drips": (always(drip(b"HTTP/1.1 404 x\r\n\r\n", b"x")), "http_404"),
    "D10-error-without-end": (always(pour(b"HTTP/1.1 404 x\r\n\r\n", bytes(999))), "http_404"),
    "D11-login": (said("Content-Type: image/jpeg", body=b"<!doctype html>Log in"), NO_IMAGE),
    "D11-empty": (always(answer("200 OK")), "empty_file"),
    "D11-json": (said("Content-Type: image/png", body=b'{"error": 1}'), NO_IMAGE),
    "D11-image-as-web-page": (good("Content-Type: text/html"), DONE),
    "D11-image-as-nothing": (good("Content-Type: \x80/\xff; charset=utf-7"), DONE),
    "D14-broken-off": (always(breaking_off(OK + b"Content-Length: 99\r\n\r\nxx")), BROKEN),
    "D14-broken-off-in-the-head": (always(breaking_off(b"HTTP/1.1 2")), BROKEN),
    "D14-closed-at-once": (always(breaking_off(b"")), BROKEN),
    "D14-no-http": (always(raw(b"SSH-2.0-OpenSSH_9.2\r\n\r\n")), BROKEN),
    "D14-http-0.9": (lambda name: raw(picture(name)), BROKEN),
    "D14-header-with-nul": (said("X: \0"), BROKEN),
    "D17-upwards": (good('Content-Disposition: attachment; filename="../../x"'), DONE),
    "D17-right-to-left": (good("Content-Disposition: a; filename*=UTF-8''%E2%80%AEgpj.exe"), DONE),
    "D17-long": (good(f"Content-Disposition: attachment; filename={'x' * 4096}.png"), DONE),
    "D17-nul": (good("Content-Disposition: attachment; filename=a%00.exe"), DONE),
    "D17-refresh": (good("Refresh: 0; url=http://127.0.0.1/", "Link: <http://127.0.0.1/>"), DONE),
}  # fmt: skip


def by_path(connection: socket.socket, head: bytes) -> None:
    """The script of the whole server."""
    name = head.split()[1].decode().strip("/")
    make, _ = TABLE[name]
    make(name)(connection, head)
