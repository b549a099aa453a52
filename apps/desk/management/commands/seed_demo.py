"""`manage.py seed_demo`: fill a first instance with the demo."""

from typing import Any

from django.core.management.base import BaseCommand

from apps.desk.demo import seed


class Command(BaseCommand):
    """Does nothing where the demo is already, so it may run at every start."""

    help = "Create the demo's people, datasets, images and answers, unless they are there."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Seed, and say how it went."""
        self.stdout.write(seed(say=self.stdout.write))
