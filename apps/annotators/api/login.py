"""Checking a password outside of the browser's log-in."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core.internal.ratelimit import get_ip
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.utils import is_mfa_enabled
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from apps.annotators.actions.signing_in import code_failed, code_used
from apps.annotators.actions.tries import knock, let_in
from apps.annotators.api.doors import CODE
from apps.annotators.models import User
from concord.errors import Forbidden

FACTORS: dict[str, Any] = {
    Authenticator.Type.TOTP: TOTP,
    Authenticator.Type.RECOVERY_CODES: RecoveryCodes,
}


def check_login(request: Request, *, email: str, password: str, otp: str) -> User:
    """Return the person with this password and, where they set one up, second factor.

    Failures count with those of the log-in page. An unknown address, a wrong password and a
    deactivated account sound the same and take the same time. Raises AuthenticationFailed,
    Forbidden `mfa_required`, RateLimited.
    """
    user = get_adapter().authenticate(request._request, email=email, password=password)
    if not isinstance(user, User) or not user.is_active:
        raise _refused()
    if is_mfa_enabled(user):
        _check_second_factor(request, user, otp)
    return user


def _check_second_factor(request: Request, user: User, otp: str) -> None:
    """Like the log-in page's second step, at the same door."""
    if not otp:
        raise Forbidden("mfa_required", "This account also needs the code of its second factor.")
    tried = knock(door=CODE, address=get_ip(request._request), account=str(user.pk))
    factors = Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS)
    fitting = (each for each in factors if FACTORS[each.type](each).validate_code(otp))
    used = next(fitting, None)
    if used is None:
        code_failed(request=request._request, user=user)
        raise _refused()
    code_used(user=user, factor=used)
    let_in(tried=tried)


def _refused() -> AuthenticationFailed:
    return AuthenticationFailed("E-mail and password do not fit.", code="login_failed")
