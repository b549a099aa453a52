"""Text in XML."""

from __future__ import annotations

import re
from typing import Any
from xml.sax.saxutils import escape

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 has no way to write."""

QUOTES = {'"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
"""What an attribute, and at line ends text as well, does not keep as it is."""


def text(value: Any) -> str:
    """The value between tags or in double quotes; what XML cannot say is shown as U+FFFD."""
    return escape(FORBIDDEN.sub("\ufffd", str(value)), QUOTES)


def element(name: str, value: Any) -> str:
    """An element that holds a value alone."""
    return f"<{name}>{text(value)}</{name}>"


def attributes(values: dict[str, Any]) -> str:
    """The attributes of a tag, each after a space."""
    return "".join(f' {name}="{text(value)}"' for name, value in values.items())


def number(value: float) -> str:
    """Whole numbers without a point: some readers take only these."""
    return str(int(value)) if value == int(value) else repr(value)
