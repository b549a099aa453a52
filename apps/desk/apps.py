"""What looks across: home, data browser, a task's whole page, progress."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The app as Django knows it."""

    name = "apps.desk"
    label = "desk"
