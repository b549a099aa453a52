"""`manage.py first_run_link`: the door for the first admin of an instance without a demo."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.annotators.actions.invitations import open_first_run
from concord.errors import Conflict


class Command(BaseCommand):
    """Prints a link that works once, within a day, while there is no account."""

    help = "Print the one-time link that creates the first admin."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 (Django's signature)
        """Print the link alone, so that scripts can read it."""
        try:
            self.stdout.write(open_first_run())
        except Conflict as error:
            raise CommandError(error.detail) from error
