"""The values that settings are made of, each read with a sentence for whoever wrote it wrongly."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from apps.datasets.domain.blocks import Option

MOST_OPTIONS = 1000
LONGEST_TEXT = 500
DIGIT_KEYS = "1234567890"


class RuleError(ValueError):
    """Why one field is refused, in a sentence for the person who wrote it.

    `at` is the key at fault within a field that has several.
    """

    def __init__(self, detail: str, *, at: str = "") -> None:
        super().__init__(detail)
        self.at = at


def read_text(value: Any) -> str:
    """A text of reasonable length, without the space around it."""
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise RuleError(f"This must be text of at most {LONGEST_TEXT} characters.")
    return value.strip()


def read_flag(value: Any) -> bool:
    """True or false, and nothing that only looks like it."""
    if not isinstance(value, bool):
        raise RuleError("This must be true or false.")
    return value


def read_options(value: Any) -> tuple[Option, ...]:
    """Options with ids of their own; without a key of its own one takes the next free digit."""
    if not isinstance(value, list) or len(value) > MOST_OPTIONS:
        raise RuleError(f"This must be a list of at most {MOST_OPTIONS} options.")
    asked_for = [item.get("key") for item in value if isinstance(item, dict)]
    keys = [digit for digit in DIGIT_KEYS if digit not in asked_for]
    options = tuple(_option(item, keys) for item in value)
    # 1 and "1" are equal to nobody but a careless comparison.
    if len({(type(option.id), option.id) for option in options}) < len(options):
        raise RuleError("Every option needs an id of its own.")
    used = [option.key for option in options if option.key]
    if len(set(used)) < len(used):
        raise RuleError("Every key can pick one option only.")
    return options


def _option(value: Any, keys: list[str]) -> Option:
    """One option; without a key of its own it takes the first of `keys`."""
    if not isinstance(value, dict) or not {"id", "text"} <= value.keys() <= {"id", "text", "key"}:
        raise RuleError('An option is {"id", "text"} and at most a "key".')
    identifier, text = value["id"], value["text"]
    if isinstance(identifier, bool) or not isinstance(identifier, int | str) or identifier == "":
        raise RuleError("The id of an option is a whole number or text.")
    if isinstance(identifier, str) and len(identifier) > LONGEST_TEXT:
        raise RuleError(f"The id of an option has at most {LONGEST_TEXT} characters.")
    if not isinstance(text, str) or not text.strip() or len(text) > LONGEST_TEXT:
        raise RuleError(f"An option needs a text of at most {LONGEST_TEXT} characters.")
    key = value["key"] if "key" in value else (keys.pop(0) if keys else "")
    if key != "" and (not isinstance(key, str) or len(key) > 1 or key not in DIGIT_KEYS):
        raise RuleError("The key of an option is a digit.")
    return Option(id=identifier, text=text.strip(), key=key)


def read_share(value: Any) -> float:
    """A share above 0, at most 1."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not math.isfinite(value) or not 0 < value <= 1:
        raise RuleError("A share is a number above 0 and at most 1.")
    return float(value)


def read_part(value: Any) -> float:
    """A share that may be nothing at all."""
    return 0.0 if value == 0 and not isinstance(value, bool) else read_share(value)


def read_whole(value: Any, *, least: int, most: int) -> int:
    """A whole number between two others, both included."""
    if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
        return value
    raise RuleError(f"This must be a whole number from {least} to {most}.")


def read_one_of(*names: str) -> Callable[[Any], str]:
    """The reader of a setting that is one of these words."""

    def read(value: Any) -> str:
        if value not in names:
            raise RuleError(f"This must be one of {', '.join(names)}.")
        return str(value)

    return read


def read_each(readers: Mapping[str, Callable[[Any], Any]], value: Any) -> dict[str, Any]:
    """An object of some of these keys, each read by its own reader."""
    settings = read_object(value, required=set(), optional=set(readers))
    found: dict[str, Any] = {}
    for name, wanted in settings.items():
        try:
            found[name] = readers[name](wanted)
        except RuleError as error:
            raise RuleError(str(error), at=name) from error
    return found


def read_object(value: Any, *, required: set[str], optional: set[str]) -> dict[str, Any]:
    """An object with these keys and no others."""
    if isinstance(value, dict) and required <= value.keys() <= required | optional:
        return value
    needs = ", ".join(sorted(required)) or "nothing"
    raise RuleError(
        f"This must be an object with {needs} and at most {', '.join(sorted(optional))}."
    )
