"""How Concord marks the lines of a list that it wrote itself, of those that failed."""

from __future__ import annotations

MARKS = ("import_line", "import_code", "import_reason")
"""What such a list says of each line; it is no part of the line, and readers take it off again."""

ADDRESS = "import_url"
"""The column of addresses, where another one has the name that it would have."""
