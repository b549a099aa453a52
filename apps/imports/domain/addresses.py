"""What may stand in a list as the address of an image.

Only its form is judged here, so that a typing error is told at once. Whether an address may be
reached is decided by the egress door alone, on the address that it connects to.
"""

from __future__ import annotations

import base64
import re
from urllib.parse import unquote_to_bytes

from apps.imports.domain.rows import RowError

USUAL_NAMES = ("image", "url", "image_url", "imageurl", "image url")
POSSIBLE_NAMES = ("link", "uri", "src", "source", "file", "file_url", "path")
"""What columns of addresses are called; the latter may as well hold something else."""

MAX_ADDRESS = 4096
MAX_SHOWN = 200
MAX_HOST = 255
SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
ADDRESS = re.compile(r"\s*(?:(?:https?|s3)://|data:)", re.IGNORECASE)
AUTHORITY = re.compile(r"[a-zA-Z]+://([^/?#\\]*)")
VERSION = re.compile(r"\?versionId=[A-Za-z0-9._~-]{1,1024}$")
CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def looks_like_address(text: str) -> bool:
    """Whether a text was meant as the address of an image, right or wrong."""
    return ADDRESS.match(text) is not None


def host_of(address: str) -> str:
    """Who is asked for an image: host and port, or the bucket, which may be anywhere."""
    match = AUTHORITY.match(address)
    host = match[1][:MAX_HOST].lower() if match else ""
    return f"s3://{host}" if address[:3].lower() == "s3:" else host


def checked_address(text: str) -> str:
    """The address of an image, without blanks around it. Raises RowError with what is wrong."""
    try:
        return _checked(text.strip())
    except RowError as error:
        # What may hold a password is not shown to anybody.
        shown = "" if "@" in text or CONTROL.search(text) else text.strip()[:MAX_SHOWN]
        raise RowError(error.code, error.reason, shown=shown) from None


def _checked(address: str) -> str:
    if not address:
        raise RowError("no_url", "The line names no image.")
    scheme = (SCHEME.match(address) or [""])[0].rstrip(":").lower()
    if scheme == "data":
        return address
    if len(address) > MAX_ADDRESS:
        raise RowError("url_too_long", f"The address is longer than {MAX_ADDRESS} characters.")
    if CONTROL.search(address):
        raise RowError("not_a_url", "The address holds a control character.")
    if scheme == "s3":
        _check_s3(address)
    elif scheme in {"http", "https"}:
        _check_web(address)
    elif "://" not in address:
        raise RowError("not_a_url", "Write the whole address: https://… or s3://bucket/key.")
    else:
        raise RowError("unsupported_scheme", f"{scheme}: addresses are not fetched.")
    return address


def is_data(address: str) -> bool:
    """Whether the image itself stands in the address, as `data:image/png;base64,...`."""
    return address[:5].lower() == "data:"


def bytes_in(address: str) -> bytes:
    """The image in a `data:` address. Raises RowError `bad_data_uri`."""
    head, comma, body = address.partition(",")
    try:
        if not comma or not body:
            raise ValueError
        data = unquote_to_bytes(body)
        if head.lower().endswith(";base64"):
            # Line ends within are common in files; other letters mean that something is missing.
            return base64.b64decode(b"".join(data.split()), validate=True)
        return data
    except ValueError:
        raise RowError("bad_data_uri", "The data: address is damaged.") from None


def file_name(address: str) -> str:
    """What to call the image: the last part of its path, or the host. `address` may be a path."""
    if is_data(address):
        return "data"
    if address[:5].lower() == "s3://":
        path = VERSION.sub("", address)
    else:
        is_web = looks_like_address(address)
        path = re.split(r"[?#]", address, maxsplit=1)[0].rstrip("/") if is_web else address
    return path.rpartition("/")[2][:500] or address[:500]


def folder_path(path: str) -> str:
    """Where a file lay in the folder that was sent, `street/wall/1.jpg`; empty if in none.

    It is shown and exported, never opened; still nothing in it leads upwards.
    """
    parts = [part for part in re.split(r"[\\/]+", path) if part not in {"", ".", ".."}]
    return "/".join(parts) if len(parts) > 1 else ""


def _check_s3(address: str) -> None:
    """A key may hold anything, spaces and percent signs included: it is taken as it stands.

    Without a key it names the whole bucket, and must end in a slash, as every folder.
    """
    bucket, slash, _ = address[len("s3://") :].partition("/")
    if not address[2:].startswith("://") or not bucket:
        raise RowError("no_bucket", "The address names no bucket: s3://bucket/key.")
    if not slash:
        reason = "The address names no object: s3://bucket/key, or s3://bucket/ for all of them."
        raise RowError("no_key", reason)


def _check_web(address: str) -> None:
    if " " in address:
        raise RowError("not_a_url", "The address holds a space; write %20 for it.")
    authority = AUTHORITY.match(address)
    if authority is None or not authority[1]:
        raise RowError("not_a_url", "The address names no host.")
    if "@" in authority[1]:
        raise RowError("credentials_in_url", "Addresses with a user name or password are refused.")
