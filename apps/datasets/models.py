"""Datasets, their members, labels, images and the bytes behind the images."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import HashIndex
from django.db import models
from django.db.models import F, Q

from concord.ids import uuid7

if TYPE_CHECKING:
    from apps.annotators.models import User


class Interface(models.TextChoices):
    """What annotators are asked to do."""

    IMAGE_MANUAL = "image_manual"
    CLASSIFICATION = "classification"
    CHOICE = "choice"
    IMAGE_CHOICE = "image_choice"
    IMAGE = "image"


class Role(models.TextChoices):
    """What a member may do; each includes those below it (the table is in policy.py)."""

    MANAGER = "manager"
    REVIEWER = "reviewer"
    ANNOTATOR = "annotator"
    VIEWER = "viewer"


class DatasetQuerySet(models.QuerySet["Dataset"]):
    """Chainable reads of datasets."""

    def alive(self) -> Self:
        """Without the deleted ones."""
        return self.filter(deleted_at=None)

    def visible_to(self, user: User) -> Self:
        """Those that `user` may know of: their own, all of them for an instance admin."""
        alive = self.alive()
        return alive if user.is_admin else alive.filter(memberships__user=user)

    def restorable_by(self, user: User) -> Self:
        """The deleted ones that `user` may bring back: their own deeds, all for an admin."""
        deleted = self.exclude(deleted_at=None)
        return deleted if user.is_admin else deleted.filter(deleted_by=user)


class Dataset(models.Model):
    """Images, one question about them, its members and its answers."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=150)
    description = models.TextField(blank=True)
    interface = models.CharField(max_length=20, choices=Interface)
    config = models.JSONField(default=dict)
    config_version = models.PositiveIntegerField(default=1)
    time_zone = models.CharField(max_length=64, default="UTC")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    archived_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = DatasetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(interface__in=Interface.values), name="dataset_interface_known"
            )
        ]

    def __str__(self) -> str:
        return self.slug


class ConfigVersion(models.Model):
    """What a dataset asked for at one time; tasks and revisions name the version they saw."""

    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="config_versions")
    version = models.PositiveIntegerField()
    config = models.JSONField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dataset", "version"], name="config_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.dataset_id} v{self.version}"


class Membership(models.Model):
    """A person's role in a dataset."""

    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(max_length=10, choices=Role)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dataset", "user"], name="membership_once"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} is {self.role} of {self.dataset_id}"


class PendingMembership(models.Model):
    """The role that waits for somebody who was invited by e-mail and has no account yet."""

    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="+")
    email = models.EmailField(max_length=254)
    role = models.CharField(max_length=10, choices=Role)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dataset", "email"], name="pending_membership_once")
        ]

    def __str__(self) -> str:
        return f"{self.email} as {self.role}"


class LabelQuerySet(models.QuerySet["Label"]):
    """Labels of a dataset."""

    def in_use(self) -> Self:
        """Those that new shapes can get."""
        return self.filter(retired_at=None, merged_into=None)


class Label(models.Model):
    """A class of objects. Never deleted once used: retired, or merged into another."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="labels")
    name = models.CharField(max_length=100)
    colour = models.CharField(max_length=7)
    key = models.CharField(max_length=1, blank=True)
    shapes = ArrayField(models.CharField(max_length=10), default=list)
    attributes = models.JSONField(default=list)
    position = models.PositiveIntegerField()
    retired_at = models.DateTimeField(null=True)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

    objects = LabelQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["dataset", "name"], name="label_name_once"),
            models.CheckConstraint(
                condition=Q(colour__regex=r"^#[0-9a-f]{6}$"), name="label_colour_is_hex"
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")),
                name="label_not_merged_into_itself",
            ),
        ]
        indexes = [
            # Whoever settles a task asks for them, and mostly there are none.
            models.Index(F("dataset"), condition=~Q(merged_into=None), name="label_merged"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_in_use(self) -> bool:
        """Whether new shapes can get it."""
        return self.retired_at is None and self.merged_into_id is None


class Blob(models.Model):
    """Bytes as they arrived and the rendition made of them. Never addressed from outside.

    `width` and `height` are pixels of the upright rendition, which is what annotators see and
    what coordinates refer to. The level is a large rendition in fewer pixels, for display only;
    without one `level_sha256` is empty. Where the bytes are not `kept` there are only the digests
    and the thumbnail, and no level: each look fetches the image from where it lies.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    media_type = models.CharField(max_length=50)
    size = models.BigIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    exif_orientation = models.PositiveSmallIntegerField(default=1)
    rendition_sha256 = models.CharField(max_length=64)
    rendition_media_type = models.CharField(max_length=50)
    rendition_size = models.BigIntegerField()
    level_sha256 = models.CharField(max_length=64, blank=True, default="")
    level_media_type = models.CharField(max_length=50, blank=True, default="")
    thumbnail_sha256 = models.CharField(max_length=64)
    kept = models.BooleanField(default=True, db_default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(width__gte=1, height__gte=1, size__gte=1), name="blob_has_extent"
            ),
            models.CheckConstraint(
                condition=Q(kept=True) | Q(level_sha256=""), name="blob_level_only_if_kept"
            ),
        ]

    def __str__(self) -> str:
        return self.sha256[:12]


class ImageManager(models.Manager["Image"]):
    """Images that came from somewhere and may be seen, without the copies that gold is shown as."""

    def get_queryset(self) -> models.QuerySet[Image]:
        """Leave out the copies, and what was taken down."""
        return super().get_queryset().filter(probe=False, taken_down_at=None)


class Image(models.Model):
    """An image of a dataset: where it came from and which bytes it is.

    One per dataset and blob, unless the dataset keeps both of two equal ones (`copy` > 0). `known`
    says, where people pick among images, whether this one is to be picked, if a manager knows that;
    annotators are measured by it and never learn of it. A `probe` is a copy under which gold is
    shown once more (`apps.tasks.models.Probe`). One that was `taken_down` is shown to nobody any
    more; its row stays for the answers about it. Only `everything` has those two.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="images")
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="images")
    copy = models.PositiveIntegerField(default=0)
    name = models.CharField(max_length=500)
    source_url = models.TextField(blank=True)
    meta = models.JSONField(default=dict)
    known = models.BooleanField(null=True)
    probe = models.BooleanField(default=False)
    taken_down_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ImageManager()
    everything: models.Manager[Image] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dataset", "blob", "copy"], condition=Q(probe=False), name="image_once"
            ),
            # The target of composite foreign keys: a row below cannot mix two datasets.
            models.UniqueConstraint(fields=["id", "dataset"], name="image_of_dataset"),
        ]
        indexes = [
            models.Index(F("dataset"), F("id"), name="image_by_dataset"),
            models.Index(
                F("dataset"), F("id"), condition=Q(known__isnull=False), name="image_known"
            ),
            # A hash: an address may be longer than a B-tree takes.
            HashIndex(
                fields=["source_url"], condition=~Q(source_url=""), name="image_by_source_url"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Guideline(models.Model):
    """One version of what annotators are told, in Markdown. A trigger refuses changes."""

    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="guidelines")
    version = models.PositiveIntegerField()
    text = models.TextField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dataset", "version"], name="guideline_version_once")
        ]

    def __str__(self) -> str:
        return f"guideline {self.version} of {self.dataset_id}"


class GuidelineReading(models.Model):
    """Somebody had this version of a guideline before them."""

    guideline = models.ForeignKey(Guideline, on_delete=models.CASCADE, related_name="readings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["guideline", "user"], name="guideline_reading_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} has read {self.guideline_id}"
