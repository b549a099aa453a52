"""Asking model servers: the one place that speaks to them, through the one door to the outside."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from typing import Any, TypeVar, cast

import msgspec

from apps.assist.domain.protocols import PROTOCOLS
from apps.assist.domain.protocols.words import Answered, AnswerError, Asked, Described, Sent
from apps.assist.models import ModelServer
from apps.datasets.models import Blob
from concord.errors import DomainError, RetryLater
from concord.storage.egress import Message, egress
from concord.storage.failures import FetchError
from concord.storage.files import store
from concord.vault import Unreadable, unseal

Answer = TypeVar("Answer")

DESCRIBE_SECONDS = 10.0
PREDICT_SECONDS = 120.0
MOST_BYTES = 32_000_000
PAUSE_SECONDS = 5

ADVICE = {
    "forbidden_address": "The server lies in a private network. Whoever runs Concord can allow its"
    " address by CONCORD_FETCH_ALLOW.",
    "forbidden_port": "The port is not open. Whoever runs Concord can allow address and port by"
    " CONCORD_FETCH_ALLOW.",
    "connection_refused": "Nothing listens there: check host and port, and that the server runs.",
    "dns_failed": "The host is not known: check the spelling of the address.",
    "unreachable": "The server cannot be reached from here: check firewall and routing.",
    "timed_out": "The server took too long: check that it runs, or send fewer images at once.",
    "http_401": "The server asks for a token, or does not know this one.",
    "http_403": "The server refuses this token.",
    "http_404": "The server has nothing at this address: check it, and the name of the model.",
    "unexpected_redirect": "The server sends us elsewhere: name the address where it ends.",
    "keys_unreadable": "The token was stored under another SECRET_KEY: enter it again.",
}


class ServerRefused(DomainError):
    """A server that will not answer until somebody changes something."""


class ServerAway(RetryLater):
    """A server that may answer later."""


def describe(server: ModelServer, *, version: str | None = None) -> Described:
    """Return what a server says of itself, or of another `version` of its model than the one that
    is kept with it. Raises ServerRefused, ServerAway."""
    protocol, asked = PROTOCOLS[server.kind], _asked(server, version)
    answer = _ask(server, protocol.about(asked), seconds=DESCRIBE_SECONDS)
    return _read(lambda: protocol.described(answer, asked))


def predict(server: ModelServer, images: Sequence[Sent], *, version: str | None = None) -> Answered:
    """Return what a server says of images, in their order; `version` as in `describe`. Raises
    ServerRefused, ServerAway."""
    protocol, asked = PROTOCOLS[server.kind], _asked(server, version)
    body = msgspec.json.encode(protocol.body(images))
    answer = _ask(server, protocol.path(asked), body=body, seconds=PREDICT_SECONDS)
    return _read(lambda: protocol.answered(answer, images, asked))


def sent(blob: Blob) -> Sent | None:
    """Return an image as servers get it; None where its bytes are not kept here."""
    if not blob.rendition_sha256:
        return None
    try:
        with store().open(blob.rendition_sha256) as file:
            data = base64.b64encode(file.read()).decode()
    except FileNotFoundError:
        return None
    return Sent(data, blob.rendition_media_type or blob.media_type, blob.width, blob.height)


def _asked(server: ModelServer, version: str | None) -> Asked:
    version = server.version if version is None else version
    return Asked(model=server.model, version=version, labels=tuple(server.labels))


def _ask(server: ModelServer, path: str, *, seconds: float, body: bytes | None = None) -> Any:
    """Return the JSON that a server answers at a path under its address."""
    try:
        token = unseal(bytes(server.token)) if server.token else ""
        found = egress().fetch(
            server.url.rstrip("/") + path,
            deadline=seconds,
            max_bytes=MOST_BYTES,
            message=Message(body=body, token=token),
        )
    except Unreadable:
        raise ServerRefused("keys_unreadable", ADVICE["keys_unreadable"]) from None
    except FetchError as error:
        detail = ADVICE.get(error.code, error.reason)
        if error.retryable:
            wait = int(error.retry_after or PAUSE_SECONDS)
            raise ServerAway(error.code, detail, retry_after=wait) from error
        raise ServerRefused(error.code, detail) from error
    with found.body as file:
        return _read(lambda: cast(Any, msgspec.json.decode(file.read())))


def _read(read: Callable[[], Answer]) -> Answer:
    try:
        return read()
    except (AnswerError, msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        told = str(error) if isinstance(error, AnswerError) else "The answer is not JSON."
        detail = f"The server answers, but not in the language that was chosen. {told}"
        raise ServerRefused("bad_answer", detail) from error
