"""People: accounts, invitations, API tokens."""

from django.apps import AppConfig


class AnnotatorsConfig(AppConfig):
    """The app as Django knows it."""

    name = "apps.annotators"
    label = "annotators"
