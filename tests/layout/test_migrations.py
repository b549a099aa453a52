"""Migrations are such that the version before goes on with the database of the next: they add, and
hold nobody up. Tables that nobody has filled yet may be made in any way."""

import pytest
from django.db import connection
from django_migration_linter import MigrationLinter
from django_migration_linter.sql_analyser import analyse_sql_statements, get_sql_analyser_class

OURS = [
    "annotators",
    "assist",
    "concord",
    "datasets",
    "desk",
    "exchange",
    "imports",
    "reviews",
    "tasks",
]
BEGINNINGS = ["0001_tables", "0002_walls"]

pytestmark = pytest.mark.django_db


def test_the_version_before_goes_on_with_what_a_migration_makes() -> None:
    linter = MigrationLinter(
        include_apps=OURS,
        ignore_name=BEGINNINGS,
        all_warnings_as_errors=True,
        no_cache=True,
    )
    linter.lint_all_migrations()
    assert not linter.has_errors
    assert linter.nb_ignored >= len(OURS)


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("ALTER TABLE tasks_slot ADD COLUMN mood integer NOT NULL", "NOT_NULL"),
        ("ALTER TABLE tasks_slot DROP COLUMN state", "DROP_COLUMN"),
        ("ALTER TABLE tasks_slot RENAME COLUMN state TO mood", "RENAME_COLUMN"),
        ("ALTER TABLE tasks_slot ALTER COLUMN state TYPE text", "ALTER_COLUMN"),
        ("DROP TABLE tasks_slot", "DROP_TABLE"),
        ("CREATE INDEX moods ON tasks_slot (state)", "CREATE_INDEX"),
    ],
)
def test_what_breaks_the_version_before_or_holds_it_up_is_seen(statement: str, code: str) -> None:
    analyser = get_sql_analyser_class(connection.vendor)
    errors, _, warnings = analyse_sql_statements(analyser, [statement + ";"])
    assert [issue.code for issue in (*errors, *warnings)] == [code]
