"""A Concord instance as one person's scripts see it, over HTTP."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import quote, urlsplit
from uuid import UUID, uuid4

import httpx

from concord.client import answers
from concord.client.errors import ClientError, Refused
from concord.client.forms import FileForm, FileToSend

DEFAULT_URL = "http://127.0.0.1:8000"
MAX_ANSWER = 4_000_000
TRIES = 7
LONGEST_PAUSE = 30.0
# A server that has taken in 1,000 files writes them all to its store before it says so.
PATIENCE = httpx.Timeout(60, connect=10, read=600)
LATER = {429, 502, 503, 504, 507}

Answer = TypeVar("Answer")


class Client:
    """The door to an instance, for whom a token was made.

    What the network loses, or the server is too busy for, is asked again with growing pauses.
    Everything raises ClientError, with a sentence for the person at the terminal.
    """

    def __init__(
        self, url: str, token: str, *, pause: Callable[[float], None] = time.sleep
    ) -> None:
        self.url = _origin(url)
        self._pause = pause
        # No encodings: what is read must not become a thousand times as much.
        headers = {"Authorization": f"Bearer {_checked(token)}", "Accept-Encoding": "identity"}
        try:
            self._http = httpx.Client(headers=headers, timeout=PATIENCE)
        except (ImportError, ValueError) as error:
            raise ClientError(
                f"The proxy that this machine names cannot be used: {error}"
            ) from error

    @classmethod
    def from_environment(cls) -> Self:
        """The instance at CONCORD_URL, with CONCORD_TOKEN."""
        url, token = os.environ.get("CONCORD_URL") or DEFAULT_URL, os.environ.get("CONCORD_TOKEN")
        if not token:
            account = f"{_origin(url)}/account"
            raise ClientError(f"CONCORD_TOKEN is not set. Make a token at {account}, and set it.")
        return cls(url, token)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._http.close()

    def dataset(self, name: str) -> answers.Dataset:
        """A dataset, by its id or slug. Asked once: who mistypes an address is told at once."""
        unknown = ClientError(f"There is no dataset {name!r}, or you may not see it.")
        if not re.fullmatch(r"[-\w]+", name):
            raise unknown
        try:
            return self._get(f"datasets/{quote(name)}/", answers.dataset_in, tries=1)
        except Refused as error:
            if error.status == 404:
                raise unknown from error
            raise

    def page_of(self, dataset: answers.Dataset) -> str:
        """Where people find a dataset."""
        return f"{self.url}/datasets/{quote(dataset.slug, safe='')}"

    def send_files(
        self,
        dataset: answers.Dataset,
        files: Sequence[FileToSend],
        *,
        key: str,
        on_sent: Callable[[int], None] = lambda _: None,
    ) -> answers.Import:
        """Send image files, at most 1,000, as an import of their own; the same `key` never brings
        them twice. `on_sent` hears how many bytes have gone. Raises Changed, too."""
        path = f"datasets/{dataset.id}/images/"
        self._ask_at_the_door(path)

        def send() -> httpx.Request:
            form = FileForm(files, on_sent=on_sent)
            headers = {**form.headers, "Idempotency-Key": key}
            return self._request("POST", path, content=iter(form), headers=headers)

        return self._ask(send, answers.import_in)

    def find_import(self, import_id: UUID) -> answers.Import:
        """An import as it is now."""
        return self._get(f"imports/{import_id}/", answers.import_in)

    def failures(self, import_id: UUID) -> list[answers.Failure]:
        """Why rows of an import failed."""
        return self._get(f"imports/{import_id}/failures/", answers.failures_in)

    def failed_rows(self, import_id: UUID) -> list[answers.FailedRow]:
        """The first of the rows that failed."""
        path = f"imports/{import_id}/rows/?state=failed&limit=500"
        return self._get(path, answers.failed_rows_in)

    def _ask_at_the_door(self, path: str) -> None:
        """Ask whether files may be sent there, by sending none.

        Who is refused before they are read hears only that the connection broke.
        """
        headers = {"Idempotency-Key": str(uuid4()), "Content-Type": "application/json"}
        try:
            self._ask(
                lambda: self._request("POST", path, content=b"{}", headers=headers), lambda _: None
            )
        except Refused as error:
            if error.status != 400:
                raise

    def _get(self, path: str, read: Callable[[Any], Answer], *, tries: int = TRIES) -> Answer:
        return self._ask(lambda: self._request("GET", path), read, tries=tries)

    def _request(self, method: str, path: str, **body: Any) -> httpx.Request:
        return self._http.build_request(method, f"{self.url}/api/{path}", **body)

    def _ask(
        self,
        make: Callable[[], httpx.Request],
        read: Callable[[Any], Answer],
        *,
        tries: int = TRIES,
    ) -> Answer:
        """Return what `read` finds in the answer; asks again where that may help."""
        for pause in _pauses(tries):
            try:
                response, body = self._send(make())
            except httpx.TransportError as error:
                failed = ClientError(f"{self.url} cannot be reached: {_what(error)}")
                after = pause
            else:
                refusal = self._refusal(response, body)
                if refusal is None:
                    return self._read(body, read)
                if not _worth_asking_again(refusal):
                    raise refusal
                failed, after = refusal, _retry_after(response.headers, pause)
            if after is None:
                break
            self._pause(after)
        raise failed

    def _send(self, request: httpx.Request) -> tuple[httpx.Response, bytes]:
        response = self._http.send(request, stream=True)
        try:
            body = b""
            for part in response.iter_raw():
                body += part
                if len(body) > MAX_ANSWER:
                    raise self._strange()
        finally:
            response.close()
        return response, body

    def _refusal(self, response: httpx.Response, body: bytes) -> Refused | None:
        """What the answer says against it; None for an answer that grants what was asked."""
        if response.is_success:
            return None
        if response.is_redirect:
            there = response.headers.get("Location", "nowhere")
            raise ClientError(f"{self.url} sends us on to {there}. Set CONCORD_URL to where it is.")
        try:
            problem = answers.json_in(body)
            code, detail = str(problem["code"]), str(problem["detail"])
        except (ValueError, TypeError, KeyError):
            if response.status_code not in LATER:
                raise self._strange() from None
            code, detail = "", f"{self.url} answers {response.status_code}."
        if response.status_code == 401:
            detail = f"{detail} Make a token at {self.url}/account, and set CONCORD_TOKEN to it."
        return Refused(response.status_code, code, detail)

    def _read(self, body: bytes, read: Callable[[Any], Answer]) -> Answer:
        try:
            return read(answers.json_in(body))
        except ValueError:
            raise self._strange() from None

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


def _origin(url: str) -> str:
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


def _what(error: httpx.TransportError) -> str:
    match error:
        case httpx.TimeoutException():
            return "it took too long."
        case httpx.RemoteProtocolError() | httpx.ReadError() | httpx.WriteError():
            return "the connection broke."
    return f"{error}." if str(error) else f"{type(error).__name__}."
