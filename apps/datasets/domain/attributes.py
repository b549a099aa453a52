"""What is asked of every shape of a label beside where it is, and what may be said to it.

A shape says values by the names of its label's attributes; one that says nothing is not named.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

AttributeKind = Literal["checkbox", "select", "number", "text"]

LONGEST_VALUE = 500
"""Characters of a text, and of an option."""

LARGEST_VALUE = 1e15
"""Up to here a float tells whole numbers apart."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """One question about a shape; only a select has `options`.

    `default` is what a new shape says; None where it says nothing.
    """

    name: str
    kind: AttributeKind
    options: tuple[str, ...] = ()
    default: bool | float | str | None = None
    required: bool = False

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> Attribute:
        """Read an attribute as its label's row keeps it."""
        return cls(**{**raw, "options": tuple(raw.get("options", ()))})


def takes(attribute: Attribute, value: Any) -> bool:
    """Whether `value` is one that the attribute may have."""
    return _TAKES[attribute.kind](attribute, value)


def fault_of(attributes: Sequence[Attribute], said: Mapping[str, Any]) -> str | None:
    """Return what is wrong with what a shape says, as the end of a sentence about it; or None.

    Only the first fault is told. A label without attributes lets scripts say what they like.
    """
    if not attributes:
        return None
    known = {attribute.name for attribute in attributes}
    if unknown := next((name for name in said if name not in known), None):
        return f"has no attribute {unknown}."
    return next(filter(None, (_fault(each, said.get(each.name)) for each in attributes)), None)


def _fault(attribute: Attribute, value: Any) -> str | None:
    if value is None or value == "":
        return f"needs a value for {attribute.name}." if attribute.required else None
    if takes(attribute, value):
        return None
    wanted = _WANTED[attribute.kind].format(options=", ".join(attribute.options))
    return f"needs {wanted} for {attribute.name}."


def _is_flag(_: Attribute, value: Any) -> bool:
    return isinstance(value, bool)


def _is_option(attribute: Attribute, value: Any) -> bool:
    return isinstance(value, str) and value in attribute.options


def _is_number(_: Attribute, value: Any) -> bool:
    # NaN is not smaller than anything.
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and abs(value) <= LARGEST_VALUE


def _is_text(_: Attribute, value: Any) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST_VALUE


_TAKES: Mapping[AttributeKind, Callable[[Attribute, Any], bool]] = {
    "checkbox": _is_flag,
    "select": _is_option,
    "number": _is_number,
    "text": _is_text,
}
_WANTED: Mapping[AttributeKind, str] = {
    "checkbox": "yes or no",
    "select": "one of {options}",
    "number": "a number",
    "text": f"a text of at most {LONGEST_VALUE} characters",
}
