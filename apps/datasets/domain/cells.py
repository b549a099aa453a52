"""Cells of tables that spreadsheets open."""

from __future__ import annotations

from collections.abc import Sequence

BOM = "\ufeff"
"""By this spreadsheets know that a table is UTF-8."""

# What a spreadsheet takes for a formula (OWASP, CSV Injection), full-width forms too.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\x00", "＝", "＋", "－", "＠")


def quoted(cell: str) -> str:
    """A cell that no spreadsheet runs: where one would, it begins with an apostrophe."""
    return f"'{cell}" if cell.startswith((*FORMULA_STARTS, "'")) else cell


def unquoted(cells: Sequence[str]) -> list[str]:
    """The cells as they were before they were `quoted`."""
    return [cell[1:] if cell.startswith("'") else cell for cell in cells]
