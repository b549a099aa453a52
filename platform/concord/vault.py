"""Secrets at rest: encrypted with a key derived from the instance's own.

A copy of the database alone gives nothing away; a lost SECRET_KEY loses the secrets, and they
are entered anew.
"""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

PURPOSE = b"concord connection keys"


class Unreadable(Exception):
    """The secret was sealed under another SECRET_KEY."""


def seal(secret: str) -> bytes:
    """Encrypt a secret for the database."""
    return _fernet().encrypt(secret.encode())


def unseal(sealed: bytes) -> str:
    """Decrypt a secret from the database. Raises Unreadable."""
    try:
        return _fernet().decrypt(sealed).decode()
    except InvalidToken:
        raise Unreadable from None


def _fernet() -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(
        settings.SECRET_KEY.encode()
    )
    return Fernet(base64.urlsafe_b64encode(derived))
