"""Names for people in files: the same person is the same within a dataset, nobody outside it."""

from __future__ import annotations

import uuid

from django.utils.crypto import salted_hmac

LENGTH = 12


def pseudonym(*, dataset_id: uuid.UUID, user_id: uuid.UUID) -> str:
    """Return the pseudonym of a person in the files of a dataset.

    It stays as long as the instance keeps its secret key, and cannot be led back to the person
    without it.
    """
    value = f"{dataset_id}:{user_id}"
    return salted_hmac("apps.exchange.pseudonym", value, algorithm="sha256").hexdigest()[:LENGTH]
