"""Who may come in when a provider that the operator trusts says whose address it is."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction

from apps.annotators.actions.accounts import checked_email, create_user
from apps.annotators.models import User, normalise_email
from apps.annotators.ports import join
from apps.annotators.queries import find_user, open_invitations
from concord.errors import Forbidden, Invalid


@transaction.atomic
def admit(*, email: str, name: str) -> User:
    """Return the account of a verified address: the one there is, the one that an invitation makes,
    or, in a domain that everybody may come from, a new one.

    Raises Forbidden `email_unverified` (no address, or none that was verified), `deactivated`,
    `no_account`.
    """
    address = _address(email)
    user = find_user(address)
    if user is not None and not user.is_active:
        raise Forbidden("deactivated", "This account was deactivated.")
    if user is None or not user.has_usable_password():
        invitation = open_invitations().filter(email=address).first()
        if invitation is not None:
            called = (user.name if user else "") or name
            return join(invitation=invitation, name=called[:150], password=None)
    if user is None:
        if address.rpartition("@")[2] not in settings.SSO_DOMAINS:
            raise Forbidden("no_account", "Nobody invited this address.")
        user = create_user(email=address, name=name[:150])
    return user


def _address(email: str) -> str:
    try:
        return checked_email(normalise_email(email))
    except Invalid as error:
        raise Forbidden("email_unverified", "The provider vouches for no address.") from error
