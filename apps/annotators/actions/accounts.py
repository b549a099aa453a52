"""Accounts: made, changed, deactivated; never deleted, because answers name their author."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, connection, transaction

from apps.annotators.actions.sessions import end_sessions
from apps.annotators.models import User, normalise_email
from apps.annotators.ports import refit_datasets, release_work
from concord.errors import Conflict, Invalid, NotFound
from concord.events.actions import record
from concord.events.changes import Changes, changes_between

FIRST_RUN_LOCK = 0x636F6E63
"""Number of the advisory lock that two first admins would meet at."""


@transaction.atomic
def create_user(
    *,
    email: str,
    name: str = "",
    password: str | None = None,
    is_admin: bool = False,
    may_create_datasets: bool = False,
    actor: User | None = None,
) -> User:
    """Create an account; without a password nobody can log in to it before an invitation.

    `actor` is None on the command line. Raises Invalid for an address or password that will not
    do, Conflict `email_taken`.
    """
    user = User(
        email=checked_email(email),
        name=name,
        is_admin=is_admin,
        may_create_datasets=may_create_datasets,
    )
    set_password(user=user, password=password)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as error:
        detail = "There is an account with this e-mail address."
        raise Conflict("email_taken", detail) from error
    record(kind="user.created", actor=actor, subject=user, data={"is_admin": is_admin})
    return user


@transaction.atomic
def create_first_admin(*, email: str, name: str, password: str) -> User:
    """Create the admin of an instance that nobody has an account on; raises NotFound later."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [FIRST_RUN_LOCK])
    if User.objects.exists():
        raise NotFound
    return create_user(
        email=email, name=name, password=password, is_admin=True, may_create_datasets=True
    )


@transaction.atomic
def change_user(*, user: User, actor: User, changes: dict[str, Any]) -> User:
    """Change name, rights or activity. Deactivation ends every session and lease at once.

    Raises Conflict `last_admin` rather than leave nobody who can administer the instance.
    """
    # Not for their keys: a claim, which is waited for here, notes whose slot it is.
    admins = User.objects.select_for_update(no_key=True).filter(is_admin=True, is_active=True)
    others = {admin.pk for admin in admins.order_by("pk")} - {user.pk}
    before = {name: getattr(user, name) for name in changes}
    was_active = user.is_active
    for name, value in changes.items():
        setattr(user, name, value)
    if not others and not (user.is_admin and user.is_active):
        raise Conflict("last_admin", "The instance needs an active admin: name another one first.")
    user.save(update_fields=[*changes])
    if not user.is_active:
        end_sessions(user=user)
        release_work(user=user)
    if user.is_active != was_active:
        refit_datasets(user=user)
    _record_change(user, actor, changes_between(before, changes))
    return user


@transaction.atomic
def change_profile(*, user: User, changes: dict[str, Any]) -> User:
    """Change what people set for themselves: name and preferences."""
    before = user.name
    for name, value in changes.items():
        setattr(user, name, value)
    user.save(update_fields=[*changes])
    _record_change(user, user, changes_between({"name": before}, {"name": user.name}))
    return user


def _record_change(user: User, actor: User, changes: Changes) -> None:
    """Write down what differs, under what matters most of it; nothing if nothing does."""
    if not changes:
        return
    kind = "user.changed"
    if "is_active" in changes:
        kind = "user.reactivated" if user.is_active else "user.deactivated"
    elif "is_admin" in changes:
        kind = "user.made_admin" if user.is_admin else "user.admin_ended"
    record(kind=kind, actor=actor, subject=user, data={"changes": changes})


def checked_email(email: str) -> str:
    """Return the address in the form that tells accounts apart; raises Invalid."""
    address = normalise_email(email)
    try:
        validate_email(address)
    except ValidationError as error:
        raise Invalid(errors={"email": error.messages}) from error
    return address


def set_password(*, user: User, password: str | None) -> None:
    """Set a password that the rules accept, or none that ever matches; raises Invalid."""
    if password is not None:
        try:
            validate_password(password, user)
        except ValidationError as error:
            raise Invalid(errors={"password": error.messages}) from error
    user.set_password(password)
