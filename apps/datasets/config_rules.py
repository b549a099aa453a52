"""Which settings a dataset accepts: every field by itself, then all of them together."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, Literal

from apps.datasets.config import MOST_ANSWERS, DatasetConfig, Option, Sample, SharedOverlap
from apps.datasets.models import Interface
from concord.errors import Invalid

MOST_OPTIONS = 1000
LONGEST_TEXT = 500
DIGIT_KEYS = "1234567890"


class RuleError(ValueError):
    """Why one field is refused, in a sentence for the person who wrote it."""


def check_config(raw: Mapping[str, Any], *, interface: Interface) -> DatasetConfig:
    """Return the settings that `raw` asks for; what it does not name has its default.

    Raises Invalid with one message for each field that is wrong, or that contradicts another.
    """
    errors: dict[str, list[str]] = {name: ["Unknown setting."] for name in raw.keys() - READERS}
    values: dict[str, Any] = {}
    for name in raw.keys() & READERS.keys():
        try:
            values[name] = READERS[name](raw[name])
        except RuleError as error:
            errors[name] = [str(error)]
    if not errors:
        errors = _contradictions(DatasetConfig(**values), interface)
    if errors:
        raise Invalid("invalid_config", "These settings do not work.", errors=errors)
    return DatasetConfig(**values)


def _contradictions(config: DatasetConfig, interface: Interface) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    if interface != Interface.CHOICE:
        if config.options:
            found["options"] = ["Only the choice interface offers options."]
        if config.choice_style != "single":
            found["choice_style"] = ["Only the choice interface has a choice style."]
        if config.auto_accept:
            found["auto_accept"] = ["Only the choice interface can answer with the first pick."]
    elif config.auto_accept and config.choice_style == "multiple":
        found["auto_accept"] = ["Several options can be picked, so the first pick is no answer."]
    return found


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise RuleError(f"This must be text of at most {LONGEST_TEXT} characters.")
    return value.strip()


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise RuleError("This must be true or false.")
    return value


def _choice_style(value: Any) -> Literal["single", "multiple"]:
    if value not in ("single", "multiple"):
        raise RuleError("This must be single or multiple.")
    return "multiple" if value == "multiple" else "single"


def _options(value: Any) -> tuple[Option, ...]:
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


def _overlap(value: Any) -> int | Literal["all"] | SharedOverlap:
    if value == "all":
        return "all"
    if isinstance(value, dict):
        if value.keys() != {"base", "share", "to"}:
            raise RuleError('A shared overlap is {"base", "share", "to"}.')
        base, to = _answers(value["base"]), _answers(value["to"])
        if base >= to:
            raise RuleError("to must be more answers than base.")
        return SharedOverlap(base=base, share=_share(value["share"]), to=to)
    return _answers(value)


def _answers(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= MOST_ANSWERS:
        return value
    raise RuleError(f'This must be a number from 1 to {MOST_ANSWERS}, "all", or a share.')


def _review_policy(value: Any) -> Literal["none", "conflicts", "all"] | Sample:
    if isinstance(value, dict) and value.keys() == {"sample"}:
        return Sample(sample=_share(value["sample"]))
    if value == "none" or value == "conflicts" or value == "all":  # noqa: PLR1714 (narrows)
        policy: Literal["none", "conflicts", "all"] = value
        return policy
    raise RuleError('This must be none, conflicts, all or {"sample": share}.')


def _share(value: Any) -> float:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not math.isfinite(value) or not 0 < value <= 1:
        raise RuleError("A share is a number above 0 and at most 1.")
    return float(value)


READERS: Mapping[str, Callable[[Any], Any]] = {
    "question": _text,
    "options": _options,
    "choice_style": _choice_style,
    "auto_accept": _flag,
    "overlap": _overlap,
    "review_policy": _review_policy,
}
