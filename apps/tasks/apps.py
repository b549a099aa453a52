"""Tasks, slots and leases, drafts, answers and revisions."""

from django.apps import AppConfig


class TasksConfig(AppConfig):
    """The app as Django knows it."""

    name = "apps.tasks"
    label = "tasks"
