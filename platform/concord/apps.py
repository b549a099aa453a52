"""The floor as a Django app: jobs, events and idempotency records."""

import atexit
import gc

from django.apps import AppConfig


class FloorConfig(AppConfig):
    """Holds the tables that every app above may write to."""

    name = "concord"
    label = "concord"

    def ready(self) -> None:
        """Name the Celery app before the first job is rung, in whichever process this is."""
        from concord import celery, checks  # noqa: F401, PLC0415 - they read the settings

        # At its end Python looks through all objects for cycles, again and again: with Django's
        # that is a second of a processor for each process. What is frozen it passes over.
        atexit.register(gc.freeze)
