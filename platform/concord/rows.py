"""Rows by plain SQL, for the few statements with which every request of an annotator begins.

The ORM composes a statement anew each time, which takes several times as long as to send it and to
read what comes back. So access, claim and submit write theirs out; everything else uses the ORM.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model

Row = TypeVar("Row", bound=Model)


class Columns(Generic[Row]):
    """All columns of a model as a SELECT names them, and the way from their values to an object."""

    def __init__(self, model: type[Row], alias: str) -> None:
        fields = model._meta.concrete_fields
        self._model = model
        self._sql = ", ".join(f'{alias}."{field.column}"' for field in fields)
        self._names = [field.attname for field in fields]
        self._readers = {
            place: field.from_db_value
            for place, field in enumerate(fields)
            if hasattr(field, "from_db_value")
        }

    def __str__(self) -> str:
        return self._sql

    def __len__(self) -> int:
        return len(self._names)

    def read(self, row: Sequence[Any], *, start: int = 0) -> Row:
        """Return the object whose values stand in `row` from `start` on."""
        values = list(row[start : start + len(self)])
        for place, reader in self._readers.items():
            values[place] = reader(values[place], None, connection)
        return self._model.from_db(DEFAULT_DB_ALIAS, self._names, values)


def select(*parts: Columns[Any] | str) -> str:
    """Return the beginning of a statement, up to its FROM."""
    return "SELECT " + ", ".join(map(str, parts))


def first_row(statement: str, values: Sequence[Any] | dict[str, Any]) -> tuple[Any, ...] | None:
    """Run a statement; return the first row that it finds, None without one."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row: tuple[Any, ...] | None = cursor.fetchone()
        return row
