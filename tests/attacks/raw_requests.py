"""Requests that are no HTTP, or two things at once, written to a socket byte by byte."""

from __future__ import annotations

import socket
import ssl

HIDDEN = b"GET /api/hidden/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
"""The request within the body: it must never be taken for one."""


def _post(*headers: str, body: bytes = b"0\r\n\r\n" + HIDDEN, end: str = "\r\n") -> bytes:
    lines = ["POST /login HTTP/1.1", "Host: 127.0.0.1", *headers, "", ""]
    return end.join(lines).encode("latin-1") + body


AMBIGUOUS = {
    "length and chunks": _post("Content-Length: 5", "Transfer-Encoding: chunked"),
    "chunks and length": _post("Transfer-Encoding: chunked", "Content-Length: 5"),
    "two lengths": _post("Content-Length: 5", "Content-Length: 49"),
    "a list of lengths": _post("Content-Length: 5, 49"),
    "a length with a sign": _post("Content-Length: +5"),
    "an encoding that is none": _post("Transfer-Encoding: xchunked"),
    "chunks twice": _post("Transfer-Encoding: chunked", "Transfer-Encoding: chunked"),
    "a tab before the encoding": _post("Content-Length: 5", "Transfer-Encoding:\tchunked"),
    "a space before the colon": _post("Content-Length: 5", "Transfer-Encoding : chunked"),
    "a folded header": _post("X: y", " Transfer-Encoding: chunked", "Content-Length: 5"),
    "a line that ends bare": _post("X: y\nTransfer-Encoding: chunked", "Content-Length: 5"),
    "a return within a line": _post("X: y\rTransfer-Encoding: chunked", "Content-Length: 5"),
    "a NUL in a header": _post("X: y\0", "Content-Length: 5", "Transfer-Encoding: chunked"),
    "a chunk of no size": _post("Transfer-Encoding: chunked", body=b"+5\r\nhello\r\n" + HIDDEN),
    "a chunk that ends bare": _post("Transfer-Encoding: chunked", body=b"0\n\n" + HIDDEN),
}
"""By what is wrong: where each of two servers could see another end of the body."""


def connect(address: str) -> socket.socket:
    """A connection to `http://host:port` or `https://host:port`, whoever's certificate it has."""
    scheme, _, place = address.partition("://")
    host, _, port = place.partition(":")
    made = socket.create_connection((host, int(port)), timeout=30)
    if scheme == "http":
        return made
    anybody = ssl.create_default_context()
    anybody.check_hostname, anybody.verify_mode = False, ssl.CERT_NONE
    return anybody.wrap_socket(made)


def answers_to(address: str, request: bytes) -> list[int]:
    """The status of every answer until the server hangs up, and nothing if it does at once."""
    with connect(address) as peer:
        peer.sendall(request)
        read = b""
        try:
            while part := peer.recv(65536):
                read += part
        except ConnectionResetError:
            pass  # it did not read what was left
    return [int(part[:3]) for part in read.split(b"HTTP/1.1 ")[1:]]
