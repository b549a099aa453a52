"""URLs that users write, read once and for all."""

from __future__ import annotations

import re
from dataclasses import dataclass

import httpx

from concord.storage.failures import FetchError, refusal

MAX_LENGTH = 4096
# Browsers read a backslash as a slash and drop tabs and newlines; other parsers do not. What two
# parsers would read differently is not read at all.
AMBIGUOUS = re.compile(r"[\x00-\x1f\x7f\\]")
HOST = re.compile(r"[A-Za-z0-9._-]{1,253}|[0-9A-Fa-f:.]{2,45}")
DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class SafeUrl:
    """The parts from which a request is built; nobody parses the text again."""

    parsed: httpx.URL

    @classmethod
    def parse(cls, text: str) -> SafeUrl:
        """Raises FetchError `bad_url`, `unsupported_scheme` or `credentials_in_url`."""
        if len(text) > MAX_LENGTH or AMBIGUOUS.search(text):
            raise _bad("too long, or with a control character or backslash")
        try:
            parsed = httpx.URL(text)
        except (httpx.InvalidURL, ValueError) as error:
            raise _bad("not readable as a URL") from error
        return cls._checked(parsed)

    @classmethod
    def _checked(cls, parsed: httpx.URL) -> SafeUrl:
        if parsed.scheme not in DEFAULT_PORTS:
            raise refusal("unsupported_scheme", "Only http:// and https:// are fetched.")
        if parsed.userinfo:
            raise refusal("credentials_in_url", "A URL must not carry a user name or password.")
        if not HOST.fullmatch(parsed.raw_host.decode("ascii")):
            raise _bad("without a proper host")
        # Sockets would take the rest of a division by 65,536.
        if parsed.port is not None and not 1 <= parsed.port <= 65535:
            raise _bad("with a port that does not exist")
        return cls(parsed)

    def redirected(self, location: str) -> SafeUrl:
        """Where a Location header leads from here, under the same rules."""
        if len(location) >= MAX_LENGTH or AMBIGUOUS.search(location):
            raise _bad("in the redirect is too long or has a control character")
        try:
            target = self._checked(self.parsed.join(location))
        except (httpx.InvalidURL, ValueError) as error:
            raise _bad("in the redirect is not readable") from error
        if self.scheme == "https" and target.scheme == "http":
            raise refusal("insecure_redirect", "The server redirects from https to http.")
        return target

    @property
    def scheme(self) -> str:
        return self.parsed.scheme

    @property
    def host(self) -> str:
        return self.parsed.raw_host.decode("ascii")

    @property
    def port(self) -> int:
        return DEFAULT_PORTS[self.scheme] if self.parsed.port is None else self.parsed.port

    @property
    def authority(self) -> bytes:
        return self.parsed.netloc

    @property
    def target(self) -> bytes:
        return self.parsed.raw_path

    def __str__(self) -> str:
        return str(self.parsed.copy_with(fragment=None))


def _bad(why: str) -> FetchError:
    return refusal("bad_url", f"The URL is {why}.")
