"""Rows by plain SQL, where an annotator waits: access, claim, submit.

The ORM composes a statement anew each time, which takes several times as long as to send it and to
read what comes back. Here a statement is composed once; everything else uses the ORM.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, Generic, TypeVar

import msgspec
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model
from psycopg.sql import SQL, Identifier, Placeholder
from psycopg.types.json import Jsonb

Row = TypeVar("Row", bound=Model)
Values = Sequence[Any] | Mapping[str, Any]


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


def first_row(statement: str, values: Values) -> tuple[Any, ...] | None:
    """Run a statement; return the first row that it finds, None without one."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row: tuple[Any, ...] | None = cursor.fetchone()
        return row


def all_rows(statement: str, values: Values) -> list[tuple[Any, ...]]:
    """Run a statement; return all rows that it finds."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def run(statement: str, values: Values) -> None:
    """Run a statement that returns nothing."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def insert(row: Model) -> None:
    """Write a new row. What the database fills in by itself, such as a number, stays unknown."""
    run(_insertion(type(row)), [_value(row, field, new=True) for field in _given(type(row))])


def put(row: Model, *, keep: Sequence[str] = ()) -> None:
    """Write a row over the one with the same key, if there is one; that keeps its fields `keep`."""
    statement = _replacement(type(row), tuple(keep))
    run(statement, [_value(row, field, new=True) for field in _given(type(row))])


def update(row: Model, *names: str) -> None:
    """Write these fields of a row that exists."""
    fields = tuple(row._meta.get_field(name) for name in names)
    values = [_value(row, field, new=False) for field in (*fields, row._meta.pk)]
    run(_change(type(row), fields), values)


@contextmanager
def together() -> Iterator[None]:
    """Send what this module writes inside without waiting for one statement before the next.

    Not for the ORM, which asks after each how many rows it has changed. An error comes at the
    latest with the block's end.
    """
    with connection.wrap_database_errors, connection.connection.pipeline():
        yield


def _value(row: Model, field: Any, *, new: bool) -> Any:
    value = field.get_db_prep_save(field.pre_save(row, new), connection)
    if isinstance(value, Jsonb):
        value.dumps = msgspec.json.encode  # many times as fast as what Django sets
    return value


@cache
def _given(model: type[Model]) -> list[Any]:
    """The fields whose values come with a new row."""
    fields: tuple[Any, ...] = model._meta.concrete_fields
    return [field for field in fields if not field.db_returning]


@cache
def _insertion(model: type[Model]) -> str:
    columns = [Identifier(field.column) for field in _given(model)]
    statement = SQL("INSERT INTO {} ({}) VALUES ({})").format(
        Identifier(model._meta.db_table),
        SQL(", ").join(columns),
        SQL(", ").join(Placeholder() * len(columns)),
    )
    return statement.as_string()


@cache
def _replacement(model: type[Model], keep: tuple[str, ...]) -> str:
    change = SQL("{0} = EXCLUDED.{0}")
    columns = [
        Identifier(field.column)
        for field in _given(model)
        if not field.primary_key and field.name not in keep
    ]
    statement = SQL("{} ON CONFLICT ({}) DO UPDATE SET {}").format(
        SQL(_insertion(model)),
        Identifier(model._meta.pk.column),
        SQL(", ").join(change.format(column) for column in columns),
    )
    return statement.as_string()


@cache
def _change(model: type[Model], fields: tuple[Any, ...]) -> str:
    change = SQL("{} = %s")
    statement = SQL("UPDATE {} SET {} WHERE {} = %s").format(
        Identifier(model._meta.db_table),
        SQL(", ").join(change.format(Identifier(field.column)) for field in fields),
        Identifier(model._meta.pk.column),
    )
    return statement.as_string()
