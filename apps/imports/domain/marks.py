"""How Concord marks the lines of a list that it wrote itself, of those that failed."""

from __future__ import annotations

from collections.abc import Sequence

MARKS = ("import_line", "import_code", "import_reason")
"""What such a list says of each line; it is no part of the line, and readers take it off again."""

ADDRESS = "import_url"
"""The column of addresses, where another one has the name that it would have."""

# What a spreadsheet takes for a formula (OWASP, CSV Injection).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def quoted(cell: str) -> str:
    """A cell that no spreadsheet runs: where one would, it begins with an apostrophe."""
    return f"'{cell}" if cell.startswith((*FORMULA_STARTS, "'")) else cell


def unquoted(cells: Sequence[str]) -> list[str]:
    """The cells as they were before they were `quoted`."""
    return [cell[1:] if cell.startswith("'") else cell for cell in cells]
