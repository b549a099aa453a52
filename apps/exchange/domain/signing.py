"""How a message proves that it is ours: an HMAC-SHA256 over its time and its body."""

from __future__ import annotations

import hashlib
import hmac


def signature(secret: str, body: bytes, *, at: int) -> str:
    """Return the value of `Concord-Signature` for a body sent at a Unix time."""
    signed = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256)
    return f"t={at},v1={signed.hexdigest()}"
