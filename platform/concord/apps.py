"""The floor as a Django app: jobs, events and idempotency records."""

from django.apps import AppConfig


class FloorConfig(AppConfig):
    """Holds the tables that every app above may write to."""

    name = "concord"
    label = "concord"
