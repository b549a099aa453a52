"""A flag is of the dataset that its task is of."""

from importlib import import_module

from django.db import migrations

composite = import_module("apps.tasks.migrations.0002_walls").composite


class Migration(migrations.Migration):
    dependencies = [("tasks", "0003_flags_and_skip_policy")]

    operations = [migrations.RunSQL(*composite("tasks_flag", "task_id", "tasks_task"))]
