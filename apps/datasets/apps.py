"""Datasets, members and roles, labels, images and their bytes."""

from django.apps import AppConfig


class DatasetsConfig(AppConfig):
    """The app as Django knows it."""

    name = "apps.datasets"
    label = "datasets"

    def ready(self) -> None:
        """Answer the calls of `apps.annotators`: who joins, is deactivated or comes back."""
        from apps.annotators import ports  # noqa: PLC0415 - models must be loaded
        from apps.datasets.actions.members import join, refit_datasets  # noqa: PLC0415 - as above
        from apps.datasets.queries import count_datasets  # noqa: PLC0415 - as above

        ports.count_datasets.bind(count_datasets)
        ports.join.bind(join)
        ports.refit_datasets.bind(refit_datasets)
