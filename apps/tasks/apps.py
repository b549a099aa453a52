"""Tasks, slots and leases, drafts, answers and revisions."""

from django.apps import AppConfig


class TasksConfig(AppConfig):
    """The app as Django knows it."""

    name = "apps.tasks"
    label = "tasks"

    def ready(self) -> None:
        """Answer the call of `apps.datasets` when its settings or members change."""
        from apps.datasets.ports import (  # noqa: PLC0415 - models must be loaded
            drop_probes,
            fit_tasks,
            follow_members,
        )
        from apps.tasks.actions.fitting import follow, order_fit  # noqa: PLC0415 - as above
        from apps.tasks.actions.gold import take_back  # noqa: PLC0415 - as above

        fit_tasks.bind(order_fit)
        follow_members.bind(follow)
        drop_probes.bind(take_back)
