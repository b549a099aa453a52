"""The secrets of webhooks."""

from __future__ import annotations

import base64
import uuid

from django.utils.crypto import salted_hmac


def secret_of(webhook_id: uuid.UUID) -> str:
    """Return the secret of a webhook: 256 bits that only this instance's key can make again.

    So it lies in no table, and whoever reads the database can sign nothing.
    """
    drawn = salted_hmac("concord.webhook", str(webhook_id), algorithm="sha256").digest()
    return "whsec_" + base64.urlsafe_b64encode(drawn).decode().rstrip("=")
