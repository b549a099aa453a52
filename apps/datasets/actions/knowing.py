"""Marking images whose answer is known."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.db import transaction

from apps.annotators.models import User
from apps.datasets.models import Dataset, Image, Interface
from concord.errors import Invalid
from concord.events.actions import record


@transaction.atomic
def mark_known(
    *, dataset: Dataset, actor: User, images: Sequence[uuid.UUID], known: bool | None
) -> int:
    """Say of images that they are to be picked or not, or that this is not known any more.

    Returns how many there are. Raises Invalid `not_for_interface`, and `unknown_image` if one is
    not of this dataset.
    """
    check_picks(dataset)
    wanted = set(images)
    if Image.objects.filter(dataset=dataset, id__in=wanted).update(known=known) < len(wanted):
        raise Invalid("unknown_image", "One of these images is not in this dataset.")
    record(
        kind="images.known",
        actor=actor,
        dataset_id=dataset.id,
        subject=dataset,
        data={"images": [str(image) for image in sorted(wanted)], "known": known},
    )
    return len(wanted)


def check_picks(dataset: Dataset) -> None:
    """Raise Invalid `not_for_interface` where people do not pick among images."""
    if dataset.interface != Interface.IMAGE_CHOICE:
        reason = "Only where people pick among images are there groups, and images that are known."
        raise Invalid("not_for_interface", reason)
