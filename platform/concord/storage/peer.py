"""Questions to a server that the operator named, such as a provider of single sign-on.

That server itself may lie anywhere, inside as well: whoever runs this instance chose it. What it
names in turn is judged as an address that a user gave, and the connection goes to what was judged.
"""

from __future__ import annotations

import threading
import time
from typing import Any

import httpcore
import requests
import urllib3
from requests.adapters import HTTPAdapter

from concord.storage.addresses import AddressPolicy
from concord.storage.failures import FetchError
from concord.storage.pinned import (
    ForbiddenAddressError,
    LookupFailedError,
    deadline_in,
    system_lookup,
    vetted,
)
from concord.storage.urls import SafeUrl

SECONDS = 10.0
MAX_BYTES = 1 << 20


class PeerSession(requests.Session):
    """A session for one conversation. Follows no redirect, takes no proxy from the environment.

    Whatever goes wrong is a `requests.RequestException`.
    """

    def __init__(self, home: str, policy: AddressPolicy) -> None:
        super().__init__()
        self.trust_env = False
        for scheme in ("https://", "http://"):
            self.mount(scheme, _Judged(_origin(SafeUrl.parse(home)), policy))

    def request(self, method: str, url: str, **more: Any) -> requests.Response:  # type: ignore[override]  # its dozen parameters go through
        return super().request(method, url, **{**more, "allow_redirects": False})


class _Judged(HTTPAdapter):
    """Connects to the home, and for any other host to an address that was looked up and judged."""

    def __init__(self, home: tuple[str, str, int], policy: AddressPolicy) -> None:
        super().__init__()
        self._home = home
        self._policy = policy

    def send(self, request: requests.PreparedRequest, **more: Any) -> requests.Response:  # type: ignore[override]  # as above
        more |= {"timeout": SECONDS, "stream": True}
        response = super().send(request, **more)
        response._content = _body(response)
        return response

    def build_connection_pool_key_attributes(
        self, request: requests.PreparedRequest, verify: Any, cert: Any = None
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        where, how = super().build_connection_pool_key_attributes(request, verify, cert)
        url = _parsed(request.url or "")
        if _origin(url) == self._home:
            return where, how
        if self._home[0] == "https" and url.scheme == "http":
            raise requests.ConnectionError(f"{url.host} would be asked without encryption.")
        request.headers["Host"] = url.authority.decode("ascii")
        where["host"] = self._judged(url)
        if url.scheme == "https":
            how |= {"assert_hostname": url.host, "server_hostname": url.host}
        return where, how

    def _judged(self, url: SafeUrl) -> str:
        try:
            with deadline_in(SECONDS):
                return str(vetted(self._policy, system_lookup, url.host, url.port)[0])
        except (ForbiddenAddressError, LookupFailedError, httpcore.TimeoutException) as error:
            raise requests.ConnectionError(f"{url.host} may not be reached.") from error


def _body(response: requests.Response) -> bytes:
    """Read it whole, within the time for all of it: whoever sends a byte now and then keeps no one
    waiting. Raises requests.RequestException."""
    until = time.monotonic() + SECONDS
    watch = threading.Timer(SECONDS, response.raw.shutdown)
    watch.daemon = True
    watch.start()
    try:
        body: bytes = response.raw.read(MAX_BYTES + 1, decode_content=True)
    except urllib3.exceptions.HTTPError as error:
        raise requests.ConnectionError(f"The answer broke off: {error}") from error
    finally:
        watch.cancel()
        response.close()
    if time.monotonic() >= until:
        # What has no length would look as if it had ended there.
        raise requests.ReadTimeout("The answer took too long.")
    if len(body) > MAX_BYTES:
        raise requests.exceptions.ContentDecodingError("The answer is too large.")
    return body


def _parsed(text: str) -> SafeUrl:
    try:
        return SafeUrl.parse(text)
    except FetchError as error:
        raise requests.exceptions.InvalidURL(str(error)) from error


def _origin(url: SafeUrl) -> tuple[str, str, int]:
    return url.scheme, url.host.lower(), url.port
