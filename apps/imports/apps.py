"""Lists of images: rows, connections, fetching, renditions."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """The app as Django knows it."""

    name = "apps.imports"
    label = "imports"
