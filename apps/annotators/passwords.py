"""A rule for passwords that Django has not."""

from django.core.exceptions import ValidationError

MAX_PASSWORD = 1024
"""Longer ones make nobody safer, and cost whoever hashes them."""


class MaximumLengthValidator:
    """Refuses passwords that are too long to be typed."""

    def validate(self, password: str, user: object = None) -> None:  # noqa: ARG002 (Django's signature)
        """Raise ValidationError for one."""
        if len(password) > MAX_PASSWORD:
            raise ValidationError(self.get_help_text(), code="password_too_long")

    def get_help_text(self) -> str:
        """What to do instead."""
        return f"A password has at most {MAX_PASSWORD} characters."
