"""Asking a Concord instance over HTTP: again where that may help, and believing nothing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from typing import Any, BinaryIO, TypeVar
from urllib.parse import urlsplit

import httpx

from concord.client import replies
from concord.client.errors import ClientError, Elsewhere, Refused, what_broke
from concord.client.pictures import fetched

MAX_ANSWER = 32_000_000
TRIES = 7
LONGEST_PAUSE = 30.0
# A server that has taken in 1,000 files writes them all to its store before it says so.
PATIENCE = httpx.Timeout(60, connect=10, read=600)
LATER = {429, 502, 503, 504, 507}

Answer = TypeVar("Answer")


class Api:
    """The door to an instance, for whom a token was made.

    What the network loses, or the server is too busy for, is asked again with growing pauses.
    Everything raises ClientError, with a sentence for the person at the terminal.
    """

    def __init__(
        self, url: str, token: str, *, pause: Callable[[float], None] | None = None
    ) -> None:
        self.url = origin(url)
        self.pause = pause or time.sleep
        # No encodings: what is read must not become a thousand times as much.
        headers = {"Authorization": f"Bearer {_checked(token)}", "Accept-Encoding": "identity"}
        try:
            self._http = httpx.Client(headers=headers, timeout=PATIENCE)
        except (ImportError, ValueError) as error:
            raise ClientError(
                f"The proxy that this machine names cannot be used: {error}"
            ) from error

    def close(self) -> None:
        """Let the connections go."""
        self._http.close()

    def get(
        self,
        path: str,
        read: Callable[[Any], Answer],
        *,
        query: Mapping[str, str | int] | None = None,
        tries: int = TRIES,
    ) -> Answer:
        """Return what `read` finds at `path`, below /api/."""
        return self.ask(lambda: self.request("GET", path, params=query), read, tries=tries)

    def send(
        self,
        method: str,
        path: str,
        body: Any,
        read: Callable[[Any], Answer],
        *,
        headers: Mapping[str, str] | None = None,
        tries: int = TRIES,
    ) -> Answer:
        """Return what `read` finds in the answer to a JSON body. Only what may be done twice, or
        has an Idempotency-Key among `headers`, may have several `tries`."""
        return self.ask(
            lambda: self.request(method, path, json=body, headers=headers), read, tries=tries
        )

    def every(self, path: str, query: Mapping[str, str | int]) -> Iterator[Any]:
        """The items of a list, page by page as they are asked for."""
        items, following = self.get(path, replies.page_in, query=query)
        while True:
            yield from items
            if following is None:
                return
            items, following = self.get(self._below(following), replies.page_in)

    def believe(self, read: Callable[[Any], Answer], data: Any) -> Answer:
        """Return what `read` finds in a part of an answer."""
        try:
            return read(data)
        except ValueError:
            raise self._strange() from None

    def request(self, method: str, path: str, **more: Any) -> httpx.Request:
        """A request to `path`, below /api/."""
        return self._http.build_request(method, f"{self.url}/api/{path}", **more)

    def ask(
        self,
        make: Callable[[], httpx.Request],
        read: Callable[[Any], Answer],
        *,
        tries: int = TRIES,
    ) -> Answer:
        """Return what `read` finds in the answer; asks again where that may help."""

        def take(response: httpx.Response) -> Answer:
            return self._read(self._body(response), read)

        return self._persist(make, take, tries=tries)

    def download(self, path: str, target: BinaryIO) -> None:
        """Write what is at `path`, below /api/, into an empty file, as it comes."""

        def take(response: httpx.Response) -> None:
            target.seek(0)
            target.truncate()
            for part in response.iter_raw():
                target.write(part)

        self._persist(lambda: self.request("GET", path), take, tries=TRIES)

    def bytes_at(self, path: str) -> tuple[bytes, str]:
        """Return the file at `path`, below /api/, and its media type. Where its bytes lie in a
        bucket we are sent there, and go without our token."""

        def take(response: httpx.Response) -> tuple[bytes, str]:
            return self._body(response), response.headers.get("Content-Type", "")

        try:
            return self._persist(lambda: self.request("GET", path), take, tries=TRIES)
        except Elsewhere as elsewhere:
            return fetched(elsewhere.address)

    def _persist(
        self,
        make: Callable[[], httpx.Request],
        take: Callable[[httpx.Response], Answer],
        *,
        tries: int,
    ) -> Answer:
        for pause in _pauses(tries):
            try:
                with closing(self._http.send(make(), stream=True)) as response:
                    refusal = self._refusal(response)
                    if refusal is None:
                        return take(response)
            except httpx.TransportError as error:
                failed = ClientError(f"{self.url} cannot be reached: {what_broke(error)}")
                after = pause
            else:
                if not _worth_asking_again(refusal):
                    raise refusal
                failed, after = refusal, _retry_after(response.headers, pause)
            if after is None:
                break
            self.pause(after)
        raise failed

    def _body(self, response: httpx.Response) -> bytes:
        parts, size = [], 0
        for part in response.iter_raw():
            parts.append(part)
            size += len(part)
            if size > MAX_ANSWER:
                raise self._strange()
        return b"".join(parts)

    def _refusal(self, response: httpx.Response) -> Refused | None:
        """What the answer says against it; None for an answer that grants what was asked."""
        if response.is_success:
            return None
        if response.is_redirect:
            raise Elsewhere(self.url, response.headers.get("Location", "nowhere"))
        try:
            code, detail = replies.problem_in(replies.json_in(self._body(response)))
        except ValueError:
            if response.status_code not in LATER:
                raise self._strange() from None
            code, detail = "", f"{self.url} answers {response.status_code}."
        if response.status_code == 401:
            detail = f"{detail} Make a token at {self.url}/account, and set CONCORD_TOKEN to it."
        return Refused(response.status_code, code, detail)

    def _read(self, body: bytes, read: Callable[[Any], Answer]) -> Answer:
        return self.believe(lambda _: read(replies.json_in(body) if body else None), body)

    def _below(self, address: str) -> str:
        """A path that the server gave, as `get` takes it."""
        _, api, path = address.partition("/api/")
        if not api:
            raise self._strange()
        return path

    def _strange(self) -> ClientError:
        return ClientError(f"{self.url} does not answer as Concord does. Is CONCORD_URL right?")


def _pauses(tries: int) -> Iterator[float | None]:
    """The pause after each try, doubling from one second; None after the last."""
    for n in range(tries - 1):
        yield min(2.0**n, LONGEST_PAUSE)
    yield None


def _worth_asking_again(refusal: Refused) -> bool:
    return refusal.status in LATER or refusal.code == "idempotency_in_flight"


def _retry_after(headers: Mapping[str, str], pause: float | None) -> float | None:
    wanted = headers.get("Retry-After", "")
    if pause is None or not (wanted.isascii() and wanted.isdecimal()):
        return pause
    return min(max(float(wanted), pause), LONGEST_PAUSE)


def origin(url: str) -> str:
    """`url` without a slash at its end; raises ClientError for what is none of a server."""
    try:
        parts = urlsplit(url.strip())
        known = httpx.URL(url.strip()).host and parts.port != 0
    except (httpx.InvalidURL, ValueError):
        known = False
    more = parts.username or parts.password or parts.query or parts.fragment if known else ""
    if not known or more or parts.scheme not in {"http", "https"}:
        raise ClientError(f"CONCORD_URL is {url!r}; write it as https://host.")
    return url.strip().rstrip("/")


def _checked(token: str) -> str:
    """`token` without what surrounds it; raises ClientError for what fits into no header."""
    token = token.strip()
    if not token.isascii() or not token.isprintable() or " " in token or not token:
        raise ClientError("CONCORD_TOKEN is no token: it has letters that none has.")
    return token
