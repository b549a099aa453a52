"""Reads of datasets and their members."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from apps.annotators.models import Invitation, User
from apps.datasets.domain.label_merging import ends_of
from apps.datasets.models import (
    Dataset,
    Guideline,
    GuidelineReading,
    Label,
    Membership,
    PendingMembership,
    Role,
)
from apps.datasets.policy import Capability, allows
from concord.errors import Invalid
from concord.rows import all_rows, first_row

# Each blob once, however many of the dataset's images have it.
STORED = """
SELECT (SELECT count(*) FROM datasets_image
         WHERE dataset_id = %(dataset)s AND NOT probe AND taken_down_at IS NULL),
       (SELECT count(*) FROM datasets_image i JOIN datasets_blob b ON b.id = i.blob_id
         WHERE i.dataset_id = %(dataset)s AND NOT probe AND taken_down_at IS NULL AND NOT b.kept),
       coalesce(sum(size), 0), coalesce(sum(made), 0), coalesce(sum(size + made) FILTER (
           WHERE EXISTS (SELECT FROM datasets_image o
                          WHERE o.blob_id = blobs.id AND o.dataset_id <> %(dataset)s)), 0)
  FROM (SELECT id, size,
               CASE WHEN rendition_sha256 = sha256 THEN 0 ELSE rendition_size END AS made
          FROM datasets_blob
         WHERE id IN (SELECT blob_id FROM datasets_image WHERE dataset_id = %(dataset)s
                                             AND taken_down_at IS NULL)
           AND kept) blobs
"""

MERGED = """
SELECT id, merged_into_id FROM datasets_label
 WHERE dataset_id = %s AND merged_into_id IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class Stored:
    """How many bytes the images of a dataset take: those that came, and the renditions made of
    them, where these are files of their own. `elsewhere` counts the images whose bytes are not kept
    here. `shared` is the part of both that other datasets
    have as well, and that is stored once for all of them. Levels and thumbnails are not counted.
    """

    images: int
    elsewhere: int
    originals: int
    renditions: int
    shared: int


def stored_of(dataset: Dataset) -> Stored:
    """Return what the images of a dataset take on the disk."""
    row = first_row(STORED, {"dataset": dataset.pk})
    assert row is not None
    return Stored(*map(int, row))


def label_named(name: str, *, dataset: Dataset) -> Label:
    """Return a dataset's label by its name, in use or not; raises Invalid `unknown_label`."""
    label = dataset.labels.filter(name=name).first()
    if label is None:
        raise Invalid("unknown_label", f"There is no label {name!r} here.")
    return label


def merged_labels(dataset_id: uuid.UUID) -> dict[str, str]:
    """Map the ids of the labels that were merged to those of the labels that they count as now.

    Answers keep what was said; whoever compares labels goes by this.
    """
    rows = all_rows(MERGED, [dataset_id])
    return ends_of({str(label): str(into) for label, into in rows})


def annotators_of(dataset: Dataset) -> frozenset[uuid.UUID]:
    """Return who labels as their work: reviewers, managers and the deactivated are left out."""
    rows = dataset.memberships.filter(role=Role.ANNOTATOR, user__is_active=True)
    return frozenset(rows.values_list("user_id", flat=True))


def labellers_of(dataset: Dataset) -> dict[str, uuid.UUID]:
    """Return everybody who may label in a dataset, by e-mail address."""
    roles = [role for role in Role if allows(role, Capability.LABEL)]
    members = dataset.memberships.filter(role__in=roles).values("user_id")
    people = User.objects.filter(Q(pk__in=members) | Q(is_admin=True), is_active=True)
    return dict(people.values_list("email", "id"))


def datasets_of(user: User) -> QuerySet[Dataset]:
    """Return what `user` may see, each with its labels."""
    return Dataset.objects.visible_to(user).prefetch_related("labels")


def memberships_of(user: User) -> QuerySet[Membership]:
    """Return the memberships of `user` in datasets that are not deleted."""
    alive = Membership.objects.filter(user=user, dataset__deleted_at=None)
    return alive.select_related("dataset").order_by("dataset__name", "id")


def roles_of(user: User) -> dict[uuid.UUID, Role]:
    """Return the role of `user` by dataset id, for every dataset that they may see."""
    if user.is_admin:
        return dict.fromkeys(Dataset.objects.alive().values_list("id", flat=True), Role.MANAGER)
    rows = Membership.objects.filter(user=user, dataset__deleted_at=None)
    return {dataset: Role(role) for dataset, role in rows.values_list("dataset_id", "role")}


def members_of(dataset: Dataset) -> QuerySet[Membership]:
    """Return the members of a dataset with their accounts."""
    return dataset.memberships.select_related("user")


def pending_members_of(dataset: Dataset) -> QuerySet[PendingMembership]:
    """Return who was invited and has no account yet."""
    return PendingMembership.objects.filter(dataset=dataset).order_by("email")


def names_of_waiting_datasets(invitation: Invitation) -> list[str]:
    """Return the names of the datasets that somebody joins by accepting an invitation."""
    waiting = PendingMembership.objects.filter(
        email=invitation.email, dataset__deleted_at=None
    ).order_by("dataset__name")
    return list(waiting.values_list("dataset__name", flat=True))


def guidelines_of(dataset: Dataset, *, reader: User) -> QuerySet[Guideline]:
    """Return the versions with their authors, and whether `reader` `has_read` each."""
    readings = GuidelineReading.objects.filter(guideline=OuterRef("pk"), user=reader)
    versions = Guideline.objects.filter(dataset=dataset).select_related("created_by")
    return versions.annotate(has_read=Exists(readings))


def count_datasets(*, people: QuerySet[User]) -> QuerySet[User]:
    """Tell each as `datasets` in how many of those that are there they have a role."""
    own = Membership.objects.filter(user=OuterRef("pk"), dataset__deleted_at=None).order_by()
    counted = own.values("user").annotate(count=Count("pk")).values("count")
    return people.annotate(datasets=Coalesce(Subquery(counted), 0))
