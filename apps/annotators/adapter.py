"""What allauth must do our way."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

from apps.annotators.actions.signing_in import came_in, left
from apps.annotators.models import User
from apps.annotators.ports import release_work
from concord.events.actions import record

NEWS = {
    "mfa/email/totp_activated": "user.second_factor_set",
    "mfa/email/totp_deactivated": "user.second_factor_removed",
    "mfa/email/recovery_codes_generated": "user.recovery_codes_made",
    "socialaccount/email/account_connected": "user.single_sign_on_linked",
}
"""What becomes of somebody's doors, by the letter that allauth would send of it."""

PASSWORD_LETTERS = (
    "account/email/password_changed",
    "account/email/password_set",
    "account/email/password_reset",
)
"""What those would say is written down with the password itself."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Nobody signs up uninvited, who leaves gives back what they hold, and letters are jobs."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 (allauth's signature)
        """Always false: accounts come from an admin or an invitation."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return where a request comes from: what the outermost proxy of ours says, or who is
        connected, where there is none, or where it came by fewer than there should be."""
        passed = request.headers.get("X-Forwarded-For", "").count(",") + 1
        if passed < settings.ALLAUTH_TRUSTED_PROXY_COUNT:
            return str(request.META.get("REMOTE_ADDR", ""))
        return str(super().get_client_ip(request))

    @transaction.atomic
    def login(self, request: HttpRequest, user: User) -> None:
        """Begin a session, and write down that it begins."""
        super().login(request, user)
        came_in(request=request, user=user)

    @transaction.atomic
    def logout(self, request: HttpRequest) -> None:
        """End the session, and let others have at once what this person was to work on."""
        if isinstance(request.user, User):
            release_work(user=request.user)
            left(request=request, user=request.user)
        super().logout(request)

    @transaction.atomic
    def set_password(self, user: User, password: str) -> None:
        """Keep a new password, and write down that there is one: set by somebody who is logged in,
        or by the link of a letter."""
        super().set_password(user, password)
        by_letter = context.request.user != user
        kind = "user.password_reset" if by_letter else "user.password_changed"
        record(kind=kind, actor=user, subject=user)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:  # noqa: ARG002 (allauth's signature)
        """Raise LookupError: all letters are our own."""
        raise LookupError(f"There is no letter for {template_prefix}.")

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,  # noqa: ARG002 (allauth's signature)
        email: str | None = None,  # noqa: ARG002 (allauth's signature)
    ) -> None:
        """Write down what allauth thinks worth a letter: a change of how somebody comes in."""
        if template_prefix not in PASSWORD_LETTERS:
            record(kind=NEWS[template_prefix], actor=user, subject=user)
