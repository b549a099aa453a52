"""People: accounts, invitations, API tokens."""

from django.apps import AppConfig


class AnnotatorsConfig(AppConfig):
    """The app as Django knows it."""

    name = "apps.annotators"
    label = "annotators"

    def ready(self) -> None:
        """Have tries to come in written down."""
        from apps.annotators.actions.signing_in import watch  # noqa: PLC0415 - models must be loaded

        watch()
