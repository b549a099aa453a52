"""Checking a password outside of the browser's login, under the same limits."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.utils import is_mfa_enabled
from django.core.exceptions import ValidationError
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from apps.annotators.actions.signing_in import code_failed, code_used
from apps.annotators.models import User
from concord.errors import Forbidden, RateLimited

FACTORS: dict[str, Any] = {
    Authenticator.Type.TOTP: TOTP,
    Authenticator.Type.RECOVERY_CODES: RecoveryCodes,
}


def check_login(request: Request, *, email: str, password: str, otp: str) -> User:
    """Return the person with this password and, where they set one up, second factor.

    Failures count with those of the login page. An unknown address, a wrong password and a
    deactivated account sound the same and take the same time. Raises AuthenticationFailed,
    Forbidden `mfa_required`, RateLimited.
    """
    try:
        user = get_adapter().authenticate(request._request, email=email, password=password)
        if not isinstance(user, User) or not user.is_active:
            raise _refused()
        if is_mfa_enabled(user):
            _check_second_factor(request, user, otp)
    except ValidationError as error:
        detail = "Too many failed attempts. Wait a while before the next."
        raise RateLimited("too_many_attempts", detail, retry_after=60) from error
    return user


def _check_second_factor(request: Request, user: User, otp: str) -> None:
    """Like the log-in page's second step. Raises ValidationError after too many wrong codes."""
    if not otp:
        raise Forbidden("mfa_required", "This account also needs the code of its second factor.")
    forget_attempts = check_rate_limit(user)
    factors = Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS)
    fitting = (each for each in factors if FACTORS[each.type](each).validate_code(otp))
    used = next(fitting, None)
    if used is None:
        code_failed(request=request._request, user=user)
        raise _refused()
    code_used(user=user, factor=used)
    forget_attempts()


def _refused() -> AuthenticationFailed:
    return AuthenticationFailed("E-mail and password do not fit.", code="login_failed")
