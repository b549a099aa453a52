"""Which rules for answers a dataset accepts."""

from __future__ import annotations

from typing import Any

from apps.datasets.domain.rules import Rules
from apps.datasets.setting_values import RuleError, read_object, read_share, read_text, read_whole

MOST_COUNTED = 10_000


def read_rules(value: Any) -> Rules:
    """What accepting answers must keep to."""
    names = {"min_shapes", "max_shapes", "required_labels", "max_overlap"}
    rules = read_object(value, required=set(), optional=names | {"min_options", "max_options"})
    labels = rules.get("required_labels", [])
    if not isinstance(labels, list) or not all(isinstance(label, str) for label in labels):
        raise RuleError("required_labels must be a list of labels.")
    found = Rules(
        min_shapes=_count(rules.get("min_shapes")),
        max_shapes=_count(rules.get("max_shapes")),
        required_labels=tuple(read_text(label) for label in labels),
        max_overlap=None if rules.get("max_overlap") is None else read_share(rules["max_overlap"]),
        min_options=_count(rules.get("min_options")),
        max_options=_count(rules.get("max_options")),
    )
    for least, most in (
        (found.min_shapes, found.max_shapes),
        (found.min_options, found.max_options),
    ):
        if least is not None and most is not None and least > most:
            raise RuleError("The least cannot be more than the most.")
    return found


def _count(value: Any) -> int | None:
    return None if value is None else read_whole(value, least=0, most=MOST_COUNTED)
