"""What a person is told when something does not work: one sentence, safe to print."""

from __future__ import annotations

import httpx

LONGEST = 500


def printable(text: str) -> str:
    """`text` as one line that moves no cursor and turns no letters round: file names and servers
    may say anything."""
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode("ascii")
        for letter in text[:LONGEST]
    )


class ClientError(Exception):
    """It cannot be done; the message says why and what to do about it."""

    def __init__(self, sentence: str) -> None:
        super().__init__(printable(sentence))


class Refused(ClientError):
    """The server says no; `code` is its stable word for why."""

    def __init__(self, status: int, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.code = code


class Elsewhere(ClientError):
    """The server sends us on to another address."""

    def __init__(self, url: str, address: str) -> None:
        super().__init__(f"{url} sends us on to {address}. Set CONCORD_URL to where it is.")
        self.address = address


def what_broke(error: httpx.TransportError) -> str:
    """The end of a sentence that says that an address cannot be reached."""
    match error:
        case httpx.TimeoutException():
            return "it took too long."
        case httpx.RemoteProtocolError() | httpx.ReadError() | httpx.WriteError():
            return "the connection broke."
    return f"{error}." if str(error) else f"{type(error).__name__}."
