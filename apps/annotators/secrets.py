"""Random secrets that open doors. The one who holds it sees it once; we keep only its digest."""

from __future__ import annotations

import base64
import hashlib
import secrets
import uuid

from django.utils.crypto import salted_hmac


def new_secret(prefix: str = "") -> str:
    """Return 256 random bits as text that is safe in URLs and headers."""
    return prefix + secrets.token_urlsafe(32)


def invitation_secret(invitation_id: uuid.UUID) -> str:
    """Return the secret of an invitation: 256 bits that only this instance's key can make again.

    So the letter that carries it is written by a job, and the secret lies in no table meanwhile.
    """
    drawn = salted_hmac("concord.invitation", str(invitation_id), algorithm="sha256").digest()
    return base64.urlsafe_b64encode(drawn).decode().rstrip("=")


def digest_of(secret: str) -> str:
    """Return what the database keeps. A plain hash will do: 256 random bits cannot be guessed."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
