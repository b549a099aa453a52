"""The only door to addresses that users name: images, S3 endpoints, webhooks, model servers.

A URL is parsed once; the request is built from its parts; every hop is judged anew. Bytes come
under a cap and a total deadline, whatever the peer does.
"""

from __future__ import annotations

import functools
import re
import tempfile
import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import BinaryIO, cast

import httpcore
import httpx
from django.conf import settings

from concord.storage.addresses import AddressPolicy
from concord.storage.failures import FetchError, of_exception, of_status, refusal
from concord.storage.pinned import PinnedBackend, Resolver, deadline_in, remaining, system_lookup
from concord.storage.urls import SafeUrl

MAX_REDIRECTS = 3
PER_HOST = 12
IN_MEMORY = 1 << 20
ERROR_EXCERPT = 8192
TOKEN = re.compile(r"[\x21-\x7e]{1,4000}")
REDIRECTS = frozenset({301, 302, 303, 307, 308})
HEADERS = [
    (b"User-Agent", b"Concord"),
    (b"Accept", b"*/*"),
    # A compressed body could grow a thousandfold; images are compressed as they are.
    (b"Accept-Encoding", b"identity"),
]


@dataclass(frozen=True)
class Fetched:
    """A complete answer with status 200. `body` is at its start; it is a file of our own and
    vanishes when closed. What the headers say is hearsay."""

    body: BinaryIO
    size: int
    status: int
    final_url: str
    media_type: str
    etag: str

    def close(self) -> None:
        self.body.close()


@dataclass(frozen=True)
class Message:
    """What a request carries beside its address: a JSON `body`, by which it becomes a POST, the
    bearer `token` that opens the door there, and `more` headers of ours."""

    body: bytes | None = None
    token: str = field(default="", repr=False)
    more: Mapping[str, str] = field(default_factory=dict)

    @property
    def method(self) -> str:
        return "GET" if self.body is None else "POST"

    @property
    def headers(self) -> list[tuple[bytes, bytes]]:
        """Those that it adds. Raises FetchError `bad_token`."""
        found = []
        if self.body is not None:
            length = str(len(self.body)).encode()
            found += [(b"Content-Type", b"application/json"), (b"Content-Length", length)]
        if self.token:
            if not TOKEN.fullmatch(self.token):
                raise refusal("bad_token", "The token has characters that no header can carry.")
            found.append((b"Authorization", b"Bearer " + self.token.encode()))
        return [*found, *((name.encode(), value.encode()) for name, value in self.more.items())]


PLAIN = Message()


@dataclass(frozen=True)
class Reply:
    """What a server said to a message: any status, and the start of its body."""

    status: int
    excerpt: bytes


class Egress:
    """A pool of kept-alive connections under one address policy. Safe to share among threads."""

    def __init__(self, policy: AddressPolicy, *, resolve: Resolver = system_lookup) -> None:
        self._policy = policy
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False),
            network_backend=PinnedBackend(policy, resolve),
            max_connections=64,
            max_keepalive_connections=32,
            keepalive_expiry=15,
        )
        self._slots: dict[tuple[str, int], threading.BoundedSemaphore] = defaultdict(
            lambda: threading.BoundedSemaphore(PER_HOST)
        )
        self._slots_lock = threading.Lock()

    def fetch(
        self,
        url: str,
        *,
        deadline: float = 30.0,
        max_bytes: int = 50_000_000,
        redirects: int = MAX_REDIRECTS,
        message: Message = PLAIN,
    ) -> Fetched:
        """Ask for `url` within `deadline` seconds in all; the caller closes the result.

        What a message carries is for that address alone: with one there are no redirects.

        Raises FetchError, which says in a stable code and a sentence what went wrong and whether
        trying again could help. Queues for its turn where one host is asked for much.
        """
        here = SafeUrl.parse(url)
        if message != PLAIN:
            redirects = 0
        with deadline_in(deadline):
            for _hop in range(redirects + 1):
                result = self._hop(here, max_bytes, message)
                if isinstance(result, Fetched):
                    return result
                here = here.redirected(result)
        if redirects == 0:
            raise refusal("unexpected_redirect", "The server sends us elsewhere.")
        raise refusal("too_many_redirects", f"More than {redirects} redirects.")

    def tell(self, url: str, message: Message, *, deadline: float) -> Reply:
        """Send a message within `deadline` seconds in all, and follow no redirect.

        Whatever the server says is a reply; raises FetchError where it says nothing.
        """
        here = self.checked(url)
        with deadline_in(deadline), self._answer(here, message) as response:
            return Reply(response.status, _excerpt(response))

    def checked(self, url: str) -> SafeUrl:
        """Read a URL. Raises FetchError for one that this door would not even look up."""
        here = SafeUrl.parse(url)
        self._check_port(here)
        return here

    def close(self) -> None:
        self._pool.close()

    def _hop(self, url: SafeUrl, max_bytes: int, message: Message) -> Fetched | str:
        """One request: the result, or where the server points to."""
        self._check_port(url)
        with self._answer(url, message) as response:
            return _read(response, url, max_bytes)

    def _check_port(self, url: SafeUrl) -> None:
        if not self._policy.knows_port(url.port):
            raise refusal("forbidden_port", f"Port {url.port} is not open to requests from here.")

    @contextmanager
    def _answer(self, url: SafeUrl, message: Message) -> Iterator[httpcore.Response]:
        """The answer to one request; whatever goes wrong with it is a FetchError."""
        try:
            with self._turn(url), self._request(url, message) as response:
                yield response
        except FetchError:
            raise
        except Exception as error:
            raise of_exception(error) from error

    @contextmanager
    def _turn(self, url: SafeUrl) -> Iterator[None]:
        with self._slots_lock:
            slot = self._slots[url.host, url.port]
        if not slot.acquire(timeout=remaining()):
            raise refusal("host_busy", "Too many requests wait for this host.", retryable=True)
        try:
            yield
        finally:
            slot.release()

    @contextmanager
    def _request(self, url: SafeUrl, message: Message) -> Iterator[httpcore.Response]:
        target = httpcore.URL(
            scheme=url.scheme.encode(), host=url.host, port=url.port, target=url.target
        )
        headers = [(b"Host", url.authority), *HEADERS, *message.headers]
        extensions = {"timeout": {"pool": remaining()}}
        with self._pool.stream(
            message.method, target, headers=headers, content=message.body, extensions=extensions
        ) as response:
            yield response


@functools.cache
def egress() -> Egress:
    """This process's door, with the operator's CONCORD_FETCH_ALLOW."""
    return Egress(AddressPolicy.parse(settings.FETCH_ALLOW))


def _read(response: httpcore.Response, url: SafeUrl, max_bytes: int) -> Fetched | str:
    headers = {name.decode("latin-1").lower(): value for name, value in response.headers}

    def header(name: str) -> str:
        return headers.get(name, b"").decode("utf-8", "replace")[:4096]

    if response.status in REDIRECTS and header("location"):
        return header("location")
    if response.status != 200:
        raise of_status(response.status, header("retry-after"), _excerpt(response))
    if header("content-encoding").lower() not in {"", "identity"}:
        raise refusal("unexpected_encoding", "The server compresses although asked not to.")
    announced = header("content-length")
    if announced.isdigit() and int(announced) > max_bytes:
        raise _too_large(max_bytes)
    body, size = _spool(response, max_bytes)
    return Fetched(
        body=body,
        size=size,
        status=response.status,
        final_url=str(url),
        media_type=header("content-type").partition(";")[0].strip().lower(),
        etag=header("etag"),
    )


def _spool(response: httpcore.Response, max_bytes: int) -> tuple[BinaryIO, int]:
    body = cast(BinaryIO, tempfile.SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115 (the caller closes it)
    try:
        size = 0
        for chunk in response.iter_stream():
            size += len(chunk)
            if size > max_bytes:
                raise _too_large(max_bytes)
            body.write(chunk)
        body.seek(0)
    except BaseException:
        body.close()
        raise
    return body, size


def _excerpt(response: httpcore.Response) -> bytes:
    """The start of an error's body: S3 says there what is wrong."""
    excerpt = b""
    # The status is known already; a body that stalls or breaks off does not change it.
    with suppress(httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError):
        for chunk in response.iter_stream():
            excerpt += chunk
            if len(excerpt) >= ERROR_EXCERPT:
                break
    return excerpt[:ERROR_EXCERPT]


def _too_large(max_bytes: int) -> FetchError:
    return refusal("too_large", f"The file is larger than {max_bytes} bytes.")
