"""Members: invited, given another role, removed."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from apps.annotators.actions.invitations import accept_invitation, invite
from apps.annotators.models import Invitation, User, normalise_email
from apps.annotators.ports import release_work
from apps.annotators.queries import find_user, newest_invitation
from apps.datasets.models import Dataset, Membership, PendingMembership, Role
from apps.datasets.policy import Capability, allows
from apps.datasets.ports import follow_members
from concord.errors import Conflict
from concord.events.actions import record


@dataclass(frozen=True, slots=True)
class PendingMember:
    """Somebody without an account, and the link by which they get one. It is shown once."""

    email: str
    role: Role
    invite_url: str


@transaction.atomic
def add_member(
    *, dataset: Dataset, actor: User, email: str, role: Role
) -> Membership | PendingMember:
    """Make the person with this address a member, or invite them.

    Raises Conflict `already_member`.
    """
    user = find_user(email)
    if user is None:
        return _invite_member(dataset=dataset, actor=actor, email=email, role=role)
    PendingMembership.objects.filter(dataset=dataset, email=user.email).delete()
    member, made = Membership.objects.get_or_create(
        dataset=dataset, user=user, defaults={"role": role}
    )
    if not made:
        raise Conflict("already_member", f"{user.display_name} is a member already.")
    _record("added", member, actor)
    follow_members(dataset=dataset, actor=actor)
    return member


def _invite_member(*, dataset: Dataset, actor: User, email: str, role: Role) -> PendingMember:
    invitation, url = invite(email=email, actor=actor, place=dataset.name)
    address = normalise_email(email)
    PendingMembership.objects.update_or_create(
        dataset=dataset, email=address, defaults={"role": role}
    )
    record(
        kind="member.invited",
        actor=actor,
        dataset_id=dataset.id,
        subject=invitation,
        data={"role": role},
    )
    return PendingMember(email=address, role=role, invite_url=url)


@transaction.atomic
def change_member(*, member: Membership, actor: User, role: Role) -> Membership:
    """Give a member another role; raises Conflict `last_manager`.

    Who can no longer label gives back what they hold.
    """
    _keep_a_manager(member, leaving=role != Role.MANAGER)
    was = member.role
    member.role = role
    member.save(update_fields=["role"])
    if role != was:
        _record("changed", member, actor, was=was)
    if not allows(role, Capability.LABEL):
        release_work(user=member.user, dataset_id=member.dataset_id)
    follow_members(dataset=member.dataset, actor=actor)
    return member


@transaction.atomic
def remove_member(*, member: Membership, actor: User) -> None:
    """End a membership; its answers and drafts stay. Raises Conflict `last_manager`.

    What the person holds is others' at once, and nobody waits for their answers any more.
    """
    _keep_a_manager(member, leaving=True)
    _record("removed", member, actor)
    member.delete()
    release_work(user=member.user, dataset_id=member.dataset_id)
    follow_members(dataset=member.dataset, actor=actor)


@transaction.atomic
def withdraw_invitation(*, pending: PendingMembership, actor: User) -> None:
    """Take back the membership that waits for somebody; the account they were offered stays."""
    record(
        kind="member.uninvited",
        actor=actor,
        dataset_id=pending.dataset_id,
        subject=newest_invitation(pending.email),
        data={"role": pending.role},
    )
    pending.delete()


@transaction.atomic
def join(*, invitation: Invitation, name: str, password: str | None) -> User:
    """Accept an invitation and take up every membership that waits for its address."""
    user = accept_invitation(invitation=invitation, name=name, password=password)
    for pending in PendingMembership.objects.select_for_update().filter(email=user.email):
        member, _ = Membership.objects.get_or_create(
            dataset_id=pending.dataset_id, user=user, defaults={"role": pending.role}
        )
        _record("added", member, user)
        follow_members(dataset=pending.dataset, actor=user)
        pending.delete()
    return user


def refit_datasets(*, user: User) -> None:
    """Do so for every dataset of somebody who was deactivated or came back."""
    for member in Membership.objects.filter(user=user, dataset__deleted_at=None):
        follow_members(dataset=member.dataset, actor=None)


def _keep_a_manager(member: Membership, *, leaving: bool) -> None:
    """Refuse to lose the last manager. All managers are locked, so two cannot leave at once."""
    managers = Membership.objects.select_for_update().filter(
        dataset_id=member.dataset_id, role=Role.MANAGER
    )
    ids = {manager.pk for manager in managers.order_by("pk")}
    if leaving and ids == {member.pk}:
        raise Conflict("last_manager", "A dataset needs a manager: name another one first.")


def _record(what: str, member: Membership, actor: User, **more: str) -> None:
    record(
        kind=f"member.{what}",
        actor=actor,
        dataset_id=member.dataset_id,
        subject=member,
        data={"user": str(member.user_id), "role": member.role, **more},
    )
