"""Which column of a table holds the address, and what the others are called."""

from __future__ import annotations

from dataclasses import dataclass

from apps.imports.domain.addresses import POSSIBLE_NAMES, USUAL_NAMES, looks_like_address
from apps.imports.domain.marks import ADDRESS
from apps.imports.domain.rows import ListRefused

MAX_COLUMNS = 10_000
SHOWN = 10
Cells = list[str]


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns are called and which of them holds the address.

    `named` says whether the table's first record was their names; without such names they are
    called column_1, column_2 and so on.
    """

    names: tuple[str, ...]
    url: int
    named: bool

    def name(self, column: int) -> str:
        return self.names[column] if column < len(self.names) else f"column_{column + 1}"


def find_columns(first: Cells, second: Cells, url_field: str) -> Columns:
    """The columns of a table that begins with these records.

    A first record with an address in it is no line of names. The address is in the column called
    `url_field`; else in that of a list which we wrote; else in one with a usual name, preferring
    what holds one in the second record; else where the second record has one. Raises ListRefused,
    with the columns' names.
    """
    if len(first) > MAX_COLUMNS:
        raise ListRefused("too_many_columns", f"The table has more than {MAX_COLUMNS} columns.")
    named = not any(looks_like_address(cell) for cell in first)
    names = _unique(first) if named else tuple(f"column_{n}" for n in range(1, len(first) + 1))
    if url_field:
        return Columns(names, _chosen(names, url_field), named)
    found = _by_name(names, second) if named else _first_address(first)
    if found is None:
        reason = f"No column is called url or image. There are: {_shown(names)}."
        raise ListRefused("no_url_column", reason, columns=names)
    return Columns(names, found, named)


def _by_name(names: tuple[str, ...], second: Cells) -> int | None:
    if ADDRESS in names:
        return names.index(ADDRESS)
    lowered = [name.lower() for name in names]
    usual = [lowered.index(name) for name in USUAL_NAMES if name in lowered]
    possible = [lowered.index(name) for name in POSSIBLE_NAMES if name in lowered]
    filled = [column for column, cell in enumerate(second) if looks_like_address(cell)]
    best = [column for column in usual if column in filled]
    good = [column for column in possible if column in filled]
    return next(iter([*best, *usual, *good, *filled, *possible]), None)


def _first_address(cells: Cells) -> int | None:
    return next((column for column, cell in enumerate(cells) if looks_like_address(cell)), None)


def _chosen(names: tuple[str, ...], url_field: str) -> int:
    if url_field not in names:
        reason = f"No column is called {url_field}. There are: {_shown(names)}."
        raise ListRefused("no_such_column", reason, columns=names)
    return names.index(url_field)


def _shown(names: tuple[str, ...]) -> str:
    return ", ".join(names[:SHOWN])


def _unique(cells: Cells) -> tuple[str, ...]:
    """Column names, none of them empty, none of them twice."""
    names: dict[str, None] = {}
    for column, cell in enumerate(cells, start=1):
        name = cell.strip() or f"column_{column}"
        while name in names:
            name = f"{name}_{column}"
        names[name] = None
    return tuple(names)
