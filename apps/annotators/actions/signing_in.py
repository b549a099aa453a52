"""Writing down who came in, who left, and who tried.

allauth and Django tell of tries by signals, of which there is no other way to hear. A try with an
address that nobody has is written down, too: so it takes as long as any other, and an admin sees
that somebody is guessing. Not the address itself, because people type passwords there, but a keyed
digest of it, which is the same for the same address.
"""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed, authenticator_used
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from apps.annotators.models import User, normalise_email
from apps.annotators.queries import find_user
from concord.events.actions import record

DIGITS = 16
"""So many of a digest tell the addresses of one day's guesses apart."""


def watch() -> None:
    """Have failed tries and used recovery codes written down."""
    user_login_failed.connect(_password_failed, dispatch_uid="concord.password_failed")
    authentication_failed.connect(_code_failed, dispatch_uid="concord.code_failed")
    authenticator_used.connect(_code_used, dispatch_uid="concord.code_used")


def came_in(*, request: HttpRequest, user: User) -> None:
    """Write down that `user` has a session now, by what, and from where."""
    by = [str(each.get("method")) for each in get_authentication_records(request, user)]
    data = {"address": _address(request), "by": by}
    record(kind="user.signed_in", actor=user, subject=user, data=data)


def left(*, request: HttpRequest, user: User) -> None:
    """Write down that `user` ended the session."""
    data = {"address": _address(request)}
    record(kind="user.signed_out", actor=user, subject=user, data=data)


def code_failed(*, request: HttpRequest, user: User) -> None:
    """Write down a wrong second factor: the password was right, but nobody knows who typed it."""
    data = {"address": _address(request), "step": "code"}
    record(kind="user.sign_in_failed", actor=None, subject=user, data=data)


def code_used(*, user: User, factor: Authenticator) -> None:
    """Write down that one of the recovery codes is used up; other factors are not."""
    if factor.type == Authenticator.Type.RECOVERY_CODES:
        factor.refresh_from_db(fields=["data"])
        data = {"left": len(factor.wrap().get_unused_codes())}
        record(kind="user.recovery_code_used", actor=user, subject=user, data=data)


def sign_on_refused(*, request: HttpRequest, email: str, code: str) -> None:
    """Write down whom single sign-on vouched for without their being let in, and why."""
    _failed(request, email, step="single_sign_on", code=code)


def _password_failed(
    *, credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any
) -> None:
    _failed(request, str(credentials.get("email", "")), step="password")


def _failed(request: HttpRequest | None, email: str, **data: str) -> None:
    """A known address and one that nobody has take the same statements."""
    address = normalise_email(email)
    user = find_user(address.replace("\0", ""))
    unknown = {} if user else {"digest": _digest_of(address)}
    data = {"address": _address(request) if request else "", **data, **unknown}
    record(kind="user.sign_in_failed", actor=None, subject=user, data=data)


def _digest_of(email: str) -> str:
    value = email.encode(errors="replace")
    return salted_hmac("concord.unknown", value, algorithm="sha256").hexdigest()[:DIGITS]


def _code_failed(*, request: HttpRequest, user: User, **_: Any) -> None:
    code_failed(request=request, user=user)


def _code_used(*, user: User, authenticator: Authenticator, **_: Any) -> None:
    code_used(user=user, factor=authenticator)


def _address(request: HttpRequest) -> str:
    return str(get_adapter().get_client_ip(request))
