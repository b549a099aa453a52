"""The floor as a Django app: jobs, events and idempotency records."""

from django.apps import AppConfig


class FloorConfig(AppConfig):
    """Holds the tables that every app above may write to."""

    name = "concord"
    label = "concord"

    def ready(self) -> None:
        """Name the Celery app before the first job is rung, in whichever process this is."""
        from concord import celery, checks  # noqa: F401, PLC0415 - they read the settings
