"""Accounts, invitations and API tokens."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

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
