"""Numbers that other tools write as text."""

from __future__ import annotations

import math

from apps.imports.domain.rows import RowError

LONGEST = 40


def number_in(text: str | None) -> float:
    """Return the finite number that a text says. Raises RowError `bad_box`."""
    try:
        number = float(text) if text is not None and len(text) <= LONGEST else math.nan
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise RowError("bad_box", f"{(text or '')[:LONGEST]!r} is not a coordinate.")
    return number


def whole_in(text: str | None) -> int | None:
    """Return the whole number that a text says, if it says one."""
    plain = (text or "").strip()
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) <= 9 else None
