"""The doors through which this app calls a higher one: what follows from a change of settings, and
images that lie elsewhere."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from apps.annotators.models import User
from apps.datasets.models import Dataset, Image
from concord.ports import port


@port
def fit_tasks(*, dataset: Dataset, actor: User | None, reopen: bool) -> None:
    """Let the dataset's tasks follow its settings and members, after the caller's transaction.

    With `reopen` tasks that are complete and need more answers now are opened for them.
    """
    raise NotImplementedError


@port
def follow_members(*, dataset: Dataset, actor: User | None) -> None:
    """Let the dataset's tasks follow its members after the caller's transaction, where who gets
    them or how many answers they need depends on these.

    What is finished stays so: a newcomer opens it by asking for it.
    """
    raise NotImplementedError


@port
def drop_probes(*, dataset: Dataset) -> None:
    """Take back what is known already and nobody has been given yet, now that gold is off."""
    raise NotImplementedError


@port
def compare_anew(*, dataset: Dataset, labels: Collection[uuid.UUID], actor: User) -> None:
    """Have the answers with these labels compared anew, after the caller's transaction.

    The caller holds the dataset, so that nobody compares them by how labels counted before.
    """
    raise NotImplementedError


@port
def stop_imports(*, dataset: Dataset, actor: User) -> None:
    """End what is being imported into a dataset that is deleted."""
    raise NotImplementedError


@port
def fetch_rendition(*, image: Image) -> bytes:
    """Return the rendition of an image whose bytes are not kept here, from where it lies.

    It is the one that was imported, to the byte. Raises Conflict where that is not to be had any
    more, PeerFailed where its server gives nothing, Unavailable when too many are being fetched.
    """
    raise NotImplementedError
