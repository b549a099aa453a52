"""Invitations: single-use links by which somebody gets an account."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from apps.annotators.actions.accounts import (
    checked_email,
    create_first_admin,
    create_user,
    set_password,
)
from apps.annotators.models import Invitation, User
from apps.annotators.queries import find_user, get_open_invitation
from apps.annotators.secrets import digest_of, invitation_secret
from concord.errors import Conflict, NotFound
from concord.events.actions import record
from concord.ids import uuid7
from concord.jobs.actions import enqueue

VALID_FOR = timedelta(days=7)
FIRST_RUN_VALID_FOR = timedelta(hours=24)


@transaction.atomic
def invite(
    *, email: str, actor: User, admin: bool = False, place: str = ""
) -> tuple[Invitation, str]:
    """Return an invitation and its link, which is not kept. Older links for the address die.

    The link goes there by mail, too, with `place`, the name of what it leads into. Raises Invalid
    for an address that is none, Conflict `email_taken` if somebody logs in with it.
    """
    address = checked_email(email)
    user = find_user(address)
    if user is not None and user.has_usable_password():
        raise Conflict("email_taken", "There is an account with this e-mail address.")
    invitation, secret = _open(email=address, admin=admin, actor=actor, valid_for=VALID_FOR)
    record(kind="invitation.sent", actor=actor, subject=invitation)
    enqueue(
        kind="annotators.invitation",
        args={"invitation": str(invitation.id), "place": place},
        created_by=actor,
    )
    return invitation, invitation_url(secret)


def invitation_url(secret: str) -> str:
    """The address that an invitation's secret makes."""
    return f"{settings.PUBLIC_URL}/invitations/{secret}"


@transaction.atomic
def send_again(*, invitation: Invitation, actor: User) -> tuple[Invitation, str]:
    """Return a fresh invitation for the same person, with its link; the older link dies."""
    return invite(email=invitation.email, actor=actor, admin=invitation.admin)


@transaction.atomic
def withdraw(*, invitation: Invitation, actor: User) -> None:
    """Let the link of an open invitation open nothing any more."""
    now = timezone.now()
    if Invitation.objects.filter(pk=invitation.pk, accepted_at=None, expires_at__gt=now).update(
        expires_at=now
    ):
        record(kind="invitation.withdrawn", actor=actor, subject=invitation)


@transaction.atomic
def create_or_invite(
    *,
    actor: User,
    email: str,
    name: str,
    password: str | None,
    is_admin: bool,
    may_create_datasets: bool,
) -> tuple[User, str | None]:
    """Return a new account and, where it has no password, the link by which its owner sets one."""
    user = create_user(
        email=email,
        name=name,
        password=password,
        is_admin=is_admin,
        may_create_datasets=may_create_datasets,
        actor=actor,
    )
    return user, None if password is not None else invite(email=user.email, actor=actor)[1]


@transaction.atomic
def accept_invitation(*, invitation: Invitation, name: str, password: str | None) -> User:
    """Use an invitation up: create its account, or give the account that waits its password.

    Raises NotFound if it was used or ran out meanwhile, Invalid for a weak password.
    """
    held = Invitation.objects.select_for_update().get(pk=invitation.pk)
    user = find_user(held.email)
    dead = held.accepted_at is not None or held.expires_at <= timezone.now()
    if dead or (user is not None and (user.has_usable_password() or not user.is_active)):
        raise NotFound
    if user is None:
        user = create_user(
            email=held.email,
            name=name,
            password=password,
            is_admin=held.admin,
            actor=held.invited_by,
        )
    else:
        user.name = name
        set_password(user=user, password=password)
        user.save()
    _use_up(held, user)
    return user


@transaction.atomic
def open_first_run() -> str:
    """Return the one-time link that makes the first admin; earlier links die.

    Raises Conflict `not_first_run` once there is an account.
    """
    if User.objects.exists():
        raise Conflict("not_first_run", "There are accounts already; use createuser.")
    _, secret = _open(email="", admin=True, actor=None, valid_for=FIRST_RUN_VALID_FOR)
    return f"{settings.PUBLIC_URL}/first-run?token={secret}"


@transaction.atomic
def accept_first_run(*, secret: str, email: str, name: str, password: str) -> User:
    """Create the first admin by the link of `open_first_run`; raises NotFound for any other."""
    invitation = get_open_invitation(secret, first_run=True)
    user = create_first_admin(email=email, name=name, password=password)
    _use_up(invitation, user)
    return user


def _open(
    *, email: str, admin: bool, actor: User | None, valid_for: timedelta
) -> tuple[Invitation, str]:
    now = timezone.now()
    Invitation.objects.filter(email=email, accepted_at=None).update(expires_at=now)
    invitation_id = uuid7()
    secret = invitation_secret(invitation_id)
    invitation = Invitation.objects.create(
        id=invitation_id,
        email=email,
        digest=digest_of(secret),
        admin=admin,
        invited_by=actor,
        expires_at=now + valid_for,
    )
    return invitation, secret


def _use_up(invitation: Invitation, user: User) -> None:
    invitation.accepted_by = user
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_by", "accepted_at"])
    record(kind="invitation.accepted", actor=user, subject=invitation)
