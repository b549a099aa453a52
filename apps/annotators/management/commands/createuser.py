"""`manage.py createuser`: an account from the command line."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.annotators.actions.accounts import create_user
from concord.errors import Conflict, Invalid


class Command(BaseCommand):
    """Creates an account. The password comes by standard input, where no process list shows it."""

    help = "Create an account; the password is read from standard input."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("email")
        parser.add_argument("--password-stdin", action="store_true", required=True)
        parser.add_argument("--admin", action="store_true")
        parser.add_argument("--name", default="")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 (Django's signature)
        """Create it, or say in one line why not."""
        try:
            user = create_user(
                email=options["email"],
                name=options["name"],
                password=sys.stdin.readline().rstrip("\r\n"),
                is_admin=options["admin"],
                may_create_datasets=options["admin"],
            )
        except Conflict as error:
            raise CommandError(error.detail) from error
        except Invalid as error:
            fields = error.errors if isinstance(error.errors, dict) else {}
            reasons = [text for messages in fields.values() for text in messages]
            raise CommandError(" ".join(reasons) or error.detail) from error
        self.stdout.write(f"Created {user.email}.")
