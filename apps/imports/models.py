"""Lists of images: the list, its rows, and the S3 connections they may use."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL

from apps.datasets.models import Dataset, Image
from apps.tasks.models import Task
from concord.ids import uuid7

USER = settings.AUTH_USER_MODEL


class Connection(models.Model):
    """An S3 endpoint with credentials, made by an instance admin. Keys are never read back."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=100, unique=True)
    endpoint = models.URLField(max_length=500, blank=True)
    region = models.CharField(max_length=50, blank=True)
    buckets = ArrayField(models.CharField(max_length=100), default=list)
    access_key = models.BinaryField(default=bytes)
    secret_key = models.BinaryField(default=bytes)
    session_token = models.BinaryField(default=bytes, db_default=b"")
    requester_pays = models.BooleanField(default=False, db_default=False)
    datasets: models.ManyToManyField[Dataset, DatasetConnection] = models.ManyToManyField(
        Dataset, through="DatasetConnection", related_name="connections"
    )
    created_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class DatasetConnection(models.Model):
    """That a dataset may use a connection."""

    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="+")
    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="grants")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dataset", "connection"], name="connection_grant_once")
        ]

    def __str__(self) -> str:
        return f"{self.connection_id} for {self.dataset_id}"


class ImportState(models.TextChoices):
    """Where an import stands."""

    READING = "reading"
    RUNNING = "running"
    PAUSED = "paused"
    STORAGE_FULL = "storage_full"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"
    UNDOING = "undoing"
    UNDONE = "undone"


class RowState(models.TextChoices):
    """Where a row stands; the last four are ends, and every row reaches exactly one of them."""

    QUEUED = "queued"
    FETCHING = "fetching"
    DONE = "done"
    DUPLICATE = "duplicate"
    FAILED = "failed"
    CANCELLED = "cancelled"


SET_ASIDE = "waits_for_host"
"""The code of queued rows whose host does not answer."""

ATTACHED = datetime(9999, 12, 31, tzinfo=UTC)
"""When queued rows are fetched that wait for an image which is here or comes by another row."""

COUNTS = """
SELECT coalesce(jsonb_object_agg(state, n), '{}') FROM (
    SELECT state, count(*) AS n FROM imports_importrow
    WHERE import_id = imports_import.id GROUP BY state
) counted
"""


class ImportQuerySet(models.QuerySet["Import"]):
    """Chainable reads of imports."""

    def with_counts(self) -> Self:
        """With `counts` filled in, by one grouping of the rows of each import that is read; without
        their reports."""
        return self.defer("report").annotate(states=RawSQL(COUNTS, [], models.JSONField()))  # noqa: S611 (constant)


class Import(models.Model):
    """One list, upload or set of files brought into a dataset.

    `options` are those of `actions.lists.Options`. `encoding` is what the list was said or found to
    be saved in, empty until it is known and for files. `reading` says that rows may still be added;
    the state is `reading` until the first are there, since those are fetched at once. `run` counts
    how often fetching was started: a fetch job of an earlier run ends by itself. `report` is what
    the list turned out to say (`actions.reporting`), once all of it was read.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="imports")
    created_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=300)
    state = models.CharField(max_length=12, choices=ImportState, default=ImportState.READING)
    options = models.JSONField(default=dict)
    connection = models.ForeignKey(
        Connection, null=True, on_delete=models.PROTECT, related_name="+"
    )
    list_sha256 = models.CharField(max_length=64, blank=True)
    encoding = models.CharField(max_length=20, blank=True, default="", db_default="")
    reading = models.BooleanField(default=False, db_default=False)
    report = models.JSONField(null=True)
    run = models.PositiveIntegerField(default=1)
    error = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    objects = ImportQuerySet.as_manager()
    states: dict[str, int]

    class Meta:
        constraints = [
            # The target of a composite foreign key: a row cannot be of another dataset.
            models.UniqueConstraint(fields=["id", "dataset"], name="import_of_dataset")
        ]
        indexes = [models.Index(F("dataset"), F("created_at"), name="import_by_dataset")]

    def __str__(self) -> str:
        return self.name

    def key_of(self, digest: bytes) -> bytes:
        """The `address_key` of a row of this import that names what has this digest, 16 bytes."""
        return self.pk.bytes + digest

    @property
    def counts(self) -> dict[str, int]:
        """How many rows stand where, and how many there are. Needs `with_counts`."""
        counts = {state: self.states.get(state, 0) for state in RowState.values}
        return {"total": sum(counts.values()), **counts}


class Replacement(models.Model):
    """That what an import of one row brings takes the place of an image, which is then taken down.

    With `withdraw` also if people have worked on it: whoever ordered it was told so. Without an
    image there is nothing to replace any more.
    """

    of_import = models.OneToOneField(
        Import, on_delete=models.CASCADE, primary_key=True, related_name="replacement"
    )
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="+", db_index=False)
    image = models.ForeignKey(Image, null=True, on_delete=models.SET_NULL, related_name="+")
    withdraw = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.of_import_id} in the place of {self.image_id}"


class ImportListing(models.Model):
    """How far the listing of a folder of a bucket is, which one line of a list names.

    Its objects become rows of that line, their `item` counting from 1. `after` is the last key
    that was dealt with, written with the rows that came of it, so that a listing that was broken
    off goes on exactly there. `code` and `reason` say why it ended early.
    """

    of_import = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="listings")
    line = models.PositiveIntegerField()
    url = models.TextField()
    after = models.TextField(blank=True)
    listed = models.PositiveIntegerField(default=0)
    folders = models.PositiveIntegerField(default=0)
    unmatched = models.PositiveIntegerField(default=0)
    ended = models.BooleanField(default=False)
    code = models.CharField(max_length=50, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["of_import", "line"], name="import_listing_line_once")
        ]

    def __str__(self) -> str:
        return self.url


class ImportRow(models.Model):
    """One line of a list: what it names, what became of it, and why.

    Of a line that names a folder of a bucket, each object is a row, `item` saying which.

    A row being fetched belongs to whoever knows `claimed_by`, until `claimed_until` by the
    database's clock; every later write names the claim, so a row is brought to its end once.
    `upload` is the SHA-256 of bytes that came with the request; then nothing is fetched. `host` is
    who is asked for the image, empty for uploads and where several images are named. Lines that
    name the same have the same `address_key` (`Import.key_of`); lines that name nothing have none.
    """

    id = models.BigAutoField(primary_key=True)
    # Every index costs each line of a long list, so there are only those that are asked for: an
    # import's rows are found by the composite ones, a dataset's through its imports.
    of_import = models.ForeignKey(
        Import,
        on_delete=models.CASCADE,
        related_name="rows",
        db_column="import_id",
        db_index=False,
        db_constraint=False,
    )
    # The database checks both at once: that the import is there, and of this dataset.
    dataset = models.ForeignKey(
        Dataset, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    line = models.PositiveIntegerField()
    item = models.PositiveIntegerField(default=0, db_default=0)
    url = models.TextField()
    address_key = models.BinaryField(max_length=32, null=True)
    upload = models.CharField(max_length=64, blank=True)
    host = models.CharField(max_length=300, blank=True, default="", db_default="")
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=9, choices=RowState, default=RowState.QUEUED)
    code = models.CharField(max_length=50, blank=True)
    reason = models.TextField(blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_by = models.UUIDField(null=True)
    claimed_until = models.DateTimeField(null=True)
    not_before = models.DateTimeField(null=True)
    image = models.ForeignKey(
        Image, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    task = models.ForeignKey(
        Task, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["of_import", "line", "item"], name="import_row_once"),
            models.CheckConstraint(
                condition=Q(state__in=RowState.values), name="import_row_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="fetching", claimed_by__isnull=False, claimed_until__isnull=False)
                | (~Q(state="fetching") & Q(claimed_by=None)),
                name="import_row_claim_while_fetching",
            ),
            models.CheckConstraint(
                condition=~Q(state="failed") | ~Q(code=""), name="import_row_failure_has_code"
            ),
        ]
        indexes = [
            models.Index(
                F("of_import"), F("state"), F("line"), F("item"), name="import_row_in_turn"
            ),
            models.Index(
                F("of_import"),
                F("line"),
                F("item"),
                condition=Q(state="queued", not_before=None),
                name="import_row_next",
            ),
            models.Index(
                F("of_import"),
                F("not_before"),
                condition=Q(state="queued", not_before__isnull=False),
                name="import_row_later",
            ),
            models.Index(
                F("of_import"),
                F("host"),
                condition=Q(state="queued", code=SET_ASIDE),
                name="import_row_set_aside",
            ),
            models.Index(F("host"), condition=Q(state="fetching"), name="import_row_under_way"),
            # Of one column, so that nothing else looks as cheap to the planner, who knows little of
            # an import that has just begun.
            models.Index(F("address_key"), F("line"), name="import_row_by_address"),
            models.Index(F("image"), condition=Q(image__isnull=False), name="import_row_by_image"),
            models.Index(F("task"), condition=Q(task__isnull=False), name="import_row_by_task"),
            models.Index(F("upload"), condition=~Q(upload=""), name="import_row_by_upload"),
        ]

    def __str__(self) -> str:
        return f"line {self.line}"


class FailingHost(models.Model):
    """A host whose last answers to an import were none, or only for now.

    `failures` counts them since the last real one. `since` says when they became too many: from
    then on the host is silent, and nothing is asked of it before `silent_until`.
    """

    of_import = models.ForeignKey(
        Import, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    host = models.CharField(max_length=300)
    failures = models.PositiveIntegerField()
    reason = models.TextField()
    since = models.DateTimeField(null=True)
    silent_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["of_import", "host"], name="import_failing_host_once")
        ]

    def __str__(self) -> str:
        return self.host


class GoneFile(models.Model):
    """A file that was removed from the store because no image needs it any more, and when.

    Without a time it is still to be removed. A row whose bytes were brought before that moment may
    have found the file there, so they are brought once more (`actions.landing`). Kept for a day.
    """

    sha256 = models.CharField(max_length=64, primary_key=True)
    at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.sha256[:12]
