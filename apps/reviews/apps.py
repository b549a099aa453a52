"""Merging, conflicts, decisions, final answers."""

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """The app as Django knows it."""

    name = "apps.reviews"
    label = "reviews"

    def ready(self) -> None:
        """Answer the calls of lower apps: a task is complete, or somebody gives back their work."""
        from apps.annotators.ports import count_held, release_work  # noqa: PLC0415 - models must be loaded
        from apps.datasets.ports import compare_anew  # noqa: PLC0415 - as above
        from apps.reviews.actions import leasing, relabelling, settling  # noqa: PLC0415 - as above
        from apps.tasks.ports import settle  # noqa: PLC0415 - as above

        settle.bind(settling.settle)
        compare_anew.bind(relabelling.order_relabelling)
        release_work.bind(leasing.release_work)
        count_held.bind(leasing.count_held)
