"""Accounts, invitations, API tokens and notifications."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from concord.ids import uuid7


def normalise_email(email: str) -> str:
    """Return the form of an e-mail address by which accounts are told apart."""
    return unicodedata.normalize("NFKC", email).strip().casefold()


class UserManager(BaseUserManager["User"]):
    """Finds people by the normalised address, however it was typed."""

    def get_by_natural_key(self, username: str | None) -> User:
        """Return the account of an e-mail address."""
        return self.get(email=normalise_email(username or ""))


class User(AbstractBaseUser):
    """A person. Deactivated or anonymised, never deleted: their answers stay traceable."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(unique=True, max_length=254)
    name = models.CharField(max_length=150, blank=True)
    is_active = models.BooleanField(default=True)
    is_admin = models.BooleanField(default=False)
    may_create_datasets = models.BooleanField(default=False)
    preferences = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.name or self.email

    def clean(self) -> None:
        """Normalise the address, so that one mailbox is one account."""
        self.email = normalise_email(self.email)

    @property
    def display_name(self) -> str:
        """The name that others see; the part before the @ where none was given."""
        return self.name or self.email.partition("@")[0]

    # allauth and contrib.auth ask for these; Concord has its own policy table instead of
    # Django's permissions.
    @property
    def is_staff(self) -> bool:
        """Always false: there is no Django admin site."""
        return False


class ApiToken(models.Model):
    """A named, scoped, expiring key for scripts.

    Only its digest is stored, and its first letters (`prefix`), by which people recognise it.
    """

    class Scope(models.TextChoices):
        READ = "read"
        WRITE = "write"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="api_tokens")
    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    prefix = models.CharField(max_length=20, blank=True, default="", db_default="")
    scope = models.CharField(max_length=5, choices=Scope, default=Scope.WRITE)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(scope__in=["read", "write"]), name="api_token_scope_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} of {self.user_id}"

    def has_expired(self, *, now: datetime) -> bool:
        """Whether its time has run out."""
        return self.expires_at is not None and self.expires_at <= now


class Invitation(models.Model):
    """A single-use, expiring door for one address. Only the secret's digest is stored."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(max_length=254)
    digest = models.CharField(max_length=64, unique=True)
    admin = models.BooleanField(default=False)
    invited_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="invitations_sent"
    )
    accepted_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="invitations_accepted"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.email


class Tries(models.Model):
    """How often somebody tried a gate lately, and when it opens again for the next try.

    `gate` is a digest of the door, whom they said to be, and where from. `known` is who came in.
    """

    gate = models.CharField(primary_key=True, max_length=64)
    count = models.IntegerField()
    tried_at = models.DateTimeField(db_index=True)
    open_at = models.DateTimeField()
    known = models.BooleanField()

    def __str__(self) -> str:
        return f"{self.count} tries"


class Notification(models.Model):
    """Something that happened and concerns a person: one event, told to them once.

    It holds no words: `data` are codes and numbers, names are looked up when it is read, and so is
    whether the person may still know of it. `object_id` is of what the kind tells about. Whether it
    is `on_page` and goes out `by_mail` was their wish when it happened; `mail` is the job that
    carries it.
    """

    class Kind(models.TextChoices):
        INVITED = "invited"
        SENT_BACK = "sent_back"
        MENTIONED = "mentioned"
        RESOLVED = "resolved"
        IMPORT_DONE = "import_done"
        IMPORT_STOPPED = "import_stopped"
        EXPORT_DONE = "export_done"
        WEBHOOK_STOPPED = "webhook_stopped"
        MAIL_FAILED = "mail_failed"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="notifications")
    kind = models.CharField(max_length=20, choices=Kind)
    # No foreign keys: datasets are above this app, events below, and both are looked up on reading.
    dataset_id = models.UUIDField(null=True)
    object_id = models.UUIDField(null=True)
    event_id = models.BigIntegerField()
    data = models.JSONField(default=dict)
    on_page = models.BooleanField(default=True)
    by_mail = models.BooleanField(default=False)
    created_at = models.DateTimeField(db_default=Now())
    seen_at = models.DateTimeField(null=True)
    mail = models.UUIDField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "event_id"], name="notification_once"),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "invited",
                        "sent_back",
                        "mentioned",
                        "resolved",
                        "import_done",
                        "import_stopped",
                        "export_done",
                        "webhook_stopped",
                        "mail_failed",
                    ]
                ),
                name="notification_kind_known",
            ),
        ]
        indexes = [
            models.Index(F("event_id"), name="notification_by_event"),
            models.Index(
                F("user"), F("id").desc(), condition=Q(on_page=True), name="notification_on_page"
            ),
            models.Index(
                F("user"),
                condition=Q(on_page=True, seen_at=None),
                name="notification_unseen",
            ),
            models.Index(
                F("user"),
                F("created_at"),
                condition=Q(by_mail=True, mail=None),
                name="notification_to_mail",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.user_id}"


class NotificationSettings(models.Model):
    """What somebody does not want to be told, and how often they want mail.

    `page_off` and `mail_off` are kinds of notifications. Somebody without a row is told everything.
    `daily` mails come in the morning of `time_zone`.
    """

    user = models.OneToOneField(User, primary_key=True, on_delete=models.PROTECT, related_name="+")
    page_off = ArrayField(models.CharField(max_length=20), default=list)
    mail_off = ArrayField(models.CharField(max_length=20), default=list)
    daily = models.BooleanField(default=False)
    time_zone = models.CharField(max_length=64, default="UTC")

    def __str__(self) -> str:
        return f"notifications of {self.user_id}"
