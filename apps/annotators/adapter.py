"""What allauth must do our way."""

from allauth.account.adapter import DefaultAccountAdapter
from django.db import transaction
from django.http import HttpRequest

from apps.annotators.models import User
from apps.annotators.ports import release_work


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Nobody signs up uninvited, and who leaves gives back what they hold."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 (allauth's signature)
        """Always false: accounts come from an admin or an invitation."""
        return False

    @transaction.atomic
    def logout(self, request: HttpRequest) -> None:
        """End the session, and let others have at once what this person was to work on."""
        if isinstance(request.user, User):
            release_work(user=request.user)
        super().logout(request)
