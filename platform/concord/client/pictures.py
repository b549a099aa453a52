"""The bytes of an image, wherever it is: behind an address, in a file, within its own address."""

from __future__ import annotations

import base64
import binascii
from importlib import import_module
from pathlib import Path
from urllib.parse import unquote_to_bytes

import httpx

from concord.client.errors import ClientError, what_broke

SNIFFING = "apps.imports.domain.pictures.sniffing"
MOST_BYTES = 200_000_000
PATIENCE = httpx.Timeout(60, connect=10)
CLAIMS_NOTHING = {"", "application/octet-stream", "binary/octet-stream"}


class NoImage(ClientError):
    """The bytes are no image that Concord takes, or not all of one."""


def image_bytes(reference: str | Path) -> bytes:
    """Return the bytes of the image that an http(s) address, a `data:` address or a path names.

    Raises ClientError where there is none, and NoImage for what is not a whole image.
    """
    if isinstance(reference, str) and reference.startswith("data:"):
        data, claimed = _within(reference)
    elif isinstance(reference, str) and reference.startswith(("http://", "https://")):
        data, claimed = fetched(reference)
    elif isinstance(reference, str) and "://" in reference:
        scheme = reference.partition("://")[0]
        raise ClientError(f"Nobody here can read {scheme}:// addresses. Ask Concord for the image.")
    else:
        data, claimed = _in_file(Path(reference)), ""
    return whole_image(data, claimed=claimed)


def whole_image(data: bytes, *, claimed: str = "") -> bytes:
    """Return `data` if it is an image to its end, and not `claimed` to be of another kind."""
    kind = claimed.partition(";")[0].strip().lower()
    if kind not in CLAIMS_NOTHING and not kind.startswith("image/"):
        raise NoImage(f"This is {kind}, not an image.")
    found = media_type(data)
    if not _reaches_its_end(found, data):
        raise NoImage(f"The image is cut short: {len(data):,} bytes of {found}, and no end.")
    return data


def media_type(data: bytes) -> str:
    """What kind of image begins with these bytes; raises NoImage for none."""
    sniffing = import_module(SNIFFING)
    try:
        found: str = sniffing.media_type(data)
    except sniffing.RowError as error:
        raise NoImage(error.reason) from None
    return found


def data_address(path: Path) -> str:
    """An image file as a `data:` address."""
    return as_data_address(whole_image(_in_file(path)))


def as_data_address(data: bytes) -> str:
    """The bytes of an image as a `data:` address."""
    return f"data:{media_type(data)};base64,{base64.b64encode(data).decode()}"


def fetched(address: str) -> tuple[bytes, str]:
    """Return what lies at an http(s) address, and as what it is given out."""
    parts: list[bytes] = []
    size = 0
    try:
        with httpx.stream("GET", address, follow_redirects=True, timeout=PATIENCE) as response:
            if not response.is_success:
                raise ClientError(f"{address} answers {response.status_code}.")
            for part in response.iter_bytes():
                parts.append(part)
                size += len(part)
                if size > MOST_BYTES:
                    raise ClientError(f"{address} gives more than {MOST_BYTES:,} bytes.")
            return b"".join(parts), response.headers.get("Content-Type", "")
    except httpx.TransportError as error:
        raise ClientError(f"{address} cannot be reached: {what_broke(error)}") from error
    except (httpx.InvalidURL, httpx.HTTPError) as error:
        raise ClientError(f"{address} cannot be read: {error}") from error


def _in_file(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise ClientError(f"Not there, or not to be read: {path}") from error


def _within(address: str) -> tuple[bytes, str]:
    head, comma, body = address.removeprefix("data:").partition(",")
    if not comma:
        raise NoImage("The data: address has no comma, so there is nothing in it.")
    kind, *parameters = head.split(";")
    if "base64" not in parameters:
        return unquote_to_bytes(body), kind
    try:
        return base64.b64decode("".join(body.split()), validate=True), kind
    except (binascii.Error, ValueError) as error:
        raise NoImage(f"The data: address is no base64, or cut short: {error}.") from None


def _reaches_its_end(kind: str, data: bytes) -> bool:
    """Whether the end is there, as far as the kind of file says where that is."""
    match kind:
        case "image/jpeg":
            return _jpeg_ends(data)
        case "image/png":
            return b"IEND\xaeB`\x82" in data
        case "image/gif":
            return data.rstrip(b"\0").endswith(b";")
        case "image/webp":
            return len(data) >= 8 + int.from_bytes(data[4:8], "little")
        case "image/bmp":
            return len(data) >= int.from_bytes(data[2:6], "little")
    return True


def _jpeg_ends(data: bytes) -> bool:
    """Whether the mark of the end comes after the picture begins: a small picture within the
    headers has an end of its own."""
    place = 2
    while data[place : place + 1] == b"\xff":
        mark = data[place + 1 : place + 2]
        if mark == b"\xda":
            return data.find(b"\xff\xd9", place) != -1
        filling = mark == b"\xff"
        place += 1 if filling else 2 + int.from_bytes(data[place + 2 : place + 4], "big")
    return False
