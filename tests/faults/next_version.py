"""Migrates a running instance to what a next version may need, from outside, as an operator does
before the servers change over: `python -m tests.faults.next_version`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import django
from django.conf import settings
from django.core.management import call_command

from concord.services.environment import join_running_instance

APP = "next_version"
STATEMENTS = [
    "ALTER TABLE tasks_slot ADD COLUMN mood smallint NOT NULL DEFAULT 0",
    "ALTER TABLE tasks_revision ADD COLUMN mood text",
    "CREATE TABLE next_version_note (task_id uuid REFERENCES tasks_task, text text)",
    "CREATE INDEX CONCURRENTLY slot_by_mood ON tasks_slot (mood, task_id)",
]
MIGRATION = """
from django.db import migrations


class Migration(migrations.Migration):
    atomic = {atomic}
    dependencies = [{before!r}]
    operations = [migrations.RunSQL({statement!r})]
"""


def write_app(folder: Path) -> None:
    """An app with a migration for each statement."""
    migrations = folder / APP / "migrations"
    migrations.mkdir(parents=True)
    for package in (migrations.parent, migrations):
        (package / "__init__.py").touch()
    before = ("tasks", "0002_walls")
    for n, statement in enumerate(STATEMENTS):
        atomic = "CONCURRENTLY" not in statement
        text = MIGRATION.format(atomic=atomic, before=before, statement=statement)
        (migrations / f"{n:04}_step.py").write_text(text)
        before = (APP, f"{n:04}_step")


def main() -> None:
    join_running_instance()
    os.environ["DJANGO_SETTINGS_MODULE"] = "concord.settings"
    with TemporaryDirectory() as folder:
        write_app(Path(folder))
        sys.path.insert(0, folder)
        settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, APP]
        django.setup()
        call_command("migrate", interactive=False)


if __name__ == "__main__":
    main()
