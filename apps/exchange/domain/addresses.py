"""Where an image came from, as others may read it."""

from __future__ import annotations

from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

SECRETS = frozenset(
    {
        "access_token",
        "apikey",
        "api_key",
        "auth",
        "awsaccesskeyid",
        "expires",
        "googleaccessid",
        "key",
        "key-pair-id",
        "password",
        "policy",
        "sig",
        "signature",
        "token",
    }
)
SIGNING = ("x-amz-", "x-goog-")


def without_secrets(address: str) -> str:
    """The address without user, password and the parameters that sign it.

    An address with nothing to hide is returned letter by letter.
    """
    if "?" not in address and "@" not in address:
        return address
    parts = urlsplit(address)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if not _is_secret(name)]
    _user, at, host = parts.netloc.rpartition("@")
    if len(kept) == len(pairs) and not at:
        return address
    query = urlencode(kept, quote_via=quote)
    return urlunsplit((parts.scheme, host, parts.path, query, parts.fragment))


def _is_secret(name: str) -> bool:
    lower = name.lower()
    return lower in SECRETS or lower.startswith(SIGNING)
