"""What looks across: home, data browser, a task's whole page, progress."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The app as Django knows it."""

    name = "apps.desk"
    label = "desk"

    def ready(self) -> None:
        """Have people told as soon as something happened that concerns them."""
        from apps.desk.actions.telling import TELLERS  # noqa: PLC0415 - models must be loaded
        from concord.events.bell import ring_for  # noqa: PLC0415 - as above

        ring_for(TELLERS, task="desk.tell_people")
