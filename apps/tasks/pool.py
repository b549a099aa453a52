"""Reads of the images of which groups are made."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Coalesce

from apps.datasets.models import Dataset, Image
from apps.tasks.domain.composing import Strategy, Trait
from apps.tasks.models import TaskImage

LOOKED_AT = 1000
"""Of how many images the keys are looked up that a strategy can go by."""


@dataclass(frozen=True, slots=True)
class Pool:
    """How many images there are to make groups of; those that are known are counted apart."""

    images: int
    new: int
    known_yes: int
    known_no: int
    keys: list[str]


def pool_of(dataset: Dataset) -> Pool:
    """Count the images of a dataset; `keys` are those of their meta."""
    counts = Image.objects.filter(dataset=dataset).aggregate(
        images=Count("id", filter=Q(known=None)),
        known_yes=Count("id", filter=Q(known=True)),
        known_no=Count("id", filter=Q(known=False)),
    )
    new = images_to_group(dataset, new_only=True).count()
    return Pool(**counts, new=new, keys=_keys(dataset))


def images_to_group(dataset: Dataset, *, new_only: bool) -> QuerySet[Image]:
    """Return the images that are asked about: all, or those that are in no group yet."""
    images = Image.objects.filter(dataset=dataset, known=None)
    grouped = TaskImage.objects.filter(image=OuterRef("pk"))
    return images.filter(~Exists(grouped)) if new_only else images


def known_images(dataset: Dataset) -> list[str]:
    """Return the ids of the images whose answer is known, in a fixed order."""
    known = Image.objects.filter(dataset=dataset, known__isnull=False).order_by("id")
    return [str(identifier) for identifier in known.values_list("id", flat=True)]


def with_traits(
    images: QuerySet[Image], *, strategy: Strategy, key: str
) -> list[tuple[str, Trait]]:
    """Return ids in a fixed order, each with what the strategy goes by under `key` of its meta."""
    rows = images.order_by("id").values_list("id", KeyTransform(key, "meta"))
    read = {"random": lambda _: None, "stratified": _stratum, "score": _score}[strategy]
    return [(str(identifier), read(value)) for identifier, value in rows.iterator()]


def pool_rows(dataset: Dataset, *, known: bool | None, everything: bool) -> QuerySet[Image]:
    """Return images for a manager to mark, each with `groups`, how many it is in."""
    # Counted for each row that is shown; as a join it would be for all images of the dataset.
    groups = TaskImage.objects.filter(image=OuterRef("pk")).order_by().values("image")
    counted = Subquery(groups.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    rows = Image.objects.filter(dataset=dataset).annotate(groups=Coalesce(counted, 0))
    return rows if everything else rows.filter(known=known)


def _stratum(value: Any) -> Trait:
    return value if value is None or isinstance(value, str) else json.dumps(value, sort_keys=True)


def _score(value: Any) -> Trait:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if number else None


def _keys(dataset: Dataset) -> list[str]:
    metas = Image.objects.filter(dataset=dataset).order_by("id").values_list("meta", flat=True)
    return sorted({key for meta in metas[:LOOKED_AT] for key in meta})
