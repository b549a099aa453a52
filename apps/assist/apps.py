"""Models in the loop."""

from django.apps import AppConfig


class AssistConfig(AppConfig):
    """The app as Django knows it."""

    name = "apps.assist"
    label = "assist"
