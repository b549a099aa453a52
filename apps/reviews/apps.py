"""Merging, conflicts, decisions, final answers."""

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """The app as Django knows it."""

    name = "apps.reviews"
    label = "reviews"

    def ready(self) -> None:
        """Answer the call of `apps.tasks` when a task is complete."""
        from apps.reviews.actions.settling import settle  # noqa: PLC0415 - models must be loaded
        from apps.tasks.ports import bind_settle  # noqa: PLC0415 - as above

        bind_settle(settle)
