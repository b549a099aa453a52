"""Why a fetch failed: a stable code, an English sentence, and whether to try again."""

from __future__ import annotations

import email.utils
import ssl
import time

import httpcore

from concord.storage.pinned import ForbiddenAddressError, LookupFailedError

LONGEST_WAIT = 3600
# The peer may mean what it says in these for now only.
RETRYABLE_STATUS = frozenset({408, 421, 423, 425, 429, 500, 502, 503, 504})
REASONS = {
    401: "The server asks for a login (401).",
    403: "The server refuses access (403).",
    404: "There is nothing at this address (404).",
    410: "The file is gone for good (410).",
    429: "The server asks us to slow down (429).",
}


class FetchError(Exception):
    """A fetch that gave no file.

    `retry_after` is what the peer asked for in seconds, capped; `excerpt` the start of its error
    page, for code that knows its language: it is never shown.
    """

    def __init__(
        self,
        code: str,
        reason: str,
        *,
        retryable: bool,
        status: int | None = None,
        retry_after: float | None = None,
        excerpt: bytes = b"",
    ) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason
        self.retryable = retryable
        self.status = status
        self.retry_after = retry_after
        self.excerpt = excerpt


def refusal(code: str, reason: str, *, retryable: bool = False) -> FetchError:
    """A failure that we decided on ourselves."""
    return FetchError(code, reason, retryable=retryable)


def of_status(status: int, retry_after: str, excerpt: bytes) -> FetchError:
    """The failure that an HTTP status other than 200 means."""
    retryable = status in RETRYABLE_STATUS
    code = "server_error" if status >= 500 else f"http_{status}"
    reason = f"The server failed ({status})." if status >= 500 else ""
    return FetchError(
        "rate_limited" if status == 429 else code,
        REASONS.get(status, reason) or f"The server answered {status} instead of a file.",
        retryable=retryable,
        status=status,
        retry_after=_seconds(retry_after) if retryable else None,
        excerpt=excerpt,
    )


def of_exception(error: Exception) -> FetchError:
    """The failure behind an exception of the network."""
    match error:
        case ForbiddenAddressError():
            reason = "The address is not on the public internet and not allowed by the operator."
            return refusal("forbidden_address", reason)
        case LookupFailedError():
            return refusal("dns_failed", "The host name does not resolve.", retryable=True)
        case httpcore.TimeoutException():
            return refusal("timed_out", "The server took too long.", retryable=True)
        case httpcore.ConnectError():
            return _of_connect(error)
        case httpcore.NetworkError() | httpcore.RemoteProtocolError():
            reason = "The connection broke, or the answer is not valid HTTP."
            return refusal("connection_broken", reason, retryable=True)
        case httpcore.LocalProtocolError() | httpcore.UnsupportedProtocol() | UnicodeError():
            return refusal("bad_url", "The URL cannot be asked for over HTTP.")
    raise error


def _of_connect(error: Exception) -> FetchError:
    """A connection that was not made: by the cause that httpcore wrapped."""
    cause = error.__cause__ or error.__context__
    if isinstance(cause, ssl.SSLCertVerificationError):
        reason = f"The server's certificate is not valid: {cause.verify_message}."
        return refusal("tls_failed", reason)
    if isinstance(cause, ssl.SSLError):
        return refusal("tls_failed", "No secure connection could be agreed on.")
    if isinstance(cause, ConnectionRefusedError):
        return refusal("connection_refused", "The server refuses connections.", retryable=True)
    return refusal("unreachable", "The server cannot be reached.", retryable=True)


def _seconds(text: str) -> float | None:
    """Retry-After as seconds from now, whichever of its two forms, at most an hour."""
    if text.isascii() and text.isdigit():
        return float(min(int(text[:10]), LONGEST_WAIT))
    try:
        moment = email.utils.parsedate_to_datetime(text).timestamp()
    except (ValueError, TypeError, OverflowError):
        return None
    return min(max(moment - time.time(), 0.0), LONGEST_WAIT)
